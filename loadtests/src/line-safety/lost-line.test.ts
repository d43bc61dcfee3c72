import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JoinedView, type LineDocument, type PassView, type PlaceView, passCookie } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { runFoldersIn, startRedis } from '@onsale/local-services';
import { testMongo, waitFor } from '@onsale/testkit';
import { connectLine, type LineConnection } from '@onsale/waiting-room-redis';
import { each, ownProcesses, prequeueSale, type RoomClient, roomClient } from './test-own-room.ts';

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

/** Fans with their places; some of them come in, and stay in the shop whatever happens. */
class Crowd {
  fans: readonly JoinedView[] = [];
  numbers: readonly (number | null)[] = [];
  /** Index → pass. */
  readonly inside = new Map<number, string>();
  private readonly room: RoomClient;
  private readonly saleId: SaleId;

  constructor(room: RoomClient, saleId: SaleId) {
    this.room = room;
    this.saleId = saleId;
  }

  async join(fans: number): Promise<readonly JoinedView[]> {
    return each(Array.from({ length: fans }), { atOnce: AT_ONCE }, () =>
      waitFor(async () => {
        const { status, body } = await this.room.ask<JoinedView>('POST', '/places');
        if (status !== 201 && status !== 503) throw new Error(`join answered ${status}`);
        return status === 201 ? body : null;
      }, PATIENCE_MS),
    );
  }

  /** A line under restoration answers 503 to those who may have been called, and asks for patience. */
  place({ placeToken, index }: JoinedView): Promise<PlaceView> {
    // Those inside the shop show their pass as well, as a browser does.
    const pass = this.inside.get(index);
    const cookie = pass === undefined ? undefined : `${passCookie(this.saleId)}=${pass}`;
    return waitFor(async () => {
      const { status, body } = await this.room.ask<PlaceView>('GET', '/place', `Place ${placeToken}`, cookie);
      if (status !== 200 && status !== 503) throw new Error(`place answered ${status}`);
      return status === 200 ? body : null;
    }, PATIENCE_MS);
  }

  places(): Promise<PlaceView[]> {
    return each(this.fans, { atOnce: AT_ONCE }, (fan) => this.place(fan));
  }

  passOf({ placeToken }: JoinedView) {
    return this.room.ask<PassView>('POST', '/pass', `Place ${placeToken}`);
  }

  line() {
    return this.room.ask<LineDocument>('GET', '/line');
  }

  async comeIn(): Promise<void> {
    const { served } = (await this.line()).body;
    const called = this.fans.filter(({ index }, at) => (this.numbers[at] ?? 0) <= served && !this.inside.has(index));
    await each(called.slice(0, 200), { atOnce: AT_ONCE }, async (fan) => {
      const { status, body } = await this.passOf(fan);
      if (status === 200) this.inside.set(fan.index, body.pass);
    });
  }
}

type Strike = { readonly how: string; readonly strike: () => Promise<void> };

/** Loses the line by `strike` and looks at everything that was promised about that; ms until calls went on. */
async function loseLine(crowd: Crowd, { how, strike }: Strike): Promise<number> {
  const { served } = (await crowd.line()).body;
  await waitFor(async () => (await crowd.line()).body.served >= served + 150, PATIENCE_MS);
  await crowd.comeIn();
  const before = (await crowd.line()).body;
  const calledBefore = new Set(crowd.inside.keys());
  const from = performance.now();
  await strike();
  await waitFor(async () => {
    const { status, body } = await crowd.line();
    return status === 200 && body.epoch > before.epoch && body.served > before.served;
  }, PATIENCE_MS);
  const pauseMs = performance.now() - from;
  const after = await crowd.places();
  expect([how, after.filter(({ number }, at) => number !== crowd.numbers[at]).length]).toEqual([how, 0]);
  // Who came in is inside still, is not called again, and has the pass that was given.
  const states = after.filter(({ index }) => calledBefore.has(index)).map(({ state }) => state);
  expect([how, new Set(states)]).toEqual([how, new Set(['admitted'])]);
  const insiders = crowd.fans.filter(({ index }) => calledBefore.has(index));
  const passes = await each(insiders, { atOnce: AT_ONCE }, async (fan) => (await crowd.passOf(fan)).body.pass);
  expect([how, passes.every((pass, at) => pass === crowd.inside.get(insiders[at]?.index ?? -1))]).toEqual([how, true]);
  return pauseMs;
}

