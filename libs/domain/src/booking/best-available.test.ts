import { bestAvailable } from './best-available.ts';
import { buildSeatMap } from './seat-map.ts';
import { planOf, STALLS } from './test-world.ts';

function choose(rows: readonly number[], quantity: number, taken: readonly string[] = []) {
  const seats = bestAvailable({
    seatMap: buildSeatMap(planOf(rows)),
    categoryId: STALLS,
    quantity,
    isFree: ({ id }) => !taken.includes(id),
  });
  return seats?.map(({ id }) => id) ?? null;
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
