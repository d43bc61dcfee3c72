// Where the organizer wants groups to sit together, chosen seats must be side by side in one row, unless no row has a
// run of that length left at these prices: the last seats are never refused.
import type { SeatId } from '../ids.ts';
import { type NearestBlockRequest, nearestEqualBlock } from './nearest-block.ts';
import type { SeatSpot } from './seat-map.ts';

/** Seats side by side to offer when the choice is scattered; null when it may stand. */
export function betterThanScattered(request: NearestBlockRequest): readonly SeatId[] | null {
  if (areSideBySide(request.wanted)) return null;
  const better = nearestEqualBlock(request);
  return better.length === 0 ? null : better.map(({ id }) => id);
}

export function areSideBySide(seats: readonly SeatSpot[]): boolean {
  const positions = seats.map(({ at }) => at);
  const span = Math.max(...positions) - Math.min(...positions) + 1;
  return seats.every(({ block }) => block === seats[0]?.block) && span === seats.length;
}
