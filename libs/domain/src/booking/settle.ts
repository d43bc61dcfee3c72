// What happens to a booking after its hold: money arrives, the fan lets go, time runs out, money goes back.
// Payment and expiry race; whichever command is decided first wins, and money that lost the race is taken for the same
// seats if they are still free, else marked to be refunded. Never both, never neither.
import type { Confirm, Expire, Extend, Refund, Release } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import { type BookingRecord, type PaymentRecord, type Ticket, ticketIdOf } from './booking-record.ts';
import { chargedMs, extendedEnd, unusedMs } from './hold-time.ts';
import type { Outcome } from './outcome.ts';

export function confirm(ledger: BookingLedger, { bookingId, paymentId, amount }: Confirm): Outcome {
  const booking = ledger.booking(bookingId);
  const payment = ledger.payment(paymentId);
  if (payment === null || payment.bookingId !== bookingId) return { kind: 'ignored', booking, why: 'unknown_payment' };
  if (payment.state === 'succeeded') return repeated(booking);
  const pays = amount.amount === booking?.total?.amount && amount.currency === booking.total.currency;
  if (booking === null || !pays || !canStillHave(ledger, booking)) {
    ledger.putPayment({ ...payment, state: 'succeeded', refund: 'due' });
    return booking === null ? repeated(booking) : { kind: 'decided', booking };
  }
  ledger.putPayment({ ...payment, state: 'succeeded' });
  return { kind: 'decided', booking: confirmed(ledger, booking, payment) };
}

/** Held seats are the fan's; after expiry they are if nobody took them meanwhile. */
function canStillHave(ledger: BookingLedger, booking: BookingRecord): boolean {
  if (booking.state === 'held') return true;
  return booking.state === 'expired' && ledger.stock.isFreeFor(booking);
}

function confirmed(ledger: BookingLedger, booking: BookingRecord, payment: PaymentRecord): BookingRecord {
  const after: BookingRecord = {
    ...booking,
    state: 'confirmed',
    paymentId: payment.id,
    holdExpiresAt: null,
    decidedAt: ledger.now,
  };
  if (booking.state === 'held') {
    ledger.stock.sell(after);
    // Time that ended in a purchase is not held against the fan.
    ledger.stock.chargeHold(booking, -chargedMs(booking));
  } else ledger.stock.take(after, 'sold');
  for (const ticket of ticketsOf(after)) ledger.issue(ticket);
  ledger.putBooking(after);
  return after;
}

export function release(ledger: BookingLedger, { bookingId }: Release): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (booking.state === 'released') return repeated(booking);
  if (booking.state !== 'held') return { kind: 'ignored', booking, why: 'not_held' };
  return { kind: 'decided', booking: letGo(ledger, booking, 'released') };
}

export function expire(ledger: BookingLedger, { bookingId }: Expire): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (booking.state === 'expired') return repeated(booking);
  if (booking.state !== 'held') return { kind: 'ignored', booking, why: 'not_held' };
  if (booking.holdExpiresAt === null || ledger.now < booking.holdExpiresAt) {
    return { kind: 'ignored', booking, why: 'not_due' };
  }
  return { kind: 'decided', booking: letGo(ledger, booking, 'expired') };
}

export function extend(ledger: BookingLedger, { bookingId, by }: Extend): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (booking.state !== 'held' || booking.holdExpiresAt === null) return { kind: 'ignored', booking, why: 'not_held' };
  const terms = ledger.world.sales.get(booking.saleId);
  const holdExpiresAt = terms === undefined ? null : extendedEnd(booking, by, { ...terms, now: ledger.now });
  if (holdExpiresAt === null) return { kind: 'ignored', booking, why: 'no_extension' };
  const after: BookingRecord = { ...booking, holdExpiresAt, extendedBy: [...booking.extendedBy, by] };
  ledger.stock.chargeHold(booking, holdExpiresAt - booking.holdExpiresAt);
  ledger.putBooking(after);
  return { kind: 'decided', booking: after };
}

export function refund(ledger: BookingLedger, { bookingId, paymentId }: Refund): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (booking.state === 'refunded') return repeated(booking);
  if (booking.state !== 'confirmed' || booking.paymentId !== paymentId) {
    return { kind: 'ignored', booking, why: 'not_confirmed' };
  }
  const payment = ledger.payment(paymentId);
  if (payment === null) return { kind: 'ignored', booking, why: 'unknown_payment' };
  ledger.putPayment({ ...payment, refund: 'due' });
  ledger.stock.give(booking, 'sold');
  for (const { id } of ticketsOf(booking)) ledger.void(id);
  const after: BookingRecord = { ...booking, state: 'refunded', decidedAt: ledger.now };
  ledger.putBooking(after);
  return { kind: 'decided', booking: after };
}

function letGo(ledger: BookingLedger, booking: BookingRecord, state: 'released' | 'expired'): BookingRecord {
  ledger.stock.give(booking, 'held');
  ledger.stock.chargeHold(booking, -unusedMs(booking, ledger.now));
  const after: BookingRecord = { ...booking, state, holdExpiresAt: null, decidedAt: ledger.now };
  ledger.putBooking(after);
  return after;
}

function ticketsOf({ id, saleId, performanceId, fanId, items }: BookingRecord): Ticket[] {
  return items.map(({ categoryId, seatId, label }, ordinal) => ({
    id: ticketIdOf(id, ordinal),
    bookingId: id,
    saleId,
    performanceId,
    fanId,
    categoryId,
    seatId,
    label,
  }));
}

function repeated(booking: BookingRecord | null): Outcome {
  return booking === null ? { kind: 'ignored', booking, why: 'unknown_booking' } : { kind: 'repeated', booking };
}
