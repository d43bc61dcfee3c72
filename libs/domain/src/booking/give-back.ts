// What was bought is given back, whole or in part: seats to the stock, tickets void, money ordered back. A performance
// that is cancelled gives everything back.
import { sumMoney } from '../money.ts';
import type { Cancel, Refund } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookedItem, BookingRecord, PaymentRecord } from './booking-record.ts';
import { orderRefund } from './money-orders.ts';
import type { Outcome } from './outcome.ts';
import { letGo } from './settle.ts';

/** Idempotent by ticket: what was given back before is not given back again. */
export function refund(ledger: BookingLedger, { bookingId, paymentId, ticketIds }: Refund): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (isOver(booking)) return { kind: 'repeated', booking };
  if (booking.state !== 'confirmed' || booking.paymentId !== paymentId) {
    return { kind: 'ignored', booking, why: 'not_confirmed' };
  }
  const payment = ledger.payment(paymentId);
  if (payment === null) return { kind: 'ignored', booking, why: 'unknown_payment' };
  const items =
    ticketIds === null
      ? booking.items
      : booking.items.filter(({ ticketId }) => ticketId !== null && ticketIds.includes(ticketId));
  if (items.length === 0) return { kind: 'repeated', booking };
  return { kind: 'decided', booking: giveBack(ledger, booking, { payment, items, as: 'refunded' }) };
}

export function cancel(ledger: BookingLedger, { bookingId, performanceId }: Cancel): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (isOver(booking)) return { kind: 'repeated', booking };
  if (!ledger.world.performances.get(performanceId)?.cancelled) {
    return { kind: 'ignored', booking, why: 'not_cancelled' };
  }
  if (booking.state === 'held') return { kind: 'decided', booking: letGo(ledger, booking, 'cancelled') };
  const payment = booking.paymentId === null ? null : ledger.payment(booking.paymentId);
  if (booking.state !== 'confirmed' || payment === null) return { kind: 'ignored', booking, why: 'not_confirmed' };
  const after = giveBack(ledger, booking, { payment, items: booking.items, as: 'cancelled' });
  return { kind: 'decided', booking: after };
}

const isOver = ({ state }: BookingRecord): boolean => state === 'refunded' || state === 'cancelled';

function giveBack(
  ledger: BookingLedger,
  booking: BookingRecord,
  {
    payment,
    items,
    as,
  }: {
    readonly payment: PaymentRecord;
    readonly items: readonly BookedItem[];
    readonly as: 'refunded' | 'cancelled';
  },
): BookingRecord {
  ledger.stock.give({ ...booking, items }, 'sold');
  for (const { ticketId } of items) if (ticketId !== null) ledger.void(ticketId);
  // An authorisation that could not be captured has brought nothing, so nothing goes back.
  const brought = payment.state !== 'failed';
  const { amount } = sumMoney(
    items.map(({ price }) => price),
    payment.amount.currency,
  );
  if (brought) orderRefund(ledger, payment, { ...booking, amount });
  const isWhole = items.length === booking.items.length;
  // The items of a booking that is over stay to be read; its money is all on its way back.
  const over: BookingRecord = { ...booking, state: brought ? as : 'cancelled', decidedAt: ledger.now };
  const after = isWhole ? over : partly(booking, items);
  ledger.putBooking(after);
  return after;
}

function partly(booking: BookingRecord, back: readonly BookedItem[]): BookingRecord {
  const items = booking.items.filter((item) => !back.includes(item));
  const total = sumMoney(
    items.map(({ price }) => price),
    booking.total?.currency ?? '',
  );
  return { ...booking, items, total, returned: [...booking.returned, ...back] };
}
