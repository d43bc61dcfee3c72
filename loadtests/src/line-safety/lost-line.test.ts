import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JoinedView, type LineDocument, type PassView, type PlaceView, passCookie } from '@onsale/contracts';
import { runFoldersIn, startRedis } from '@onsale/local-services';
import { testMongo, waitFor } from '@onsale/testkit';
import { Redis } from 'ioredis';
import { each, ownProcesses, prequeueSale, roomClient } from './test-own-room.ts';

const mongo = testMongo();
const own = ownProcesses();

const FANS = 20_000;
const LATE = 500; // join after each loss
const RESUME_LIMIT_MS = 10_000;
const PATIENCE_MS = 120_000;
const AT_ONCE = 64;

let folder: string;
let redis: Awaited<ReturnType<typeof startRedis>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-lost-line-'));
  redis = await startRedis({ folders: runFoldersIn(folder) });
});
afterEach(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

const unexpected = (what: string, status: number) => new Error(`${what} answered ${status}`);

test('R6: with 20,000 places, Redis wiped and then killed -9: every number stays, none is given twice, calls go on within 10 s, nobody is called twice', async () => {
  const start = own({ redisUrl: redis.url, mongoUri: mongo.uri });
  const [waitingRoom] = [await start('waiting-room'), await start('admitter')];
  const { saleId, open } = await prequeueSale(mongo.db, {
    name: 'lost-line',
    ratePerMinute: 1_200,
    maxActive: 100_000,
    callWindowSeconds: 30,
  });
  const room = roomClient(waitingRoom.port, saleId);
  const line = async () => (await room.ask<LineDocument>('GET', '/line')).body;
  await waitFor(async () => (await room.ask('GET', '/line')).status === 200, PATIENCE_MS);

  const join = async (): Promise<JoinedView> => {
    const { status, body } = await room.ask<JoinedView>('POST', '/places');
    if (status !== 201) throw unexpected('join', status);
    return body;
  };
  /** By place token; those inside the shop show their pass as well, as a browser does. By index: who is inside. */
  const inside = new Map<number, string>();
  const placeOf = ({ placeToken, index }: JoinedView) => {
    const pass = inside.get(index);
    const cookie = pass === undefined ? undefined : `${passCookie(saleId)}=${pass}`;
    return room.ask<PlaceView>('GET', '/place', `Place ${placeToken}`, cookie);
  };
  /** A line under restoration answers 503 to those who may have been called, and asks for patience. */
  const place = (fan: JoinedView) =>
    waitFor(async () => {
      const { status, body } = await placeOf(fan);
      if (status !== 200 && status !== 503) throw unexpected('place', status);
      return status === 200 ? body : null;
    }, PATIENCE_MS);

  const fans = await each(Array.from({ length: FANS }), { atOnce: AT_ONCE }, join);
  await open();
  await waitFor(async () => (await place(fans[0] as JoinedView)).number, PATIENCE_MS);
  const numbers = (await each(fans, { atOnce: AT_ONCE }, place)).map(({ number }) => number ?? 0);
  expect(new Set(numbers).size).toBe(FANS);
  expect(Math.min(...numbers)).toBe(1);
  expect(Math.max(...numbers)).toBe(FANS);

  // Some come in, and stay in the shop through all that follows.
  const comeIn = async () => {
    const { served } = await line();
    const called = fans.filter(({ index }, at) => (numbers[at] ?? 0) <= served && !inside.has(index)).slice(0, 200);
    await each(called, { atOnce: AT_ONCE }, async ({ placeToken, index }) => {
      const { status, body } = await room.ask<PassView>('POST', '/pass', `Place ${placeToken}`);
      if (status === 200) inside.set(index, body.pass);
    });
  };
  const indexes = new Set(fans.map(({ index }) => index));
  const givenOut = [fans.length];

  const lose = async (how: string, strike: () => Promise<void>): Promise<number> => {
    await waitFor(async () => (await line()).served >= 150, PATIENCE_MS);
    await comeIn();
    const before = await line();
    const calledBefore = new Set(inside.keys());
    const from = performance.now();
    await strike();
    await waitFor(async () => {
      const { status, body } = await room.ask<LineDocument>('GET', '/line');
      return status === 200 && body.epoch > before.epoch && body.served > before.served;
    }, PATIENCE_MS);
    const pauseMs = performance.now() - from;
    const after = await each(fans, { atOnce: AT_ONCE }, place);
    expect([how, after.filter(({ number }, at) => number !== numbers[at]).length]).toEqual([how, 0]);
    // Who came in is not called again, and the pass that is shown again is the pass that was given.
    const states = after.filter(({ index }) => calledBefore.has(index)).map(({ state }) => state);
    expect([how, new Set(states)]).toEqual([how, new Set(['admitted'])]);
    const again = await each([...calledBefore], { atOnce: AT_ONCE }, async (index) => {
      const fan = fans.find((one) => one.index === index) as JoinedView;
      return (await room.ask<PassView>('POST', '/pass', `Place ${fan.placeToken}`)).body.pass === inside.get(index);
    });
    expect([how, again.every((isSame) => isSame)]).toEqual([how, true]);
    const late = await each(Array.from({ length: LATE }), { atOnce: AT_ONCE }, join);
    for (const { index } of late) indexes.add(index);
    givenOut.push(late.length);
    expect([how, indexes.size]).toEqual([how, givenOut.reduce((sum, count) => sum + count, 0)]);
    return pauseMs;
  };

  const pauses: number[] = [];
  const client = new Redis(redis.url);
  client.on('error', () => undefined);
  pauses.push(await lose('wiped', async () => void (await client.flushall())));
  client.disconnect();
  pauses.push(
    await lose('killed', async () => {
      process.kill(redis.pid, 'SIGKILL');
      await redis.ended;
      redis = await startRedis({ folders: runFoldersIn(folder), port: redis.port });
    }),
  );
  console.log(`calls went on after ${pauses.map((ms) => (ms / 1000).toFixed(1)).join(' and ')} s`);
  expect(inside.size).toBeGreaterThan(100);
  expect(Math.max(...pauses)).toBeLessThan(RESUME_LIMIT_MS);

  await room.close();
}, 600_000);
