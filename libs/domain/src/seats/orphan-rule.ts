// A choice may not leave a single seat standing alone, unless no placement of that size avoids it: the last seats are
// never refused.
import type { SeatId } from '../ids.ts';
import { nearestCleanBlock } from './nearest-block.ts';
import type { SeatBlock, SeatMap, SeatSpot } from './seat-map.ts';
import type { FreeSeats } from './seat-search.ts';

/** Better seats to offer when the choice breaks the rule; null when it may stand. */
export function betterThanStranding({
  seatMap,
  chosen,
  free,
  seed = 0,
}: {
  readonly seatMap: SeatMap;
  readonly chosen: readonly SeatSpot[];
  readonly free: FreeSeats;
  readonly seed?: number;
}): readonly SeatId[] | null {
  if (!strandsOne(seatMap, chosen, free)) return null;
  const better = nearestCleanBlock({ seatMap, wanted: chosen, free, seed });
  return better.length === 0 ? null : better.map(({ id }) => id);
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
  const isFreeAfter = (one: SeatSpot | undefined) => one !== undefined && free.isFree(one.index) && !taken.has(one.id);
  // Beside a chosen seat it had a free neighbour before.
  return isFreeAfter(seat) && !isFreeAfter(seats[at - 1]) && !isFreeAfter(seats[at + 1]);
}
