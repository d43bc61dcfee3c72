// May this fan have these seats? The first decision about a booking; a repeated request meets the first answer.
import type { CategoryId, SeatId } from '../ids.ts';
import { sumMoney } from '../money.ts';
import { bestAvailable } from './best-available.ts';
import type { Reserve, WantedItem } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookedItem, BookingRecord } from './booking-record.ts';
import type { RejectionReason } from './booking-state.ts';
import type { PerformanceFacts, SaleTerms } from './booking-world.ts';
import { nearestEqualBlock } from './nearest-block.ts';
import type { Outcome } from './outcome.ts';
import type { SeatSpot } from './seat-map.ts';

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
  if (booking.state === 'held') ledger.take(booking, 'held');
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
  return pick(ledger, performance, command.items);
}

function breaksLimit(ledger: BookingLedger, { items, saleId, fanId }: Reserve, { limits }: SaleTerms): boolean {
  const wanted = items.reduce((sum, item) => sum + ('seatIds' in item ? item.seatIds.length : item.quantity), 0);
  return wanted > limits.seatsPerBooking || ledger.seatsOfFan(saleId, fanId) + wanted > limits.seatsPerFan;
}

/** Picks item after item; what an earlier item took is no longer free for a later one. */
function pick(ledger: BookingLedger, performance: PerformanceFacts, wanted: readonly WantedItem[]): Picked | Refused {
  const items: BookedItem[] = [];
  const mine = new Set<SeatId>();
  const general = new Map<CategoryId, number>();
  const isFree = ({ id }: Pick<SeatSpot, 'id'>) => !mine.has(id) && ledger.ownerOf(performance.id, id) === null;
  for (const item of wanted) {
    const picked =
      'seatIds' in item
        ? pickSeats(performance, item.seatIds, isFree)
        : pickFromCategory(ledger, performance, { ...item, already: general.get(item.categoryId) ?? 0, isFree });
    if (picked.kind === 'refused') return picked;
    for (const { seatId, categoryId } of picked.items) {
      if (seatId !== null) mine.add(seatId);
      else general.set(categoryId, (general.get(categoryId) ?? 0) + 1);
    }
    items.push(...picked.items);
  }
  return { kind: 'picked', items };
}

function pickSeats(
  { seatMap, categories }: PerformanceFacts,
  seatIds: readonly SeatId[],
  isFree: (seat: Pick<SeatSpot, 'id'>) => boolean,
): Picked | Refused {
  const seats = seatIds.flatMap((id) => seatMap.seats.get(id) ?? []);
  if (seats.length < seatIds.length || new Set(seatIds).size < seatIds.length) {
    return { kind: 'refused', reason: 'unknown_seat' };
  }
  if (!seats.every(isFree)) {
    return {
      kind: 'refused',
      reason: 'seat_taken',
      alternatives: nearestEqualBlock({ seatMap, wanted: seats, isFree }),
    };
  }
  const items = seats.flatMap((seat) => seatItem(seat, categories));
  return items.length < seats.length ? { kind: 'refused', reason: 'unknown_category' } : { kind: 'picked', items };
}

function pickFromCategory(
  ledger: BookingLedger,
  { id, seatMap, categories }: PerformanceFacts,
  wanted: {
    readonly categoryId: CategoryId;
    readonly quantity: number;
    readonly already: number;
    readonly isFree: (seat: SeatSpot) => boolean;
  },
): Picked | Refused {
  const { categoryId, quantity, already, isFree } = wanted;
  const category = categories.get(categoryId);
  if (category === undefined) return { kind: 'refused', reason: 'unknown_category' };
  if (ledger.free(id, categoryId) - already < quantity) return { kind: 'refused', reason: 'sold_out' };
  if (category.kind === 'general') {
    const item = { categoryId, seatId: null, label: category.name, price: category.price };
    return { kind: 'picked', items: Array.from({ length: quantity }, () => item) };
  }
  const seats = bestAvailable({ seatMap, categoryId, quantity, isFree });
  if (seats === null) return { kind: 'refused', reason: 'sold_out' };
  return { kind: 'picked', items: seats.flatMap((seat) => seatItem(seat, categories)) };
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
    extensions: 0,
    paymentId: null,
    alternatives: [],
  };
}
