import type { SaleSample } from '@onsale/contracts';
import { columnsOf, everyNth, extentOf, withLater } from './history-columns.ts';

const sample = (second: number, waiting: number): SaleSample => ({
  at: new Date(second * 1000).toISOString(),
  waiting,
  called: 0,
  active: 0,
  callsPerMinute: 0,
  targetPerMinute: 60,
  shopDelayMs: null,
  held: 1,
  sold: 2,
  free: 3,
});
const wish = { everySeconds: 5, minutes: 10 };

test('samples become columns; where nobody sampled for long there is a hole', () => {
  const { seconds, of } = columnsOf([sample(100, 7), sample(105, 6), sample(200, 2)], wish);
  expect(seconds).toEqual([100, 105, 110, 200]);
  expect(of.waiting).toEqual([7, 6, null, 2]);
  expect(of.shopDelayMs).toEqual([null, null, null, null]);
});

test('only the last minutes are shown, counted from the latest sample', () => {
  const { seconds } = columnsOf([sample(0, 1), sample(500, 1), sample(700, 1)], wish);
  expect(seconds).toEqual([500, 505, 700]);
  expect(columnsOf([], wish).seconds).toEqual([]);
});

test('later samples are added once, and the oldest fall out', () => {
  const known = [sample(5, 1), sample(10, 2)];
  expect(withLater(known, [sample(10, 2), sample(15, 3)], 10).map(({ waiting }) => waiting)).toEqual([1, 2, 3]);
  expect(withLater(known, [sample(15, 3)], 2).map(({ waiting }) => waiting)).toEqual([2, 3]);
  expect(withLater([], [sample(5, 9)], 2)).toHaveLength(1);
});

test('a column is said by its last figure and its extent; one without figures is not said', () => {
  expect(extentOf([3, null, 9, 4])).toEqual({ now: 4, least: 3, most: 9 });
  expect(extentOf([3, null])).toEqual({ now: null, least: 3, most: 3 });
  expect(extentOf([null, null])).toBeNull();
});

test('the table takes the latest row and every so many-th before it', () => {
  expect(everyNth(5, 10)).toEqual([4, 3, 2, 1, 0]);
  expect(everyNth(9, 3)).toEqual([8, 5, 2]);
  expect(everyNth(0, 3)).toEqual([]);
});
