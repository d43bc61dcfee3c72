// The stock of a batch's working sheet: who owns which seat, how much of each category is held, sold and kept back, how
// much each fan has. All of it moves here together and nowhere else.
import type { BlockId, CategoryId, FanId, PerformanceId, SaleId, SeatId } from '../ids.ts';
import type { FreeSeats } from '../seats/seat-search.ts';
import type { BlockRecord, Buyer } from './block-record.ts';
import { type BlockChange, openBlockSheet } from './block-sheet.ts';
import type { BookedItem, BookingRecord } from './booking-record.ts';
import { type BookingWorld, countKey } from './booking-world.ts';
import { type FanChange, openBuyerSheet, type TallyChange } from './buyer-sheet.ts';
import { type CountChange, openCountSheet } from './count-sheet.ts';
import { type ClaimChange, openSeatSheet, type SeatSheet, type SeatView } from './seat-sheet.ts';

export type StockChanges = {
  readonly claims: readonly ClaimChange[];
  readonly counts: readonly CountChange[];
  readonly fans: readonly FanChange[];
  readonly tallies: readonly TallyChange[];
  readonly blocks: readonly BlockChange[];
};

export type Stock = 'held' | 'sold';

export type StockSheet = {
  ownerOf: SeatSheet['ownerOf'];
  /** The seats as one buyer sees them. */
  view(performanceId: PerformanceId, view: SeatView): FreeSeats;
  /** What is free for everybody. */
  free(performanceId: PerformanceId, categoryId: CategoryId): number;
  blocksOpenTo(performanceId: PerformanceId, buyer: Buyer): readonly BlockRecord[];
  /** Whether every other numbered seat of the performance is sold: neither free, held, nor kept for somebody. */
  isRestSoldOut(performanceId: PerformanceId): boolean;
  /** Seats the fan holds or has bought in the sale. */
  seatsOfFan(saleId: SaleId, fanId: FanId): number;
  /** Milliseconds that the fan's holds took in the sale. */
  heldMsOfFan(saleId: SaleId, fanId: FanId): number;
  /** Charges time of a hold to its fan; negative gives it back. */
  chargeHold(booking: Pick<BookingRecord, 'saleId' | 'fanId'>, ms: number): void;
  counted(tallyKey: string): number;
  /** Whether all stock of a booking that lost it could be its own again. */
  isFreeFor(booking: BookingRecord): boolean;
  /** Takes the stock of the booking's items. The caller has checked that it is free. */
  take(booking: BookingRecord, as: Stock): void;
  /** Items of an allocation that still lives go back to it. */
  give(booking: BookingRecord, from: Stock): void;
  /** What was held is sold. */
  sell(booking: BookingRecord): void;
  block(performanceId: PerformanceId, id: BlockId): BlockRecord | null;
  putBlock(block: BlockRecord): void;
  /** Keeps free stock back, or gives kept-back stock to everybody. */
  keepBack(block: BlockRecord, items: readonly StockUnit[]): void;
  letOut(block: BlockRecord, items: readonly StockUnit[]): void;
  seatsKeptBy: SeatSheet['seatsOwnedBy'];
  changes(): StockChanges;
};

/** One seat, or one place without a seat. */
export type StockUnit = { readonly categoryId: CategoryId; readonly seatId: SeatId | null };

