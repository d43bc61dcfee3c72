// Who sits where in one performance, in flat arrays by the seat's index, so that a hall of 100,000 seats costs a few
// bytes a seat and a search looks at bytes. The only mutable thing of the rules; its owner is the one writer of the
// partition.
import type { BlockId, BookingId, SeatId } from '../ids.ts';
import type { SeatMap } from './seat-map.ts';

/** A seat belongs to a booking, or is kept back. Never to two, and never to both: a claim has one owner. */
export type SeatOwner = BookingId | BlockId;

export const SEAT_FREE = 0;
export const SEAT_BOOKED = 1;
export const SEAT_KEPT_BACK = 2;

export type Occupancy = {
  readonly owners: readonly (SeatOwner | null)[];
  /** SEAT_FREE, SEAT_BOOKED or SEAT_KEPT_BACK. */
  readonly states: Uint8Array;
  /** By the number of the block: seats that no booking has. */
  readonly roomOfBlock: Uint16Array;
  readonly tally: {
    /** Free seats that are neither accessible nor for companions. */
    readonly standardFree: number;
  };
};

export type MutableOccupancy = Omit<Occupancy, 'owners' | 'tally'> & {
  readonly owners: (SeatOwner | null)[];
  readonly tally: { standardFree: number };
};

const BLOCK_ID_PREFIX = 'blk_';

export function isBlockId(owner: SeatOwner): owner is BlockId {
  return owner.startsWith(BLOCK_ID_PREFIX);
}

export function occupancyOf(
  seatMap: SeatMap,
  claims: Iterable<{ readonly seatId: SeatId; readonly owner: SeatOwner }>,
): MutableOccupancy {
  const occupancy: MutableOccupancy = {
    owners: new Array<SeatOwner | null>(seatMap.list.length).fill(null),
    states: new Uint8Array(seatMap.list.length),
    roomOfBlock: Uint16Array.from(seatMap.blocks, ({ seats }) => seats.length),
    tally: { standardFree: seatMap.list.reduce((sum, { kind }) => sum + (kind === 'standard' ? 1 : 0), 0) },
  };
  for (const { seatId, owner } of claims) occupy(occupancy, seatMap, seatId, owner);
  return occupancy;
}

/** Gives a seat to an owner, or frees it with null. */
export function occupy(occupancy: MutableOccupancy, seatMap: SeatMap, seatId: SeatId, to: SeatOwner | null): void {
  const seat = seatMap.seats.get(seatId);
  if (seat === undefined) return;
  occupancy.owners[seat.index] = to;
  moveSeat(occupancy, seat, stateOf(to));
}

export function stateOf(owner: SeatOwner | null): number {
  if (owner === null) return SEAT_FREE;
  return isBlockId(owner) ? SEAT_KEPT_BACK : SEAT_BOOKED;
}

/** Notes the new state of a seat, and what follows from it for its block and the tally. */
export function moveSeat(
  { states, roomOfBlock, tally }: Pick<MutableOccupancy, 'states' | 'roomOfBlock' | 'tally'>,
  { index, block, kind }: { readonly index: number; readonly block: number; readonly kind: string },
  to: number,
): void {
  const from = states[index] ?? SEAT_FREE;
  states[index] = to;
  const booked = Number(to === SEAT_BOOKED) - Number(from === SEAT_BOOKED);
  roomOfBlock[block] = (roomOfBlock[block] ?? 0) - booked;
  if (kind === 'standard') tally.standardFree += Number(to === SEAT_FREE) - Number(from === SEAT_FREE);
}
