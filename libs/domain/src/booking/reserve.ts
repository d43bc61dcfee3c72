// May this fan have these seats? The first decision about a booking; a repeated request meets the first answer.
import type { CategoryId, SeatId } from '../ids.ts';
import { sumMoney } from '../money.ts';
import { bestAvailable, largestPlacement } from './best-available.ts';
import type { Reserve } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookedItem, BookingRecord } from './booking-record.ts';
import type { RejectionReason } from './booking-state.ts';
import type { PerformanceFacts, SaleTerms } from './booking-world.ts';
import { chargedMs, mayHoldAgain } from './hold-time.ts';
import { nearestEqualBlock } from './nearest-block.ts';
import { betterThanStranding } from './orphan-rule.ts';
import type { Outcome } from './outcome.ts';
import type { SeatSpot } from './seat-map.ts';
import type { FreeSeats } from './seat-search.ts';

type Picked = { readonly kind: 'picked'; readonly items: readonly BookedItem[] };
type Refused = {
  readonly kind: 'refused';
  readonly reason: RejectionReason;
  readonly alternatives?: readonly SeatId[];
};

export function reserve(ledger: BookingLedger, command: Reserve): Outcome {
  const known = ledger.booking(command.bookingId);
  if (known !== null) return { kind: 'repeated', booking: known };
  const verdict = judge(ledger, command);
  const booking =
    verdict.kind === 'picked' ? heldBooking(ledger, command, verdict) : rejected(ledger, command, verdict);
  ledger.putBooking(booking);
  if (booking.state === 'held') {
    ledger.stock.take(booking, 'held');
    ledger.stock.chargeHold(booking, chargedMs(booking));
  }
  return { kind: 'decided', booking };
}

function judge(ledger: BookingLedger, command: Reserve): Picked | Refused {
  const performance = ledger.world.performances.get(command.performanceId);
  const terms = ledger.world.sales.get(command.saleId);
  if (performance === undefined || terms === undefined || performance.saleId !== command.saleId) {
    return { kind: 'refused', reason: 'pass_invalid' };
  }
  if (!terms.sells) return { kind: 'refused', reason: 'sale_closed' };
  if (breaksLimit(ledger, command, terms)) return { kind: 'refused', reason: 'limit_exceeded' };
  if (!mayHoldAgain(ledger.stock.heldMsOfFan(command.saleId, command.fanId), terms)) {
    return { kind: 'refused', reason: 'hold_time_used' };
  }
  return pick(ledger, performance, command);
}

function breaksLimit(ledger: BookingLedger, { items, saleId, fanId }: Reserve, { limits }: SaleTerms): boolean {
  const wanted = items.reduce((sum, item) => sum + ('seatIds' in item ? item.seatIds.length : item.quantity), 0);
  return wanted > limits.seatsPerBooking || ledger.stock.seatsOfFan(saleId, fanId) + wanted > limits.seatsPerFan;
}

/** Picks item after item; what an earlier item took is no longer free for a later one. */
function pick(
  ledger: BookingLedger,
  performance: PerformanceFacts,
  { items: wanted, bookingId }: Reserve,
): Picked | Refused {
  const items: BookedItem[] = [];
  const mine = new Map<SeatId, number>();
  const general = new Map<CategoryId, number>();
  const free: FreeSeats = {
    isFree: ({ id }) => !mine.has(id) && ledger.stock.ownerOf(performance.id, id) === null,
    freeOfBlock: (block) => {
      let own = 0;
      for (const index of mine.values()) if (index === block.index) own += 1;
      return ledger.stock.freeOfBlock(performance.id, block) - own;
    },
  };
  for (const item of wanted) {
    const picked =
      'seatIds' in item
        ? pickSeats(performance, item.seatIds, free)
        : pickFromCategory(ledger, performance, {
            ...item,
            already: general.get(item.categoryId) ?? 0,
            free,
            seed: seedOf(bookingId),
          });
    if (picked.kind === 'refused') return picked;
    for (const { seatId, categoryId } of picked.items) {
      if (seatId !== null) mine.set(seatId, performance.seatMap.seats.get(seatId)?.block ?? -1);
      else general.set(categoryId, (general.get(categoryId) ?? 0) + 1);
    }
    items.push(...picked.items);
  }
  return { kind: 'picked', items };
}

