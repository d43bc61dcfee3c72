// One booking being put together, item after item.
import type { BlockId } from '../ids.ts';
import { isBlockId } from '../seats/occupancy.ts';
import type { SeatSpot } from '../seats/seat-map.ts';
import type { FreeSeats } from '../seats/seat-search.ts';
import type { BlockRecord } from './block-record.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookedItem } from './booking-record.ts';
import type { PerformanceFacts } from './booking-world.ts';

export type Basket = {
  readonly performance: PerformanceFacts;
  readonly ledger: BookingLedger;
  /** Allocations the buyer may take from. */
  readonly open: readonly BlockRecord[];
  /** Accessible and companion seats are seats like all others. */
  readonly poolReleased: boolean;
  /** The same choice among near-equals whenever the booking is decided again. */
  readonly seed: number;
  /** Indexes of the seats that earlier items took. */
  readonly mine: Set<number>;
  readonly items: BookedItem[];
};

/** What is free for this item; what an earlier item took is no longer free for a later one. */
export function freeFor({ ledger, performance, open, poolReleased, mine }: Basket, pool: boolean): FreeSeats {
  const blocks = new Set<BlockId>(open.map(({ id }) => id));
  const view = ledger.stock.view(performance.id, { blocks, pool: pool || poolReleased });
  if (mine.size === 0) return view;
  return { isFree: (index) => !mine.has(index) && view.isFree(index), freeOfBlock: view.freeOfBlock };
}

export function seatItem({ performance, ledger }: Basket, seat: SeatSpot): BookedItem[] {
  const category = performance.categories.get(seat.categoryId);
  if (category === undefined) return [];
  const owner = ledger.stock.ownerOf(performance.id, seat.id);
  const { id: seatId, fullLabel: label } = seat;
  const item = { categoryId: category.id, seatId, label, price: category.price, ticketId: null };
  return [owner !== null && isBlockId(owner) ? { ...item, blockId: owner } : item];
}
