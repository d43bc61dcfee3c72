import { findPromises, listDecisions, tellShopDelay } from '@onsale/booking-mongo';
import { LINE_DOCUMENT_BYTES_MAX } from '@onsale/contracts';
import { manualClock, testMongo, testRedis, waitFor } from '@onsale/testkit';
import { markGhosts, readFacts, readSamples } from '@onsale/waiting-room-redis';
import { type TestLeader, testLeader } from '../test-admitter.ts';
import { newSaleMemory } from './sale-memory.ts';

const mongo = testMongo();
const redis = testRedis();

let leader: TestLeader;
const begin = async (name: string, fans = 400) => {
  leader = await testLeader(name, { mongo, redis, clock: manualClock(Date.now()) });
  await leader.join(fans);
  await leader.change({ 'admission.ceiling': 0, 'admission.maxActive': 200 });
  // The draw: frozen, its root made beside the ticks, revealed.
  await waitFor(async () => {
    await leader.ticks(1);
    return (await leader.document()).phase === 'open';
  });
};
afterEach(() => leader.close());

test('shadow mode: in manual mode the operator reads what automatic control would do, beside what is done', async () => {
  await begin('shadow');
  await leader.change({ 'admission.mode': 'manual' });
  await leader.ticks(30);
  const { lastDecision, shadow, observed } = await leader.report();
  expect(lastDecision).toMatchObject({ count: 0, reason: 'Manual mode: an operator calls by hand.' });
  expect(shadow?.reason).toMatch(/^The rate of \d+ per minute allows \d+ now\.$/);
  expect(shadow?.wouldCallLastMinute).toBeGreaterThan(shadow?.callsLastMinute ?? 0);
  // Whom the shadow would have called would be in the shop by now: it does not call for the same room again and again.
  expect(shadow?.wouldCallLastMinute).toBeLessThanOrEqual(200);
  const [newest] = await listDecisions(leader.mongo, leader.saleId, 10);
  expect(newest).toMatchObject({
    reason: lastDecision?.reason,
    shadow: { reason: expect.stringMatching(/per minute/) },
  });
  await leader.change({ 'admission.mode': 'automatic' });
  await leader.ticks(4);
  expect((await leader.report()).shadow).toBeNull();
  expect((await leader.report()).observed.served).toBeGreaterThan(observed.served);
});

test('a shop that takes long is slowed for while it says so, and an old measurement is not taken for news', async () => {
  await begin('slow');
  const tell = (delayMs: number) => tellShopDelay(leader.mongo, { observer: 'api-1', saleId: leader.saleId, delayMs });
  await tell(9_000);
  await leader.ticks(4);
  expect((await leader.report()).observed.shopDelayMs).toBeNull();
  for (let i = 0; i < 12; i++) {
    await tell(3_000);
    await leader.ticks(1);
  }
  const { observed, lastDecision } = await leader.report();
  expect(observed.shopDelayMs).toBe(3_000);
  expect(lastDecision?.reason).toMatch(/^A booking takes 3000 ms \(target 1000 ms\): slowed to \d+ of 600 per minute/);
  await leader.ticks(24);
  expect((await leader.report()).observed.shopDelayMs).toBeNull();
  await leader.ticks(100);
  expect((await leader.report()).lastDecision?.reason).not.toMatch(/slow/);
});

test('a call of N by hand calls N and no more, and a drain calls nobody', async () => {
  await begin('hand');
  await leader.change({ 'admission.mode': 'manual', manualCall: { actId: 'a', count: 7 } });
  const before = (await leader.report()).observed.served;
  await leader.ticks(6);
  expect((await leader.report()).observed.served).toBe(before + 7);
  await leader.change({ 'admission.mode': 'automatic', draining: true });
  await leader.ticks(6);
  const { observed, lastDecision } = await leader.report();
  expect([observed.served, lastDecision?.reason]).toEqual([
    before + 7,
    'Draining: those inside finish, nobody new is called.',
  ]);
  const log = await listDecisions(leader.mongo, leader.saleId, 100);
  expect(log.some(({ reason }) => reason === 'An operator called 7 by hand.')).toBe(true);
  expect(log.reduce((sum, { count }) => sum + count, 0)).toBe(before + 7);
});

test('the line document tells the seats, fits its bound with any notice, and asks all more often as the end comes near', async () => {
  await begin('document', 3_000);
  await leader.ticks(4);
  const plenty = await leader.document();
  expect(plenty.seats?.[0]).toBe(5_020);
  expect(plenty.refresh.maxSeconds).toBeGreaterThan(60);
  await leader.change({ notice: '座席のご案内は係員までお申し付けください。'.repeat(6).slice(0, 140) });
  await leader.ticks(3);
  const noticed = await leader.document();
  expect(noticed.notice?.endsWith('…')).toBe(true);
  expect(Buffer.byteLength(JSON.stringify(noticed))).toBeLessThanOrEqual(LINE_DOCUMENT_BYTES_MAX);
  await mongo.db.collection('counts').insertMany(
    ['stalls', 'standing'].map((categoryId) => ({
      _id: `perf-document:${categoryId}` as never,
      performanceId: 'perf-document',
      saleId: leader.saleId,
      categoryId,
      capacity: categoryId === 'stalls' ? 20 : 5_000,
      free: 0,
      held: 4,
      sold: categoryId === 'stalls' ? 16 : 4_996,
      version: 1,
    })),
  );
  await leader.ticks(4);
  const end = await leader.document();
  expect([end.stock, end.refresh.maxSeconds]).toEqual(['none', 1]);
});

