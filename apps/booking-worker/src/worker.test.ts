import { setTimeout as pause } from 'node:timers/promises';
import { bookings, claims, planOfPerformance, readStockAtOnce } from '@onsale/booking-mongo';
import { partitionOf, partitionQueue } from '@onsale/contracts';
import type { SeatId } from '@onsale/domain';
import { connectShop, type Projection, readProjection, seatIndexOf } from '@onsale/shop-redis';
import { insertTestSale, type TestSale, waitFor } from '@onsale/testkit';
import { reserve as reserveItems, testWorkers } from './test-worker.ts';

const PARTITIONS = 2;
const PATIENCE_MS = 30_000; // on a machine that does other work as well
const workers = testWorkers({ partitions: PARTITIONS });
const { database, rabbit, redis, running, startWorker, publish } = workers;

const reserve = (sale: TestSale, name: string, seatIds: readonly string[]) =>
  reserveItems(sale, name, [{ seatIds: seatIds as SeatId[] }]);

test('hot seat: of 500 fans who ask for the same 4 seats one wins and the others are offered an equal block', async () => {
  const sale = await insertTestSale(database.db, { name: 'hot', rows: Array.from({ length: 20 }, () => 20) });
  await startWorker();
  await Promise.all(
    Array.from({ length: 500 }, (_, i) => publish(reserve(sale, `hot-${i}`, ['D9', 'D10', 'D11', 'D12']))),
  );
  await waitFor(
    async () => (await bookings(workers.mongo).countDocuments({ performanceId: sale.performanceId })) === 500,
    PATIENCE_MS,
  );
  const decided = await bookings(workers.mongo).find({ performanceId: sale.performanceId }).lean();
  expect(decided.filter(({ state }) => state === 'held')).toHaveLength(1);
  const others = decided.filter(({ state }) => state === 'rejected');
  expect(others.every(({ reason, alternatives }) => reason === 'seat_taken' && alternatives.length === 4)).toBe(true);
  expect(await claims(workers.mongo).countDocuments({ performanceId: sale.performanceId })).toBe(4);
});

test('a second worker takes partitions over while commands come in, and none is lost or decided twice', async () => {
  const names = Array.from({ length: 8 }, (_, i) => `share-${i}`);
  const sales = await Promise.all(names.map((name) => insertTestSale(database.db, { name, rows: [20, 20] })));
  expect(new Set(sales.map(({ performanceId }) => partitionOf(performanceId, PARTITIONS))).size).toBe(2);
  const first = await startWorker();
  let published = 0;
  let streaming = true;
  const stream = (async () => {
    for (let i = 0; streaming; i++) {
      const sale = sales[i % sales.length];
      if (sale !== undefined) await publish(reserve(sale, `s-${i}`, [`A${(i % 19) + 1}`, `A${(i % 19) + 2}`]));
      published += 1;
      await pause(10);
    }
  })();
  await pause(500);
  await startWorker();
  await waitFor(async () => {
    const owners = await database.db.collection('partitions').distinct('owner');
    return owners.length === 2;
  }, PATIENCE_MS);
  await first.stop();
  running.shift();
  streaming = false;
  await stream;
  const ofTheseSales = { performanceId: { $in: sales.map(({ performanceId }) => performanceId) } };
  await waitFor(async () => (await bookings(workers.mongo).countDocuments(ofTheseSales)) === published, PATIENCE_MS);
  for (let partition = 0; partition < PARTITIONS; partition++) {
    await waitFor(
      async () => (await rabbit.channel.checkQueue(partitionQueue(partition))).messageCount === 0,
      PATIENCE_MS,
    );
  }
  const held = await bookings(workers.mongo)
    .find({ ...ofTheseSales, state: 'held' })
    .lean();
  expect(await claims(workers.mongo).countDocuments(ofTheseSales)).toBe(held.flatMap(({ items }) => items).length);
}, 120_000);

test('INV-6: the projection of availability follows the truth, and is made anew after Redis has lost it', async () => {
  const sale = await insertTestSale(database.db, { name: 'project' });
  const shop = connectShop(redis.url);
  await startWorker();
  const index = seatIndexOf(await planOfPerformance(workers.mongo, sale.performanceId));
  const follows = async () => {
    const [truth, shown] = [
      await readStockAtOnce(workers.mongo, sale.performanceId),
      await readProjection(shop, index, sale.performanceId).catch(() => null),
    ];
    return shown !== null && truth.version > 0 && inOrder(shown) === inOrder(truth);
  };
  await publish(reserve(sale, 'pr-1', ['A1', 'A2']));
  await waitFor(follows, PATIENCE_MS);
  // The first made it from the truth; from here on it follows change by change.
  await publish(reserve(sale, 'pr-2', ['A5', 'A6']));
  await waitFor(follows, PATIENCE_MS);
  await redis.clear();
  await publish(reserve(sale, 'pr-3', ['B1', 'B2']));
  await waitFor(follows, PATIENCE_MS);
  expect((await readProjection(shop, index, sale.performanceId))?.taken).toEqual(['A1', 'A2', 'A5', 'A6', 'B1', 'B2']);
  await shop.close();
});

function inOrder({ version, counts, taken }: Projection): string {
  const sorted = [...counts].map(([id, count]) => `${id} ${Object.values(count).join(' ')}`).sort();
  return JSON.stringify({ version, counts: sorted, taken: [...taken].sort() });
}

test('a hold ends within a second of its time although nobody asks for it, also behind a long queue', async () => {
  const sale = await insertTestSale(database.db, { name: 'due', rows: [20, 20], holdSeconds: 1 });
  const other = await insertTestSale(database.db, { name: 'due-rush', rows: [20, 20], seatsPerFan: 1_000 });
  await startWorker();
  const live = bookings(workers.mongo);
  const mine = { performanceId: sale.performanceId };
  for (const [round, rush] of [0, 3_000].entries()) {
    await publish(reserve(sale, `due-${round}`, ['A1', 'A2']));
    await waitFor(async () => (await live.countDocuments({ ...mine, state: 'held' })) === 1, PATIENCE_MS);
    const end = (await live.findOne({ ...mine, state: 'held' }).lean())?.holdExpiresAt?.getTime() ?? 0;
    const sent = Promise.all(Array.from({ length: rush }, (_, i) => publish(reserve(other, `r-${i}`, ['B1']))));
    await waitFor(async () => (await live.countDocuments({ ...mine, state: 'held' })) === 0, PATIENCE_MS);
    const [expired] = await live.find(mine).sort({ decidedAt: -1 }).limit(1).lean();
    expect(expired?.state).toBe('expired');
    const lateMs = (expired?.decidedAt.getTime() ?? 0) - end;
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(1_000);
    await sent;
  }
}, 120_000);
