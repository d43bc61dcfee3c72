// A whole draw on real stores, step by step under a manual clock, as the leader's ticks would hold it.
import { randomBytes } from 'node:crypto';
import {
  connectMongo,
  type DrawRecord,
  draws,
  enterPublicValue,
  findCrowded,
  type Mongo,
  newDraw,
  prepareDatabase,
  type SaleRecord,
} from '@onsale/booking-mongo';
import { drawSeed, fromHex, type PhaseId, type SaleId, toHex } from '@onsale/domain';
import { createLogger, createMetrics } from '@onsale/runtime';
import { manualClock, testMongo, testRedis, waitFor } from '@onsale/testkit';
import {
  connectLine,
  freezeRoster,
  IDENTITY_DIGEST_BYTES,
  joinLine,
  type LineConnection,
  leaseIndexes,
  markCrowded,
  presentUntil,
  readFacts,
  restoreLine,
} from '@onsale/waiting-room-redis';
import { newSaleMemory, type SaleMemory } from '../lead-sale/sale-memory.ts';
import { admitterEvents } from '../metrics.ts';
import { holdDraws } from './hold-draws.ts';

const database = testMongo();
const redis = testRedis();
const clock = manualClock();
const logger = createLogger({ app: 'test', level: 'fatal' });
const phaseId = 'general' as PhaseId;
const MINUTE = 60_000;
let mongo: Mongo;
let line: LineConnection;
let sale: SaleRecord;
let memory: SaleMemory;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
beforeEach(async () => {
  await redis.clear();
  line = connectLine(redis.url, { clock });
  await line.ready();
  memory = newSaleMemory();
  const phase = { id: phaseId, prequeueOpensAt: new Date(clock.now()), opensAt: new Date(clock.now() + MINUTE) };
  sale = { _id: `sale-${randomBytes(6).toString('hex')}` as SaleId, phases: [phase] } as unknown as SaleRecord;
  const nothing = { leased: 0, served: 0, servedForSure: 0, prequeue: null, draws: [] };
  await restoreLine(line, { saleId: sale._id, epoch: 1, ...nothing });
  await leaseIndexes(line, { saleId: sale._id, epoch: 1, leased: 10_000_000 });
});
afterEach(() => line.close());
afterAll(() => mongo.close());

async function commit(publicDraw: { source: string; waitSeconds: number } | null): Promise<void> {
  await draws(mongo).create(newDraw({ saleId: sale._id, phaseId, publicDraw }));
}

/** One tick's worth; the draw as it stands then. */
async function tick(): Promise<DrawRecord> {
  const events = admitterEvents(logger, createMetrics('test'));
  const deps = { mongo, line, logger, clock, events, holder: 'test' };
  const facts = await readFacts(line, { saleId: sale._id, passMs: MINUTE });
  if (facts.kind !== 'facts') throw new Error(facts.kind);
  const { firstUndrawnIndex } = facts;
  memory.draws = await holdDraws(deps, { sale, memory, now: clock.now(), firstUndrawnIndex });
  return memory.draws[0] as DrawRecord;
}

async function join(count: number): Promise<void> {
  for (let from = 0; from < count; from += 1000) {
    const bytes = randomBytes(Math.min(1000, count - from) * IDENTITY_DIGEST_BYTES);
    const identities = Array.from({ length: bytes.length / IDENTITY_DIGEST_BYTES }, (_, i) => {
      const digest = bytes.subarray(i * IDENTITY_DIGEST_BYTES, (i + 1) * IDENTITY_DIGEST_BYTES);
      digest.writeUInt16BE(digest.readUInt16BE(0) & 0x3fff, 0);
      return digest;
    });
    await joinLine(line, { saleId: sale._id, identities, present: presentUntil(clock.now() + MINUTE) });
  }
}

const frozen = async () => {
  const draw = await tick();
  return draw.root === null ? null : draw;
};

test('without a public draw the seed follows the freeze at once', async () => {
  await commit(null);
  expect((await tick()).firstIndex).toBe(0);
  await join(500);
  await clock.advance(MINUTE);
  await waitFor(frozen);
  const held = await tick();
  expect(held).toMatchObject({ size: 500, crowdedHash: null });
  const { secret, root, seed } = held;
  const parts = { secret: fromHex(secret), publicValue: '', root: fromHex(root ?? ''), saleId: sale._id };
  expect(seed).toBe(toHex(drawSeed(parts)));
});

