import type { SeatingPlan } from '@onsale/contracts';
import { betterSeats, rulesMap } from './seat-advice.ts';

const seats = Array.from({ length: 6 }, (_, i) => ({ id: `s${i}`, label: `${i}`, x: i, y: 5, categoryId: 'a' }));
const plan = {
  width: 10,
  height: 10,
  focus: { x: 2.5, y: 0 },
  sections: [{ id: 'x', name: 'Stalls', rows: [{ id: 'r', label: '1', seats }] }],
} as unknown as SeatingPlan;
const map = rulesMap(plan);

test('a choice that leaves a single seat alone is answered with a better one', () => {
  const better = betterSeats(map, ['s1', 's2'], new Set());
  expect(better).toHaveLength(2);
  expect(better).not.toEqual(['s1', 's2']);
});

test('a choice at the end of a row may stand, and so may the last seats', () => {
  expect(betterSeats(map, ['s0', 's1'], new Set())).toBeNull();
  expect(betterSeats(map, ['s1', 's2'], new Set(['s3', 's4', 's5']))).toBeNull();
  expect(betterSeats(map, [], new Set())).toBeNull();
});