function flushAll(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
    socket.once('data', () => resolve(void socket.end())).once('error', reject);
  });
}

/** All keys of the sale as they are now; returns how to come back to them while the server runs on. */
async function copyOfSale({ redis: client }: LineConnection, saleId: string): Promise<() => Promise<void>> {
  const pattern = `*{sale:${saleId}}*`;
  const keys = await client.keys(pattern);
  const dumps = await Promise.all(keys.map(async (key) => [key, await client.dumpBuffer(key)] as const));
  return async () => {
    // As a server loads a copy: nobody else is served in between.
    const load = client.multi();
    for (const key of await client.keys(pattern)) load.del(key);
    for (const [key, dump] of dumps) if (dump !== null) load.restore(key, 0, dump);
    await load.exec();
  };
}

test('R6: with 20,000 places, Redis wiped, killed -9 and set back to an older copy while it runs: every number stays, none is given twice, calls go on within 10 s, nobody is called twice', async () => {
  const start = own({ redisUrl: redis.url, mongoUri: mongo.uri });
  const [waitingRoom] = [await start('waiting-room'), await start('admitter')];
  const terms = { ratePerMinute: 1_200, maxActive: 100_000, callWindowSeconds: 30 };
  const { saleId, open } = await prequeueSale(mongo.db, { name: 'lost-line', ...terms });
  const room = roomClient(waitingRoom.port, saleId);
  const crowd = new Crowd(room, saleId);
  await waitFor(async () => (await crowd.line()).status === 200, PATIENCE_MS);
  crowd.fans = await crowd.join(FANS);
  await open();
  await waitFor(async () => (await crowd.place(crowd.fans[0] as JoinedView)).number, PATIENCE_MS);
  crowd.numbers = (await crowd.places()).map(({ number }) => number);
  expect(new Set(crowd.numbers)).toEqual(new Set(Array.from({ length: FANS }, (_, i) => i + 1)));

  const indexes = new Set(crowd.fans.map(({ index }) => index));
  const pauses: number[] = [];
  const strikes = [
    { how: 'wiped', strike: () => flushAll(redis.port) },
    {
      how: 'killed',
      strike: async () => {
        process.kill(redis.pid, 'SIGKILL');
        await redis.ended;
        redis = await startRedis({ folders: runFoldersIn(folder), port: redis.port });
      },
    },
  ];
  const joinLate = async () => {
    for (const { index } of await crowd.join(LATE)) indexes.add(index);
    joined += LATE;
  };
  let joined = FANS;
  for (const strike of strikes) {
    pauses.push(await loseLine(crowd, strike));
    await joinLate();
    expect(indexes.size).toBe(joined);
  }

  const line = connectLine(redis.url);
  await line.ready();
  const comeBack = await copyOfSale(line, saleId);
  await joinLate(); // the copy does not know them
  let underWay: Promise<void> = Promise.resolve();
  const strike = async () => {
    underWay = joinLate(); // some before, some while, some after
    await sleep(100);
    await comeBack();
  };
  pauses.push(await loseLine(crowd, { how: 'set back', strike }));
  await underWay;
  await joinLate();
  expect(indexes.size).toBe(joined);
  await line.close();
  console.log(`calls went on after ${pauses.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s`);
  expect(crowd.inside.size).toBeGreaterThan(100);
  const [wiped = 0, killed = 0, setBack = 0] = pauses;
  expect(Math.max(wiped, killed)).toBeLessThan(RESUME_LIMIT_MS);
  // A process that still knows the later state may close the line once more while it rises.
  expect(setBack).toBeLessThan(2 * RESUME_LIMIT_MS);
  await room.close();
}, 600_000);