export function openStockSheet(world: BookingWorld): StockSheet {
  const seats = openSeatSheet(world);
  const blocks = openBlockSheet(world);
  const counts = openCountSheet(world);
  const buyers = openBuyerSheet(world);
  const sheets: Sheets = { seats, blocks, counts };
  const isOfPool = poolCheck(world);
  return {
    ownerOf: seats.ownerOf,
    view: seats.view,
    free: counts.free,
    blocksOpenTo: blocks.openTo,
    isRestSoldOut: (performanceId) =>
      seats.standardFree(performanceId) === 0 &&
      blocks.allocated(performanceId) === 0 &&
      [...(world.performances.get(performanceId)?.categories.values() ?? [])].every(
        ({ id, kind }) => kind === 'general' || counts.heldOfRest(performanceId, id) === 0,
      ),
    seatsOfFan: buyers.seatsOfFan,
    heldMsOfFan: buyers.heldMsOfFan,
    chargeHold: (booking, ms) => buyers.move(booking, { heldMs: ms }),
    counted: buyers.counted,
    isFreeFor: (booking) => isFreeFor(sheets, booking),
    take(booking, as) {
      moveItems(sheets, { booking, stock: as, by: 1, isOfPool });
      buyers.move(booking, { seats: booking.items.length });
    },
    give(booking, from) {
      moveItems(sheets, { booking, stock: from, by: -1, isOfPool });
      buyers.move(booking, { seats: -booking.items.length });
    },
    sell({ performanceId, items }) {
      for (const item of items) {
        const heldOfPool = isOfPool(performanceId, item) ? -1 : 0;
        counts.move(performanceId, item.categoryId, { held: -1, sold: 1, heldOfPool });
      }
    },
    block: blocks.block,
    putBlock: blocks.put,
    keepBack: (block, items) => moveBlocked(sheets, { block, items, by: 1 }),
    letOut: (block, items) => moveBlocked(sheets, { block, items, by: -1 }),
    seatsKeptBy: seats.seatsOwnedBy,
    changes: () => ({
      claims: seats.changes(),
      counts: counts.changes(),
      blocks: blocks.changes(),
      ...buyers.changes(),
    }),
  };
}

type PoolCheck = (performanceId: PerformanceId, unit: StockUnit) => boolean;

/** Whether a unit is an accessible or a companion seat. */
function poolCheck(world: BookingWorld): PoolCheck {
  return (performanceId, { seatId }) => {
    const seat = seatId === null ? undefined : world.performances.get(performanceId)?.seatMap.seats.get(seatId);
    return seat !== undefined && seat.kind !== 'standard';
  };
}

/** Between a booking on one side, and what is free or the allocation it came from on the other. */
function moveItems(
  { seats, blocks, counts }: Sheets,
  {
    booking,
    stock,
    by,
    isOfPool,
  }: { readonly booking: BookingRecord; readonly stock: Stock; readonly by: 1 | -1; readonly isOfPool: PoolCheck },
): void {
  const { performanceId } = booking;
  for (const item of booking.items) {
    const home = blocks.home(performanceId, item.blockId);
    const owner = by === 1 ? booking.id : (home?.id ?? null);
    if (item.seatId !== null) seats.setOwner(performanceId, item.seatId, owner);
    counts.move(performanceId, item.categoryId, {
      [stock]: by,
      blocked: home === null ? 0 : -by,
      heldOfPool: stock === 'held' && isOfPool(performanceId, item) ? by : 0,
    });
    if (home !== null) blocks.moveLeft(home, item.categoryId, -by);
  }
}

/** Between what is free and a block. */
function moveBlocked(
  { seats, blocks, counts }: Sheets,
  { block, items, by }: { readonly block: BlockRecord; readonly items: readonly StockUnit[]; readonly by: 1 | -1 },
): void {
  for (const { categoryId, seatId } of items) {
    if (seatId !== null) seats.setOwner(block.performanceId, seatId, by === 1 ? block.id : null);
    counts.move(block.performanceId, categoryId, { blocked: by });
    blocks.moveLeft(block, categoryId, by);
  }
}

type Sheets = {
  readonly seats: SeatSheet;
  readonly blocks: ReturnType<typeof openBlockSheet>;
  readonly counts: ReturnType<typeof openCountSheet>;
};

function isFreeFor({ seats, blocks, counts }: Sheets, { performanceId, items }: BookingRecord): boolean {
  const needed = new Map<string, { readonly item: BookedItem; quantity: number }>();
  for (const item of items) {
    const home = blocks.home(performanceId, item.blockId);
    if (item.seatId !== null) {
      if (seats.ownerOf(performanceId, item.seatId) !== (home?.id ?? null)) return false;
      continue;
    }
    const key = `${countKey(performanceId, item.categoryId)}:${home?.id ?? ''}`;
    const need = needed.get(key) ?? { item, quantity: 0 };
    need.quantity += 1;
    needed.set(key, need);
  }
  return [...needed.values()].every(({ item, quantity }) => {
    const home = blocks.home(performanceId, item.blockId);
    const free = home === null ? counts.free(performanceId, item.categoryId) : (home.left[item.categoryId] ?? 0);
    return free >= quantity;
  });
}