test('who takes the lead over goes on from what was told, and says how many ghosts came back', async () => {
  await begin('next');
  await leader.change({ 'admission.mode': 'manual' });
  const entries = [{ position: 300, seen: 0 }];
  const key = `wr1:{sale:${leader.saleId}}:p:0`;
  const seen = await redis.client.getBuffer(key);
  entries[0] = { position: 300, seen: seen?.readUInt16BE(600) ?? 0 };
  await markGhosts(leader.line, { saleId: leader.saleId, chunk: 0, as: 'ghost', entries });
  await leader.ticks(3);
  expect((await leader.document()).back).toBeUndefined();
  await redis.client.setrange(key, 600, (seen?.subarray(600, 602) ?? Buffer.alloc(2)) as unknown as string);
  await leader.ticks(3);
  const before = await leader.document();
  expect(before.back).toBe(1);
  leader.memory = newSaleMemory();
  await leader.ticks(3);
  const after = await leader.document();
  expect(after).toMatchObject({ back: 1, epoch: before.epoch, served: before.served });
  expect(after.seq).toBeGreaterThan(before.seq);
});

test('a line that is restored counts on from the leased mark, and that leap is not taken for a rush', async () => {
  await begin('leap');
  await redis.client.del(`wr1:{sale:${leader.saleId}}:state`);
  await leader.ticks(4);
  const facts = await readFacts(leader.line, { saleId: leader.saleId, passMs: 60_000 });
  if (facts.kind !== 'facts') throw new Error(facts.kind);
  expect(facts).toMatchObject({ epoch: 2, joined: expect.any(Number) });
  expect(facts.joined).toBeGreaterThan(400);
  expect(facts.leased - facts.joined).toBeLessThanOrEqual(500); // indexes ahead of a line that nobody joins
});

test('what fans were told while they waited is kept against what came', async () => {
  await begin('promises', 1_500);
  await leader.change({ 'admission.maxActive': 100_000 });
  await leader.ticks(280);
  const kept = await findPromises(leader.mongo, leader.saleId);
  expect(kept?.waits.checked).toBeGreaterThan(10);
  expect(kept?.waits.checked).toBe((kept?.waits.held ?? 0) + (kept?.waits.early ?? 0) + (kept?.waits.late ?? 0));
  expect(kept?.chances.likely.told).toBe(kept?.chances.likely.could);
});

test('the pace that is told is that of the time the sale was open, not of the pause before', async () => {
  await begin('rate', 1_500);
  await leader.change({ paused: true, 'admission.maxActive': 100_000 });
  await leader.ticks(60);
  await leader.change({ paused: false });
  await leader.ticks(16);
  const { ratePerMinute } = await leader.document();
  expect(Math.abs((ratePerMinute?.mean ?? 0) - 600)).toBeLessThan(120);
});

test('a message to all who wait, a pause and an end are told in the tick that follows', async () => {
  await begin('told');
  await leader.ticks(2);
  await leader.change({ notice: 'Doors open at six.' });
  await leader.ticks(1);
  expect((await leader.document()).notice).toBe('Doors open at six.');
  await leader.change({ paused: true });
  await leader.ticks(1);
  expect((await leader.document()).phase).toBe('paused');
  await leader.change({ paused: false, closedByStaff: true, notice: null });
  await leader.ticks(1);
  expect(await leader.document()).toMatchObject({ phase: 'closed', notice: null });
});

test('the history gets a sample every five seconds, with the waiting who are there apart from those who are away', async () => {
  await begin('history', 300);
  await leader.change({ 'admission.ratePerMinute': 60, 'admission.ceiling': 0 });
  await leader.ticks(25); // 12.5 s
  const samples = await readSamples(leader.line, leader.saleId, { afterMs: 0 });
  const gaps = samples.slice(1).map(({ at }, i) => Date.parse(at) - Date.parse(samples[i]?.at ?? ''));
  expect(gaps.length).toBeGreaterThanOrEqual(2);
  expect(gaps.every((ms) => ms === 5_000)).toBe(true);
  const last = samples.at(-1);
  expect(last).toMatchObject({ targetPerMinute: 60, sold: 0, held: 0 });
  const { observed } = await leader.report();
  expect(last?.free).toBe(observed.stockFree);
  expect((observed.waiting ?? 0) + (observed.away ?? 0)).toBe(300 - observed.served);
  expect(observed).toMatchObject({ prequeue: 0, sold: 0, capacity: last?.free });
  await leader.change({ paused: true });
  await leader.ticks(11);
  const after = await readSamples(leader.line, leader.saleId, { afterMs: Date.parse(last?.at ?? '') });
  expect(after.map(({ targetPerMinute }) => targetPerMinute).at(-1)).toBe(0);
});
