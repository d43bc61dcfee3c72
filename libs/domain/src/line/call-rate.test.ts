import { callRate, type Outflow } from './call-rate.ts';
import { SPREAD_BY_CHANCE } from './people-ahead.ts';

/** A shop of 100 slots, one called a second until it is full; then one in four seconds leaves, and one is called. */
const shop = (seconds: number): Outflow[] =>
  Array.from({ length: seconds }, (_, second) => ({
    at: second * 1000,
    served: 0,
    called: second <= 100 ? second : 100 + Math.floor((second - 100) / 4),
    gone: 0,
    waiting: 1000,
    inside: Math.min(100, second),
    slots: 100,
  }));

test('while there is room calls go on as they went, and go regularly', () => {
  expect(callRate(shop(61), 60_000)).toMatchObject({ mean: 60, spread: 0.029 });
});

test('the calls that filled the shop say nothing of a full one: there as many are called as leave', () => {
  const full = callRate(shop(161), 160_000);
  expect(full?.mean).toBeGreaterThan(13);
  expect(full?.mean).toBeLessThan(20);
  expect(full?.spread).toBeGreaterThanOrEqual(SPREAD_BY_CHANCE);
});

test('nothing is said before something was measured', () => {
  expect(callRate(shop(4), 3_000)).toBeNull();
  expect(callRate([], 0)).toBeNull();
});
