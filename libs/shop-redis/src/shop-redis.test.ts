import type { BookingId, CategoryId, PerformanceId, SeatId } from '@onsale/domain';
import { testRedis } from '@onsale/testkit';
import { applyChanges, type StockChange } from './apply-changes/apply-changes.ts';
import { connectShop, type ShopRedis } from './connect-shop.ts';
import { performanceKeys } from './keys.ts';
import { readProjection, readProjectionVersion } from './read-projection.ts';
import { replaceProjection } from './replace/replace.ts';
import { seatIndexOf } from './seat-index.ts';
import { forgetWaiting, noteWaiting, readWaiting } from './waiting-requests.ts';

const database = testRedis();
let shop: ShopRedis;
beforeAll(async () => {
  shop = connectShop(database.url);
  await new Promise((resolve) => shop.redis.once('ready', resolve));
});
afterAll(() => shop.close());
beforeEach(() => shop.redis.flushdb());

const performanceId = 'perf-1' as PerformanceId;
const STALLS = 'stalls' as CategoryId;
const seats = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ id: `s${from + i}` as SeatId }));
// Ten seats, so that a bitmap has more than one byte; and a second section.
const index = seatIndexOf({
  sections: [
    { id: 'left', rows: [{ seats: seats(1, 4) }, { seats: seats(5, 10) }] },
    { id: 'right', rows: [{ seats: seats(11, 12) }] },
  ],
});
const count = (free: number) => ({ capacity: 12, held: 12 - free, heldOfPool: 0, blocked: 0, free });
const truth = (version: number, taken: readonly string[]) => ({
  performanceId,
  version,
  counts: new Map([[STALLS, count(12 - taken.length)]]),
  taken: taken as SeatId[],
});
const change = (from: number, to: number, over: Partial<StockChange> = {}): StockChange => ({
  ...{ performanceId, from, to, counts: new Map(), seats: new Map() },
  ...over,
});

test('a projection made from the truth reads as the truth', async () => {
  expect(await readProjection(shop, index, performanceId)).toBeNull();
  expect(await readProjectionVersion(shop, performanceId)).toBeNull();
  expect(await replaceProjection(shop, index, truth(3, ['s1', 's10', 's12']))).toBe('replaced');
  const { performanceId: _id, ...expected } = truth(3, ['s1', 's10', 's12']);
  expect(await readProjection(shop, index, performanceId)).toEqual(expected);
  expect(await readProjectionVersion(shop, performanceId)).toBe(3);
});

test('changes follow each other; a repeated one changes nothing, and a missing one is told', async () => {
  await replaceProjection(shop, index, truth(3, ['s1']));
  const taken = change(3, 5, {
    counts: new Map([[STALLS, count(10)]]),
    seats: new Map([
      ['s9' as SeatId, 'taken'],
      ['s1' as SeatId, 'released'],
      ['s11' as SeatId, 'taken'],
    ]),
  });
  expect(await applyChanges(shop, index, taken)).toBe('applied');
  expect(await applyChanges(shop, index, taken)).toBe('known');
  const seen = await readProjection(shop, index, performanceId);
  expect(seen).toMatchObject({ version: 5, taken: ['s9', 's11'] });
  expect(seen?.counts.get(STALLS)).toEqual(count(10));
  expect(await applyChanges(shop, index, change(6, 7, { seats: new Map([['s2' as SeatId, 'taken']]) }))).toBe('gap');
  expect(await readProjection(shop, index, performanceId)).toEqual(seen);
});

test('without a projection every change is a gap, and the truth that was read before never goes back', async () => {
  expect(await applyChanges(shop, index, change(0, 1))).toBe('gap');
  await replaceProjection(shop, index, truth(9, ['s2']));
  expect(await replaceProjection(shop, index, truth(8, []))).toBe('newer');
  expect((await readProjection(shop, index, performanceId))?.taken).toEqual(['s2']);
  await shop.redis.hset(performanceKeys(performanceId).stock, 'c:stalls', 'nonsense');
  expect(await readProjection(shop, index, performanceId)).toBeNull();
});

test('waiting requests are read by their age, and forgotten', async () => {
  const note = (name: string, since: number) =>
    noteWaiting(shop, [{ bookingId: name as BookingId, since, command: `{"id":"${name}"}` }]);
  await note('b', 200);
  await note('a', 100);
  await note('c', 300);
  await note('a', 900); // the same request again: it has waited since the first
  expect(await readWaiting(shop, { before: 250, limit: 10 })).toEqual([
    { bookingId: 'a', since: 100, command: '{"id":"a"}' },
    { bookingId: 'b', since: 200, command: '{"id":"b"}' },
  ]);
  await forgetWaiting(shop, ['a' as BookingId, 'b' as BookingId]);
  await forgetWaiting(shop, []);
  expect((await readWaiting(shop, { before: 1_000, limit: 10 })).map(({ bookingId }) => bookingId)).toEqual(['c']);
});
