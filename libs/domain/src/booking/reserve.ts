// May this fan have these seats? The first decision about a booking; a repeated request meets the first answer.
import type { SeatId } from '../ids.ts';
import { sumMoney } from '../money.ts';
import { type Buyer, SHOP_CHANNEL } from './block-record.ts';
import type { Reserve, WantedItem } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookedItem, BookingRecord } from './booking-record.ts';
import type { RejectionReason } from './booking-state.ts';
import type { SaleTerms } from './booking-world.ts';
import { chargedMs, mayHoldAgain } from './hold-time.ts';
import { breaksLimit, talliesOf } from './limits.ts';
import type { Outcome } from './outcome.ts';
import { pickItems } from './pick-items.ts';

export type Picked = { readonly kind: 'picked'; readonly items: readonly BookedItem[] };
export type Refused = {
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
  if (performance.cancelled) return { kind: 'refused', reason: 'performance_cancelled' };
  if (!terms.sells) return { kind: 'refused', reason: 'sale_closed' };
  if (terms.halted) return { kind: 'refused', reason: 'sale_paused' };
  if (wantsTooMuch(ledger, command, terms)) return { kind: 'refused', reason: 'limit_exceeded' };
  if (!mayHoldAgain(ledger.stock.heldMsOfFan(command.saleId, command.fanId), terms)) {
    return { kind: 'refused', reason: 'hold_time_used' };
  }
  const picked = pickItems(ledger, { performance, command, buyer: buyerOf(ledger, command, terms) });
  if (picked.kind === 'refused') return picked;
  return costsWhatWasShown(command, picked.items) ? picked : { kind: 'refused', reason: 'price_changed' };
}

function wantsTooMuch(ledger: BookingLedger, command: Reserve, terms: SaleTerms): boolean {
  const { items, saleId, fanId } = command;
  return breaksLimit(terms, {
    seats: items.reduce((sum, item) => sum + seatsWanted(item), 0),
    ofFan: ledger.stock.seatsOfFan(saleId, fanId),
    tallies: talliesOfCommand(command, terms).map((tally) => ({ ...tally, counted: ledger.stock.counted(tally.key) })),
  });
}

/** What a request counts into besides its fan's count. */
export function talliesOfCommand(
  { saleId, fanId, contact, code }: Reserve,
  terms: Pick<SaleTerms, 'limits' | 'phase'>,
): ReturnType<typeof talliesOf> {
  return talliesOf(terms, { saleId, fanId, email: contact.email, code: code ?? null });
}

function seatsWanted(item: WantedItem): number {
  return 'seatIds' in item ? item.seatIds.length : item.quantity;
}

function buyerOf({ now }: BookingLedger, { code, channel }: Reserve, { phase, endedPhases }: SaleTerms): Buyer {
  return { now, phaseId: phase?.id ?? null, endedPhases, code: code ?? null, channel: channel ?? SHOP_CHANNEL };
}

function costsWhatWasShown({ expectedTotal, items: wanted }: Reserve, items: readonly BookedItem[]): boolean {
  if (expectedTotal === undefined) return true;
  const { amount, currency } = totalOf(items);
  if (currency !== expectedTotal.currency) return false;
  const isOpen = wanted.some((item) => 'categoryIds' in item);
  return isOpen ? amount <= expectedTotal.amount : amount === expectedTotal.amount;
}

function totalOf(items: readonly BookedItem[]) {
  return sumMoney(
    items.map(({ price }) => price),
    items[0]?.price.currency ?? '',
  );
}

function heldBooking(ledger: BookingLedger, command: Reserve, { items }: Picked): BookingRecord {
  const terms = ledger.world.sales.get(command.saleId);
  const holdMs = terms?.holdMs ?? 0;
  return {
    ...undecided(ledger, command),
    state: 'held',
    items,
    total: totalOf(items),
    holdExpiresAt: ledger.now + holdMs,
    tallies: terms === undefined ? [] : talliesOfCommand(command, terms).map(({ key }) => key),
  };
}

function rejected(ledger: BookingLedger, command: Reserve, { reason, alternatives = [] }: Refused): BookingRecord {
  return { ...undecided(ledger, command), state: 'rejected', reason, alternatives };
}

function undecided(ledger: BookingLedger, command: Reserve): BookingRecord {
  const { bookingId, saleId, performanceId, fanId, bodyHash, contact, code, channel } = command;
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
    returned: [],
    paymentId: null,
    alternatives: [],
    code: code ?? null,
    channel: channel ?? SHOP_CHANNEL,
    tallies: [],
  };
}
