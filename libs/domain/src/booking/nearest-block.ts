// When a wanted seat is gone, the nearest seats side by side of the same number and the same categories are offered.
import type { SeatId } from '../ids.ts';
import type { SeatMap, SeatSpot } from './seat-map.ts';
import { type FreeSeats, freeRuns } from './seat-search.ts';

/** Ids of the offered seats; empty when no run of that length is free. */
export function nearestEqualBlock({
  seatMap,
  wanted,
  free,
}: {
  readonly seatMap: SeatMap;
  readonly wanted: readonly SeatSpot[];
  readonly free: FreeSeats;
}): readonly SeatId[] {
  const [first] = wanted;
  if (first === undefined) return [];
  const { categoryId } = first;
  const centre = middle(wanted);
  let best: { readonly seats: readonly SeatSpot[]; readonly far: number } | null = null;
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    if (free.freeOfBlock(block) < wanted.length) continue;
    for (const run of freeRuns(block, free)) {
      for (let start = 0; start + wanted.length <= run.length; start++) {
        const seats = run.slice(start, start + wanted.length);
        if (seats.some((seat) => seat.categoryId !== categoryId)) continue;
        const at = middle(seats);
        const far = Math.hypot(at.x - centre.x, at.y - centre.y);
        if (best === null || far < best.far) best = { seats, far };
      }
    }
  }
  return best?.seats.map(({ id }) => id) ?? [];
}

function middle(seats: readonly SeatSpot[]): { readonly x: number; readonly y: number } {
  const sum = seats.reduce((at, { x, y }) => ({ x: at.x + x, y: at.y + y }), { x: 0, y: 0 });
  return { x: sum.x / seats.length, y: sum.y / seats.length };
}
