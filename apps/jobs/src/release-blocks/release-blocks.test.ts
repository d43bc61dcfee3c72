import { blocks, connectMongo, findDueBlocks, type Mongo, prepareDatabase, sales } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import { insertTestSale, type TestSale, testMongo } from '@onsale/testkit';
import { releaseBlocks } from './release-blocks.ts';

const database = testMongo();
let mongo: Mongo;
let sale: TestSale;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
  sale = await insertTestSale(database.db);
});
afterAll(() => mongo.close());

const block = (id: string, over: object) =>
  blocks(mongo).collection.insertOne({
    ...{ _id: id, ...sale, label: id, audience: null, releaseAt: null, state: 'active', left: [] },
    ...{ missing: { seatIds: [], quantity: 0 }, requestedBy: 'staff', decidedAt: new Date() },
    ...over,
  } as never);

async function sweep(): Promise<BookingCommand[]> {
  const published: BookingCommand[] = [];
  const count = await releaseBlocks({
    findDueBlocks: (limit) => findDueBlocks(mongo, limit),
    publish: async (command) => void published.push(command),
    now: () => 0,
  });
  expect(count).toBe(published.length);
  return published;
}

test('what is kept back is released at its time or with the end of its phase, whole, and nothing else is', async () => {
  const inAMinute = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const phase = { audience: { kind: 'phase', phaseId: 'general' } };
  await block('blk_due', { releaseAt: inAMinute(-1) });
  await block('blk_later', { releaseAt: inAMinute(1) });
  await block('blk_by_hand', {});
  await block('blk_released', { releaseAt: inAMinute(-1), state: 'released' });
  await block('blk_phase', phase);
  await block('blk_phase_later', { ...phase, releaseAt: inAMinute(1) });
  const { performanceId } = sale;
  const unblock = (blockId: string) => ({ type: 'unblock', performanceId, blockId, seatIds: null });
  expect(await sweep()).toMatchObject([unblock('blk_due')]);
  await sales(mongo).updateOne({ _id: sale.saleId }, { $set: { 'phases.0.closesAt': inAMinute(-1) } });
  // Not decided yet: proposed again, which does no harm.
  expect(await sweep()).toMatchObject([unblock('blk_due'), unblock('blk_phase')]);
});