test('a public value is waited for, is entered once and only after the freeze, and makes the seed', async () => {
  await commit({ source: 'Lotto of Saturday, 19:00', waitSeconds: 600 });
  const enter = (value: string) =>
    enterPublicValue(
      mongo,
      { saleId: sale._id, phaseId, value },
      { staffId: null, address: '::1', at: new Date(clock.now()) },
    );
  await tick();
  await join(3);
  expect(await enter('early')).toMatchObject({ kind: 'refused', reason: 'not_frozen' });
  await clock.advance(MINUTE);
  await waitFor(frozen);
  expect((await tick()).seed).toBeNull();
  expect(await enter('4 8 15')).toMatchObject({ kind: 'entered' });
  expect(await enter('4 8 16')).toMatchObject({ kind: 'refused', reason: 'settled' });
  expect(await enter('4 8 15')).toMatchObject({ kind: 'entered' });
  await tick(); // sees the value
  const { secret, root, seed } = await tick();
  const parts = { secret: fromHex(secret), publicValue: '4 8 15', root: fromHex(root ?? ''), saleId: sale._id };
  expect(seed).toBe(toHex(drawSeed(parts)));
  expect(await enter('late')).toMatchObject({ kind: 'refused', reason: 'settled' });
});

test('a public value that never comes holds nobody up for longer than announced', async () => {
  await commit({ source: 'a wheel that does not turn', waitSeconds: 600 });
  await tick();
  await clock.advance(MINUTE);
  await waitFor(frozen);
  await clock.advance(599_000);
  expect((await tick()).seed).toBeNull();
  await clock.advance(1_000);
  expect(await tick()).toMatchObject({ publicValue: null, seed: expect.any(String) });
});

test('a line lost while the roster is being published is not held open: the roster that was published holds', async () => {
  await commit(null);
  await tick();
  await join(5);
  await clock.advance(MINUTE);
  await tick(); // freezes; the root follows from the job beside it
  const { firstIndex, size } = (await waitFor(frozen)) as DrawRecord;
  await redis.clear();
  await restoreLine(line, {
    saleId: sale._id,
    epoch: 2,
    leased: 1000,
    served: 0,
    servedForSure: 0,
    prequeue: { phaseId, firstIndex: 0 }, // as read before the root stood there
    draws: [],
  });
  await tick();
  const facts = await readFacts(line, { saleId: sale._id, passMs: MINUTE });
  expect(facts).toMatchObject({ joined: 1000, firstUndrawnIndex: null });
  const again = await freezeRoster(line, { saleId: sale._id, phaseId });
  expect(again).toEqual({ kind: 'frozen', firstIndex, size });
});

test('places of a storm are bound into the root by their groups', async () => {
  await commit(null);
  await tick();
  await join(400);
  const places = Array.from({ length: 250 }, (_, i) => ({ block: i % 2 === 0 ? 'a' : 'b', index: 399 - i }));
  await markCrowded(line, { saleId: sale._id, places });
  await clock.advance(MINUTE);
  const draw = (await waitFor(frozen)) as DrawRecord;
  const groups = await findCrowded(mongo, draw);
  expect(groups.map(({ length }) => length)).toEqual([125, 125]);
  expect(groups.flat().every((index) => index >= 150)).toBe(true);
  await markCrowded(line, { saleId: sale._id, places: [{ block: 'a', index: 1 }] });
  expect(await findCrowded(mongo, await tick())).toEqual(groups);
});

test('while a large roster is hashed every tick is short, so that the lease is kept', async () => {
  await commit(null);
  await tick();
  await join(100_000);
  await clock.advance(MINUTE);
  let longest = 0;
  let ticks = 0;
  for (let root: string | null = null; root === null; ticks++) {
    const cpu = process.cpuUsage();
    ({ root } = await tick());
    const { user, system } = process.cpuUsage(cpu);
    longest = Math.max(longest, (user + system) / 1000);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(ticks).toBeGreaterThan(5);
  expect(longest).toBeLessThan(1_000); // the lease is 2 s
});
