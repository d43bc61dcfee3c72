// Who sits where in one performance, with the number of free seats of each block beside it, so that a search for seats
// need not look into full rows. The only mutable thing of the rules; its owner is the one writer of the partition.
import type { BookingId, SeatId } from '../ids.ts';
import type { SeatMap } from './seat-map.ts';

export type Occupancy = {
  readonly owners: ReadonlyMap<SeatId, BookingId>;
  /** By the number of the block. */
  readonly freeOfBlock: ArrayLike<number>;
};

export type MutableOccupancy = { readonly owners: Map<SeatId, BookingId>; readonly freeOfBlock: Uint16Array };

export function occupancyOf(
  seatMap: SeatMap,
  claims: Iterable<{ readonly seatId: SeatId; readonly bookingId: BookingId }>,
): MutableOccupancy {
  const occupancy: MutableOccupancy = {
    owners: new Map(),
    freeOfBlock: Uint16Array.from(seatMap.blocks, ({ seats }) => seats.length),
  };
  for (const { seatId, bookingId } of claims) occupy(occupancy, seatMap, seatId, bookingId);
  return occupancy;
}

/** Gives a seat to a booking, or frees it with null. */
export function occupy(occupancy: MutableOccupancy, seatMap: SeatMap, seatId: SeatId, to: BookingId | null): void {
  const wasFree = !occupancy.owners.has(seatId);
  if (to === null) occupancy.owners.delete(seatId);
  else occupancy.owners.set(seatId, to);
  const block = seatMap.seats.get(seatId)?.block;
  if (block === undefined || wasFree === (to === null)) return;
  occupancy.freeOfBlock[block] = (occupancy.freeOfBlock[block] ?? 0) + (to === null ? 1 : -1);
}
