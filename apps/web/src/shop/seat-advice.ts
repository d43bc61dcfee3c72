// Tells before the request is sent what the rules would refuse: a choice that leaves a single seat alone. It is the same
// rule the booking engine decides by; the engine has the last word.
import type { SeatingPlan } from '@onsale/contracts';
import { betterThanStranding, buildSeatMap, type SeatId, type SeatMap } from '@onsale/domain';

/** The plan as the rules need it; built once per performance. */
export const rulesMap = (plan: SeatingPlan): SeatMap => buildSeatMap(plan);

/** Seats to choose instead when this choice would leave one alone; null when it may stand. */
export function betterSeats(
  seatMap: SeatMap,
  seatIds: readonly string[],
  taken: ReadonlySet<string>,
): readonly SeatId[] | null {
  const chosen = seatIds.flatMap((id) => seatMap.seats.get(id as SeatId) ?? []);
  if (chosen.length === 0) return null;
  const isFree = (index: number) => !taken.has(seatMap.list[index]?.id ?? '');
  return betterThanStranding({
    seatMap,
    chosen,
    free: { isFree, freeOfBlock: ({ seats }) => seats.filter(({ index }) => isFree(index)).length },
  });
}
