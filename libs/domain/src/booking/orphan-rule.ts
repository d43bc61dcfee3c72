// A choice may not leave a single seat standing alone, unless no placement of that size avoids it: the last seats are
// never refused.
import type { CategoryId, SeatId } from '../ids.ts';
import { bestInOneRow } from './best-available.ts';
import type { SeatBlock, SeatMap, SeatSpot } from './seat-map.ts';
import type { FreeSeats } from './seat-search.ts';

/** Better seats to offer when the choice breaks the rule; null when it may stand. */
export function betterThanStranding({
  seatMap,
  chosen,
  free,
}: {
  readonly seatMap: SeatMap;
  readonly chosen: readonly SeatSpot[];
  readonly free: FreeSeats;
}): readonly SeatId[] | null {
  if (!strandsOne(seatMap, chosen, free)) return null;
  const categories = new Set<CategoryId>(chosen.map(({ categoryId }) => categoryId));
  for (const categoryId of categories) {
    const window = bestInOneRow({ seatMap, categoryId, quantity: chosen.length, free, seed: 0 });
    if (window !== null && window.singles === 0) return window.seats.map(({ id }) => id);
  }
  return null;
}

/** Whether a free seat that has a free neighbour now would have none afterwards. */
function strandsOne({ blocks }: SeatMap, chosen: readonly SeatSpot[], free: FreeSeats): boolean {
  const taken = new Set<SeatId>(chosen.map(({ id }) => id));
  return chosen.some(({ block: index, at }) => {
    const block = blocks[index];
    return block !== undefined && [at - 1, at + 1].some((beside) => isStranded(block, beside, { taken, free }));
  });
}

function isStranded(
  { seats }: SeatBlock,
  at: number,
  { taken, free }: { readonly taken: ReadonlySet<SeatId>; readonly free: FreeSeats },
): boolean {
  const seat = seats[at];
  const isFreeAfter = (one: SeatSpot | undefined) => one !== undefined && free.isFree(one) && !taken.has(one.id);
  // Beside a chosen seat it had a free neighbour before.
  return isFreeAfter(seat) && !isFreeAfter(seats[at - 1]) && !isFreeAfter(seats[at + 1]);
}
