import { planOf, STALLS, seat } from '../booking/test-world.ts';
import { bestAvailable, largestPlacement } from './best-available.ts';
import { betterThanStranding } from './orphan-rule.ts';
import { buildSeatMap, type SeatMap } from './seat-map.ts';
import type { FreeSeats } from './seat-search.ts';

function without({ list }: SeatMap, taken: readonly string[]): FreeSeats {
  return {
    isFree: (index) => !taken.includes(list[index]?.id ?? ''),
    freeOfBlock: ({ seats }) => seats.filter(({ id }) => !taken.includes(id)).length,
  };
}

function choose(rows: readonly number[], quantity: number, taken: readonly string[] = [], seed = 0) {
  const seatMap = buildSeatMap(planOf(rows));
  const seats = bestAvailable({ seatMap, categoryId: STALLS, quantity, free: without(seatMap, taken), seed });
  return seats?.map(({ id }) => id) ?? null;
}

function better(rows: readonly number[], chosen: readonly string[], taken: readonly string[] = []) {
  const seatMap = buildSeatMap(planOf(rows));
  const seats = chosen.flatMap((id) => seatMap.seats.get(seat(id)) ?? []);
  return betterThanStranding({ seatMap, chosen: seats, free: without(seatMap, taken) });
}

test('the middle of the front row comes first', () => {
  expect(choose([9, 9], 3)).toEqual(['A4', 'A5', 'A6']);
});

test('no seat is left alone where another row avoids it', () => {
  // Two of three in row A would strand one; row B has room.
  expect(choose([3, 10], 2)).toEqual(['B5', 'B6']);
});

test('a single seat is stranded rather than the fan refused', () => {
  expect(choose([3], 2)).toEqual(['A1', 'A2']);
});

test('without a run that is long enough the seats are close together', () => {
  const chosen = choose([4, 4], 3, ['A2', 'B2', 'A4', 'B4']);
  expect(chosen).toHaveLength(3);
});

test('fewer free seats than asked for is no offer', () => {
  expect(choose([2], 3)).toBeNull();
});

test('an aisle parts neighbours', () => {
  const plan = planOf([4]);
  const [section] = plan.sections;
  const moved = section?.rows[0]?.seats.map((seat, i) => ({ ...seat, x: seat.x + (i >= 2 ? 5 : 0) })) ?? [];
  const seatMap = buildSeatMap({
    ...plan,
    sections: [{ id: 's', name: 'S', rows: [{ id: 'A', label: 'A', seats: moved }] }],
  });
  expect(seatMap.blocks.map(({ seats }) => seats.length)).toEqual([2, 2]);
});

test('a group that fits no row sits in two neighbouring rows, one part behind the other', () => {
  expect(choose([3, 3, 3], 4)).toEqual(['A1', 'A2', 'B1', 'B2']);
});

test('the seed decides among near-equals only', () => {
  // An even row has two middles.
  const chosen = new Set([0, 1, 2, 3].map((seed) => choose([10], 1, [], seed)?.[0]));
  expect([...chosen].sort()).toEqual(['A5', 'A6']);
});

test('when no section has room the largest possible placement is named', () => {
  const seatMap = buildSeatMap(planOf([4]));
  const request = { seatMap, categoryId: STALLS, quantity: 4, seed: 0 };
  expect(largestPlacement({ ...request, free: without(seatMap, ['A1']) }).map(({ id }) => id)).toEqual([
    'A2',
    'A3',
    'A4',
  ]);
});

test('a choice that strands a single seat is refused while a clean placement exists, and never when none does', () => {
  expect(better([10], ['A2', 'A3'])).toHaveLength(2);
  expect(better([10], ['A1', 'A2'])).toBeNull();
  expect(better([3], ['A1', 'A2'])).toBeNull();
  expect(better([2], ['A1'])).toBeNull();
  // A seat that stood alone already is nobody's fault.
  expect(better([10], ['A4', 'A5'], ['A2', 'A3'])).toBeNull();
});