function pickSeats(
  { seatMap, categories }: PerformanceFacts,
  seatIds: readonly SeatId[],
  free: FreeSeats,
): Picked | Refused {
  const seats = seatIds.flatMap((id) => seatMap.seats.get(id) ?? []);
  if (seats.length < seatIds.length || new Set(seatIds).size < seatIds.length) {
    return { kind: 'refused', reason: 'unknown_seat' };
  }
  if (!seats.every((seat) => free.isFree(seat))) {
    return { kind: 'refused', reason: 'seat_taken', alternatives: nearestEqualBlock({ seatMap, wanted: seats, free }) };
  }
  const better = betterThanStranding({ seatMap, chosen: seats, free });
  if (better !== null) return { kind: 'refused', reason: 'orphan_seat', alternatives: better };
  const items = seats.flatMap((seat) => seatItem(seat, categories));
  return items.length < seats.length ? { kind: 'refused', reason: 'unknown_category' } : { kind: 'picked', items };
}

function pickFromCategory(
  ledger: BookingLedger,
  { id, seatMap, categories }: PerformanceFacts,
  wanted: {
    readonly categoryId: CategoryId;
    readonly quantity: number;
    /** General admission that earlier items of this booking took. */
    readonly already: number;
    readonly free: FreeSeats;
    readonly seed: number;
  },
): Picked | Refused {
  const { categoryId, quantity, already, free, seed } = wanted;
  const category = categories.get(categoryId);
  if (category === undefined) return { kind: 'refused', reason: 'unknown_category' };
  if (category.kind === 'general') {
    if (ledger.stock.free(id, categoryId) - already < quantity) return { kind: 'refused', reason: 'sold_out' };
    const item = { categoryId, seatId: null, label: category.name, price: category.price };
    return { kind: 'picked', items: Array.from({ length: quantity }, () => item) };
  }
  const request = { seatMap, categoryId, quantity, free, seed };
  const seats = bestAvailable(request);
  if (seats !== null) return { kind: 'picked', items: seats.flatMap((seat) => seatItem(seat, categories)) };
  const largest = largestPlacement(request).map((seat) => seat.id);
  return { kind: 'refused', reason: largest.length === 0 ? 'sold_out' : 'no_block', alternatives: largest };
}

/** FNV-1a of the booking's id: the choice among near-equals is the same whenever the booking is decided again. */
function seedOf(bookingId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bookingId.length; i++) hash = Math.imul(hash ^ bookingId.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

function seatItem(seat: SeatSpot, categories: PerformanceFacts['categories']): BookedItem[] {
  const category = categories.get(seat.categoryId);
  if (category === undefined) return [];
  return [{ categoryId: category.id, seatId: seat.id, label: seat.fullLabel, price: category.price }];
}

function heldBooking(ledger: BookingLedger, command: Reserve, { items }: Picked): BookingRecord {
  const holdMs = ledger.world.sales.get(command.saleId)?.holdMs ?? 0;
  const currency = items[0]?.price.currency ?? '';
  return {
    ...undecided(ledger, command),
    state: 'held',
    items,
    total: sumMoney(
      items.map(({ price }) => price),
      currency,
    ),
    holdExpiresAt: ledger.now + holdMs,
  };
}

function rejected(ledger: BookingLedger, command: Reserve, { reason, alternatives = [] }: Refused): BookingRecord {
  return { ...undecided(ledger, command), state: 'rejected', reason, alternatives };
}

function undecided(ledger: BookingLedger, command: Reserve): BookingRecord {
  const { bookingId, saleId, performanceId, fanId, bodyHash, contact } = command;
  return {
    id: bookingId,
    saleId,
    performanceId,
    fanId,
    bodyHash,
    contact,
    state: 'requested',
    reason: null,
    items: [],
    total: null,
    decidedAt: ledger.now,
    holdExpiresAt: null,
    extendedBy: [],
    paymentId: null,
    alternatives: [],
  };
}
