// How a hold goes on or ends without money: it is prolonged, the fan lets go, its time runs out. Whichever command is
// decided first wins; what comes after it finds another state.
import type { Expire, Extend, Release } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookingRecord } from './booking-record.ts';
import { extendedEnd, unusedMs } from './hold-time.ts';
import type { Outcome } from './outcome.ts';
import { giveMoneyBack } from './pay.ts';

export function release(ledger: BookingLedger, { bookingId }: Release): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (booking.state === 'released') return { kind: 'repeated', booking };
  if (booking.state !== 'held') return { kind: 'ignored', booking, why: 'not_held' };
  return { kind: 'decided', booking: letGo(ledger, booking, 'released') };
}

export function expire(ledger: BookingLedger, { bookingId }: Expire): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (booking.state === 'expired') return { kind: 'repeated', booking };
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

/** The stock of a hold is free again; money that waited for its fan's word goes back. */
export function letGo(
  ledger: BookingLedger,
  booking: BookingRecord,
  state: 'released' | 'expired' | 'cancelled',
): BookingRecord {
  ledger.stock.give(booking, 'held');
  ledger.stock.chargeHold(booking, -unusedMs(booking, ledger.now));
  const paid = booking.paymentId === null ? null : ledger.payment(booking.paymentId);
  if (paid !== null) giveMoneyBack(ledger, paid, booking);
  const after: BookingRecord = { ...booking, state, holdExpiresAt: null, paymentId: null, decidedAt: ledger.now };
  ledger.putBooking(after);
  return after;
}
