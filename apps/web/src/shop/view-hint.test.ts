import type { SeatMap } from './seat-map.ts';
import { viewHint } from './view-hint.ts';

/** The stage at the top of the plan, seats below it; a fan faces up, so the plan's left is the fan's left. */
const map = (seats: readonly (readonly [number, number])[], focus = { x: 50, y: 0 }) =>
  ({
    plan: { focus },
    xs: Float32Array.from(seats, ([x]) => x),
    ys: Float32Array.from(seats, ([, y]) => y),
  }) as unknown as SeatMap;

test('distance is told by the whole hall, the side by where one sits facing the stage', () => {
  const hall = map([
    [50, 10],
    [20, 40],
    [90, 50],
    [50, 100],
  ]);
  expect(viewHint(hall, 0)).toEqual({ distance: 'near', side: 'centre' });
  expect(viewHint(hall, 1)).toEqual({ distance: 'middle', side: 'left' });
  expect(viewHint(hall, 2)).toEqual({ distance: 'far', side: 'right' });
  expect(viewHint(hall, 3)).toEqual({ distance: 'far', side: 'centre' });
});

test('with the stage at the foot of the plan left and right change places', () => {
  const turned = map(
    [
      [20, 40],
      [50, 0],
    ],
    { x: 50, y: 100 },
  );
  expect(viewHint(turned, 0).side).toBe('right');
});
