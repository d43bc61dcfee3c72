// What those who look at a plan are told of a change: what everybody may have, and what is kept for some of them. The
// projection knows only whether a seat is free for nobody in particular; who a block is for is told here.
import type { AvailabilityEvent } from '@onsale/contracts';
import { isBlockId, type SeatId, type SeatOwner } from '@onsale/domain';
import type { Pending } from './availability-teller.ts';

export function availabilityEventOf({ performanceId, from, to, counts, owners, kept }: Pending): AvailabilityEvent {
  const isFreeToAll = (owner: SeatOwner | null) => owner === null || (isBlockId(owner) && kept.open.has(owner));
  const seats = (is: (owner: SeatOwner | null) => boolean): SeatId[] =>
    [...owners].flatMap(([seatId, owner]) => (is(owner) ? [seatId] : []));
  const allocated = kept.allocations.map(({ audience, blocks, left }) => ({
    audience,
    seatIds: seats((owner) => owner !== null && isBlockId(owner) && blocks.has(owner)),
    free: [...left].map(([categoryId, free]) => ({ categoryId, free })),
  }));
  return {
    performanceId,
    since: from,
    version: to,
    taken: seats((owner) => !isFreeToAll(owner)),
    released: seats(isFreeToAll),
    free: [...counts].map(([categoryId, { free }]) => ({
      categoryId,
      free: free + (kept.leftOfOpen.get(categoryId) ?? 0),
    })),
    ...(allocated.length > 0 && { allocated }),
  };
}
