import type { Category } from './seat-map.ts';
import { basketLines, emptyBasket, itemsOf, stillFree, toggleSeat } from './selection.ts';

const price = { amount: 4500, currency: 'EUR' };
const categories = [
  { id: 'a', name: 'A', kind: 'reserved', price },
  { id: 'g', name: 'Standing', kind: 'general', price },
] as unknown as Category[];

test('a seat is chosen and let go again', () => {
  expect(toggleSeat([], 'a', 2)).toEqual({ kind: 'chosen', seatIds: ['a'] });
  expect(toggleSeat(['a', 'b'], 'a', 2)).toEqual({ kind: 'dropped', seatIds: ['b'] });
});

test('no more seats are chosen than one booking may hold', () => {
  expect(toggleSeat(['a', 'b'], 'c', 2)).toEqual({ kind: 'full', limit: 2 });
});

test('a seat somebody else took is told apart from those still free', () => {
  expect(stillFree(['a', 'b'], new Set(['b', 'z']))).toEqual({ kept: ['a'], lost: ['b'] });
});

test('a basket becomes the items of a booking request', () => {
  expect(itemsOf(emptyBasket, categories)).toBeNull();
  expect(itemsOf({ ...emptyBasket, mode: 'plan', seatIds: ['1', '2'] }, categories)).toEqual([{ seatIds: ['1', '2'] }]);
  expect(itemsOf({ ...emptyBasket, categoryId: 'a', accessible: 1 }, categories)).toEqual([
    { categoryId: 'a', quantity: 2, bestAvailable: true, accessible: 1 },
  ]);
  expect(itemsOf({ ...emptyBasket, categoryId: 'a' }, categories)).toEqual([
    { categoryId: 'a', quantity: 2, bestAvailable: true },
  ]);
  expect(itemsOf({ ...emptyBasket, categoryId: 'g', quantity: 3 }, categories)).toEqual([
    { categoryId: 'g', quantity: 3 },
  ]);
});

test('a basket is told line by line', () => {
  const basket = { ...emptyBasket, categoryId: 'g' };
  expect(basketLines(basket, { categories, map: null, seatLabel: () => '' })).toEqual([
    { label: 'Standing', price },
    { label: 'Standing', price },
  ]);
});

test('places without a seat stand beside chosen seats in one basket', () => {
  const basket = { ...emptyBasket, mode: 'plan' as const, seatIds: ['1'], places: { g: 2, a: 1, gone: 3 } };
  expect(itemsOf(basket, categories)).toEqual([{ seatIds: ['1'] }, { categoryId: 'g', quantity: 2 }]);
  expect(basketLines(basket, { categories, map: null, seatLabel: () => '' })).toHaveLength(2);
  expect(itemsOf({ ...basket, seatIds: [] }, categories)).toEqual([{ categoryId: 'g', quantity: 2 }]);
});
