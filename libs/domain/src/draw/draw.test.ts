import { numberOf } from './draw.ts';

const seed = new Uint8Array(32).fill(7);

test('nobody in an open pre-queue has a number', () => {
  expect(numberOf(0, { draws: [], firstUndrawnIndex: 0 })).toBeNull();
});

test('the drawn share the first numbers among themselves and the late follow by index', () => {
  const state = { draws: [{ firstIndex: 0, size: 100, seed }], firstUndrawnIndex: null };
  const drawn = Array.from({ length: 100 }, (_, index) => numberOf(index, state));
  expect(new Set(drawn)).toEqual(new Set(Array.from({ length: 100 }, (_, i) => i + 1)));
  expect(numberOf(100, state)).toBe(101);
});

test('a second phase draws among its own pre-queue and leaves earlier numbers as they were', () => {
  const first = { firstIndex: 0, size: 10, seed };
  const before = numberOf(3, { draws: [first], firstUndrawnIndex: 20 });
  const second = { firstIndex: 20, size: 5, seed };
  const after = { draws: [first, second], firstUndrawnIndex: null };
  expect(numberOf(3, after)).toBe(before);
  expect([20, 21, 22, 23, 24].map((index) => numberOf(index, after)).sort()).toEqual([21, 22, 23, 24, 25]);
  expect(numberOf(15, after)).toBe(16);
});
