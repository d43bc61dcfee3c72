// Waiting rooms and admitters whose clocks are ten minutes wrong, each to another side: what time it is says Redis.
import type { JoinedView, PassView, PlaceView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { faketimeLibrary, testMongo, testOwnRedis, waitFor } from '@onsale/testkit';
import { connectLine, type LineConnection, presenceAt, readPresence } from '@onsale/waiting-room-redis';
import { each, ownProcesses, prequeueSale, roomClient } from './test-own-room.ts';

const withFaketime = faketimeLibrary() === undefined ? test.skip : test;
const mongo = testMongo();
const redis = testOwnRedis();
const own = ownProcesses();
let line: LineConnection | undefined;
afterEach(() => line?.close());

const FANS = 24;
const AT_ONCE = 8;
const PATIENCE_MS = 60_000;
const SILENCE_FORGIVEN_MS = 180_000; // more than the rule allows while nothing is measured, less than a clock is wrong
const PASS_SECONDS = 900;

/** In which state the fans stand, in so long. */
async function presence(saleId: SaleId, inMs: number): Promise<Set<string>> {
  line ??= connectLine(redis.url);
  await line.ready();
  const entries = await readPresence(line, saleId, { chunk: 0, from: 0, to: FANS });
  const now = line.clock.now() + inMs;
  return new Set(Array.from({ length: FANS }, (_, at) => presenceAt(entries.readUInt16BE(at * 2), now).kind));
}

async function takeOver(sale: string, moveToken: string): Promise<JoinedView> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${sale}/place/take-over`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ moveToken }),
  });
  expect(reply.status).toBe(200);
  return (await reply.json()) as JoinedView;
}

function expectEndsOf(passes: readonly PassView[]): void {
  const leftSeconds = passes.map(({ expiresAt }) => (Date.parse(expiresAt) - Date.now()) / 1000);
  expect(Math.min(...leftSeconds)).toBeGreaterThan(PASS_SECONDS - PATIENCE_MS / 1000);
  expect(Math.max(...leftSeconds)).toBeLessThanOrEqual(PASS_SECONDS);
}

withFaketime(
  'with rooms and admitters ten minutes fast and slow every place stays, who waits is no ghost, links hold, and all are called and get their pass',
  async () => {
    const start = own({ redisUrl: redis.url, mongoUri: mongo.uri });
    const [fast, slow, first] = await Promise.all([
      start('waiting-room', { clock: '+600s' }),
      start('waiting-room', { clock: '-600s' }),
      start('admitter', { clock: '-600s' }),
    ]);
    const terms = { ratePerMinute: 3_600, maxActive: 1_000, callWindowSeconds: 300 };
    const { saleId, open } = await prequeueSale(mongo.db, { name: 'wrong-clocks', ...terms });
    const pause = (paused: boolean) =>
      mongo.db.collection<{ _id: string }>('sales').updateOne({ _id: saleId }, { $set: { paused } });
    const rooms = [roomClient(fast.port, saleId), roomClient(slow.port, saleId)] as const;
    // Each fan joins at one room and goes on at the other.
    const joinedAt = (at: number) => (at % 2 === 0 ? rooms[0] : rooms[1]);
    const goesOnAt = (at: number) => (at % 2 === 0 ? rooms[1] : rooms[0]);
    await pause(true);
    for (const room of rooms) await waitFor(async () => (await room.ask('GET', '/line')).status === 200, PATIENCE_MS);
    const fans = await each(Array.from({ length: FANS }), { atOnce: AT_ONCE }, async (_, at) => {
      const { status, body } = await joinedAt(at).ask<JoinedView>('POST', '/places');
      expect([status, body.state]).toEqual([201, 'prequeue']);
      return body;
    });
    const place = async (at: number) =>
      (await goesOnAt(at).ask<PlaceView>('GET', '/place', `Place ${fans[at]?.placeToken}`)).body;
    const places = () => each(fans, { atOnce: AT_ONCE }, (_, at) => place(at));
    expect((await places()).map(({ index, state }) => [index, state])).toEqual(
      fans.map(({ index }) => [index, 'prequeue']),
    );

    await open();
    await waitFor(async () => (await places()).every(({ number }) => number !== null), PATIENCE_MS);
    const numbers = (await places()).map(({ number }) => number);
    expect([...numbers].sort((a, b) => Number(a) - Number(b))).toEqual(fans.map((_, at) => at + 1));
    // What the rooms wrote down holds now, and ends when the silence that is forgiven ends.
    expect(await presence(saleId, 0)).toEqual(new Set(['present']));
    expect(await presence(saleId, SILENCE_FORGIVEN_MS)).toEqual(new Set(['silent']));

    // A link of one room, good for a few minutes, moves the place at the other.
    for (const [at, there] of [slow, fast].entries()) {
      const authorization = `Place ${fans[at]?.placeToken}`;
      const { body } = await joinedAt(at).ask<{ moveToken: string }>('POST', '/place/move-link', authorization);
      const taken = await takeOver(`http://127.0.0.1:${there.port}/api/v1/sales/${saleId}`, body.moveToken);
      expect(taken.number).toBe(numbers[at]);
      fans[at] = taken;
    }

    // Another takes the lease over, wrong to the other side.
    await start('admitter', { clock: '+600s' });
    await first.kill();
    await pause(false);
    const passes = await each(fans, { atOnce: AT_ONCE }, (fan, at) =>
      waitFor(async () => {
        const { status, body } = await goesOnAt(at).ask<PassView>('POST', '/pass', `Place ${fan.placeToken}`);
        return status === 200 ? body : null;
      }, PATIENCE_MS),
    );
    expectEndsOf(passes);
    // The same pass, asked for at the other room.
    const again = await each(fans, { atOnce: AT_ONCE }, async (fan, at) => {
      const { body } = await joinedAt(at).ask<PassView>('POST', '/pass', `Place ${fan.placeToken}`);
      return body.pass;
    });
    expect(again).toEqual(passes.map(({ pass }) => pass));
    expect((await places()).map(({ number }) => number)).toEqual(numbers);
    for (const room of rooms) await room.close();
  },
  180_000,
);
