// The stock of a batch's working sheet: who owns which seat, how much of each category is held and sold, how much each
// fan has. A seat that was freed and taken again inside the batch becomes one change of owner.
import type { BookingId, CategoryId, FanId, PerformanceId, SaleId, SeatId } from '../ids.ts';
import type { BookedItem, BookingRecord } from './booking-record.ts';
import { type BookingWorld, countKey, fanKey } from './booking-world.ts';
import type { SeatBlock } from './seat-map.ts';

export type ClaimChange = {
  readonly performanceId: PerformanceId;
  readonly seatId: SeatId;
  readonly from: BookingId | null;
  readonly to: BookingId | null;
};
/** Differences, not totals. */
export type CountChange = {
  readonly performanceId: PerformanceId;
  readonly categoryId: CategoryId;
  readonly held: number;
  readonly sold: number;
};
export type FanChange = {
  readonly saleId: SaleId;
  readonly fanId: FanId;
  readonly seats: number;
  readonly heldMs: number;
};

export type StockChanges = {
  readonly claims: readonly ClaimChange[];
  readonly counts: readonly CountChange[];
  readonly fans: readonly FanChange[];
};

export type Stock = 'held' | 'sold';

export type StockSheet = {
  ownerOf(performanceId: PerformanceId, seatId: SeatId): BookingId | null;
  freeOfBlock(performanceId: PerformanceId, block: SeatBlock): number;
  free(performanceId: PerformanceId, categoryId: CategoryId): number;
  /** Seats the fan holds or has bought in the sale. */
  seatsOfFan(saleId: SaleId, fanId: FanId): number;
  /** Milliseconds that the fan's holds took in the sale. */
  heldMsOfFan(saleId: SaleId, fanId: FanId): number;
  /** Charges time of a hold to its fan; negative gives it back. */
  chargeHold(booking: Pick<BookingRecord, 'saleId' | 'fanId'>, ms: number): void;
  /** Takes the stock of the booking's items. The caller has checked that it is free. */
  take(booking: BookingRecord, as: Stock): void;
  give(booking: BookingRecord, from: Stock): void;
  /** What was held is sold. */
  sell(booking: BookingRecord): void;
  changes(): StockChanges;
};

export function openStockSheet(world: BookingWorld): StockSheet {
  const seats = seatSheet(world);
  const counts = new Map<
    string,
    { performanceId: PerformanceId; categoryId: CategoryId; held: number; sold: number }
  >();
  const fans = new Map<string, { saleId: SaleId; fanId: FanId; seats: number; heldMs: number }>();

  function moveCounts({ performanceId, items }: BookingRecord, stock: Stock, by: number): void {
    for (const { categoryId } of items) {
      const key = countKey(performanceId, categoryId);
      if (!world.counts.has(key)) throw new RangeError(`no count for ${key}`);
      const moved = counts.get(key) ?? { performanceId, categoryId, held: 0, sold: 0 };
      moved[stock] += by;
      counts.set(key, moved);
    }
  }

  function moveFan(
    { saleId, fanId }: Pick<BookingRecord, 'saleId' | 'fanId'>,
    by: { readonly seats?: number; readonly heldMs?: number },
  ): void {
    const { seats: moved = 0, heldMs = 0 } = fans.get(fanKey(saleId, fanId)) ?? {};
    const next = { saleId, fanId, seats: moved + (by.seats ?? 0), heldMs: heldMs + (by.heldMs ?? 0) };
    fans.set(fanKey(saleId, fanId), next);
  }

  return {
    ownerOf: seats.ownerOf,
    freeOfBlock: seats.freeOfBlock,
    free(performanceId, categoryId) {
      const base = world.counts.get(countKey(performanceId, categoryId));
      const moved = counts.get(countKey(performanceId, categoryId));
      if (base === undefined) return 0;
      return base.capacity - base.held - base.sold - (moved?.held ?? 0) - (moved?.sold ?? 0);
    },
    seatsOfFan: (saleId, fanId) =>
      (world.fanSeats.get(fanKey(saleId, fanId)) ?? 0) + (fans.get(fanKey(saleId, fanId))?.seats ?? 0),
    heldMsOfFan: (saleId, fanId) =>
      (world.fanHeldMs.get(fanKey(saleId, fanId)) ?? 0) + (fans.get(fanKey(saleId, fanId))?.heldMs ?? 0),
    chargeHold: (booking, ms) => moveFan(booking, { heldMs: ms }),
    take(booking, as) {
      seats.setOwner(booking.performanceId, booking.items, booking.id);
      moveCounts(booking, as, 1);
      moveFan(booking, { seats: booking.items.length });
    },
    give(booking, from) {
      seats.setOwner(booking.performanceId, booking.items, null);
      moveCounts(booking, from, -1);
      moveFan(booking, { seats: -booking.items.length });
    },
    sell(booking) {
      moveCounts(booking, 'held', -1);
      moveCounts(booking, 'sold', 1);
    },
    changes: () => ({
      claims: seats.changes(),
      counts: [...counts.values()],
      fans: [...fans.values()].filter(({ seats: moved, heldMs }) => moved !== 0 || heldMs !== 0),
    }),
  };
}

/** Who owns which seat, and how many of a block are free. */
function seatSheet(world: BookingWorld) {
  const owners = new Map<PerformanceId, Map<SeatId, BookingId | null>>();
  /** How many seats of a block are free beyond what the world says; negative when taken. */
  const freed = new Map<PerformanceId, Map<number, number>>();
  const claimed = (performanceId: PerformanceId, seatId: SeatId) =>
    world.claims.get(performanceId)?.owners.get(seatId) ?? null;

  function ownerOf(performanceId: PerformanceId, seatId: SeatId): BookingId | null {
    const noted = owners.get(performanceId)?.get(seatId);
    return noted === undefined ? claimed(performanceId, seatId) : noted;
  }

  return {
    ownerOf,
    freeOfBlock: (performanceId: PerformanceId, { index, seats }: SeatBlock): number =>
      (world.claims.get(performanceId)?.freeOfBlock[index] ?? seats.length) +
      (freed.get(performanceId)?.get(index) ?? 0),
    setOwner(performanceId: PerformanceId, items: readonly BookedItem[], owner: BookingId | null): void {
      const seats = world.performances.get(performanceId)?.seatMap.seats;
      const noted = upsert(owners, performanceId, () => new Map<SeatId, BookingId | null>());
      const ofBlock = upsert(freed, performanceId, () => new Map<number, number>());
      for (const { seatId } of items) {
        if (seatId === null) continue;
        const difference = Number(owner === null) - Number(ownerOf(performanceId, seatId) === null);
        noted.set(seatId, owner);
        const block = seats?.get(seatId)?.block;
        if (block !== undefined) ofBlock.set(block, (ofBlock.get(block) ?? 0) + difference);
      }
    },
    changes: (): ClaimChange[] =>
      [...owners].flatMap(([performanceId, noted]) =>
        [...noted].flatMap(([seatId, to]) => {
          const from = claimed(performanceId, seatId);
          return from === to ? [] : [{ performanceId, seatId, from, to }];
        }),
      ),
  };
}

function upsert<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
