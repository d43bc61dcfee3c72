// What a commit says of the stock it left is what the projection of availability follows without looking at the database.
import type { BlockId, BookingId, CategoryId, CodeId, CodeSetId, FanId, SeatId, StockCommand } from '@onsale/domain';
import { insertTestSale, STALLS, STANDING, type TestSale, testMongo } from '@onsale/testkit';
import { connectMongo, type Mongo } from '../connect-mongo.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { commitDecisions } from './commit-decisions.ts';
import { emptyMemory } from './partition-memory.ts';
import { readStockAtOnce } from './read-availability.ts';
import { takePartition } from './take-partition.ts';

const database = testMongo();
let mongo: Mongo;
let sale: TestSale;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
  sale = await insertTestSale(database.db);
});
afterAll(() => mongo.close());

const about = (name: string) => ({ performanceId: sale.performanceId, bookingId: `bk_${name}` as BookingId });

function hold(name: string, seatIds: string[], standing = 0): StockCommand {
  return {
    ...about(name),
    saleId: sale.saleId,
    type: 'reserve',
    fanId: `fan-${name}` as FanId,
    bodyHash: '0'.repeat(64),
    items: [
      ...(seatIds.length > 0 ? [{ seatIds: seatIds as SeatId[] }] : []),
      ...(standing > 0 ? [{ categoryId: STANDING, quantity: standing }] : []),
    ],
    contact: { name: 'Aino Salo', email: `${name}@example.org` },
  };
}

test('INV-6: what a commit says of versions and counts is what the database then holds', async () => {
  const lease = await takePartition(mongo, 0, 'test');
  const memory = emptyMemory();
  const batches: StockCommand[][] = [
    [hold('a', ['A1', 'A2'])],
    [hold('b', ['B1', 'B2'], 2), hold('c', [], 3), { ...about('a'), type: 'release', by: 'fan' }],
    [{ ...about('c'), type: 'release', by: 'fan' }],
    [hold('d', ['A1', 'A2'], 1), hold('e', ['A1', 'A2'])],
  ];
  let version = 0;
  const shown = new Map<CategoryId, object>();
  for (const commands of batches) {
    const { stock } = await commitDecisions(mongo, { lease, memory, commands });
    const truth = await readStockAtOnce(mongo, sale.performanceId);
    expect(stock).toMatchObject([{ ...sale, from: version, to: truth.version }]);
    expect(truth.version).toBeGreaterThan(version);
    for (const [categoryId, count] of stock[0]?.counts ?? []) shown.set(categoryId, count);
    expect(Object.fromEntries([...shown])).toEqual(
      Object.fromEntries([...truth.counts].filter(([id]) => shown.has(id))),
    );
    version = truth.version;
  }
  expect([...shown.keys()].sort()).toEqual([STALLS, STANDING]);
});

test('what a commit says of kept-back stock: open to all, or an audience’s and how much is left of it', async () => {
  const kept = await insertTestSale(database.db, { name: 'kept', rows: [6], standing: 10 });
  const { performanceId } = kept;
  const lease = await takePartition(mongo, 1, 'test');
  const memory = emptyMemory();
  const code = { codeSetId: 'friends' as CodeSetId, codeId: 'friends.1' as CodeId };
  const audience = { kind: 'code_set', codeSetId: code.codeSetId } as const;
  const block = (name: string, over: object) =>
    ({
      ...{ type: 'block', performanceId, blockId: `blk_${name}`, label: name, audience: null, releaseAt: null },
      ...{ requestedBy: 'staff', ...over },
    }) as unknown as StockCommand;
  const after = async (...commands: StockCommand[]) => {
    const { stock } = await commitDecisions(mongo, { lease, memory, commands });
    return stock[0]?.kept;
  };
  const friends = (left: object) => [{ audience, left: new Map(Object.entries(left)) }];
  const made = await after(
    block('friends', { items: [{ categoryId: STANDING, quantity: 4 }, { seatIds: ['A1', 'A2'] }], audience }),
    block('more', { items: [{ categoryId: STANDING, quantity: 1 }], audience }),
    block('staff', { items: [{ categoryId: STANDING, quantity: 1 }] }),
    block('timed', { items: [{ categoryId: STANDING, quantity: 2 }], releaseAt: 1 }),
  );
  expect(made?.allocations).toMatchObject(friends({ [STANDING]: 5, [STALLS]: 2 }));
  expect(made?.open).toEqual(new Set(['blk_timed']));
  expect(made?.leftOfOpen).toEqual(new Map([[STANDING, 2]]));
  const items = [{ seatIds: ['A1', 'A2'] as SeatId[] }, { categoryId: STANDING, quantity: 3 }];
  const theirs = { ...hold('friend', []), ...kept, code, items } as StockCommand;
  // First out of what is open to the buyer, the oldest block before the others.
  expect((await after(theirs))?.allocations).toMatchObject(friends({ [STANDING]: 2, [STALLS]: 0 }));
  const ended = await after({ type: 'unblock', performanceId, blockId: 'blk_friends' as BlockId, seatIds: null });
  expect(ended?.allocations).toMatchObject(friends({ [STANDING]: 1, [STALLS]: 0 }));
});
