// Money arrives. Payment and expiry race; money that lost the race is taken for the same seats if they are still free,
// else for equal seats that are kept until the fan has said yes or no, else it goes back. Never both, never neither.
import { nearestEqualBlock } from '../seats/nearest-block.ts';
import type { Accept, Confirm } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import { type BookedItem, type BookingRecord, type PaymentRecord, type Ticket, ticketIdOf } from './booking-record.ts';
import { chargedMs } from './hold-time.ts';
import { breaksLimit, talliesOf } from './limits.ts';
import { orderCapture, orderRefund, orderVoid } from './money-orders.ts';
import type { Outcome } from './outcome.ts';
import { seedOf } from './pick-items.ts';

export function confirm(
  ledger: BookingLedger,
  { bookingId, performanceId, paymentId, amount, captured }: Confirm,
): Outcome {
  const booking = ledger.booking(bookingId);
  const payment = ledger.payment(paymentId);
  if (payment === null || payment.bookingId !== bookingId) return { kind: 'ignored', booking, why: 'unknown_payment' };
  if (wasTaken(payment, captured)) {
    if (payment.state === 'authorised' && captured) ledger.putPayment({ ...payment, state: 'succeeded' });
    return booking === null ? { kind: 'ignored', booking, why: 'unknown_booking' } : { kind: 'repeated', booking };
  }
  const taken: PaymentRecord = { ...payment, state: captured ? 'succeeded' : 'authorised' };
  ledger.putPayment(taken);
  const pays = amount.amount === booking?.total?.amount && amount.currency === booking.total.currency;
  const settled = booking !== null && pays && payment.state !== 'voided' ? buy(ledger, booking, taken) : null;
  if (settled !== null) return { kind: 'decided', booking: settled };
  giveMoneyBack(ledger, taken, { performanceId });
  return booking === null ? { kind: 'ignored', booking, why: 'unknown_booking' } : { kind: 'decided', booking };
}

/** Whether this word of the provider was heard before. Money that came in spite of a void is new. */
function wasTaken({ state }: PaymentRecord, captured: boolean): boolean {
  return state === 'succeeded' || state === 'authorised' || (state === 'voided' && !captured);
}

/** What the money buys; null when nothing. */
function buy(ledger: BookingLedger, booking: BookingRecord, payment: PaymentRecord): BookingRecord | null {
  if (ledger.world.performances.get(booking.performanceId)?.cancelled) return null;
  if (booking.state === 'held') return booking.paymentId === null ? confirmed(ledger, booking, payment) : null;
  if (booking.state !== 'expired' || !staysWithinLimits(ledger, booking)) return null;
  if (ledger.stock.isFreeFor(booking)) return confirmed(ledger, booking, payment);
  return offered(ledger, booking, payment);
}

/** The fan may have taken other seats meanwhile. */
function staysWithinLimits({ world, stock }: BookingLedger, booking: BookingRecord): boolean {
  const { saleId, fanId, items, contact, code, tallies } = booking;
  const terms = world.sales.get(saleId);
  if (terms === undefined) return false;
  const limited = new Map(
    talliesOf(terms, { saleId, fanId, email: contact.email, code }).map(({ key, most }) => [key, most]),
  );
  return !breaksLimit(terms, {
    seats: items.length,
    ofFan: stock.seatsOfFan(saleId, fanId),
    // Of a limit that is over, as a phase's, no more is known than that the booking alone kept it.
    tallies: tallies.map((key) => ({ key, most: limited.get(key) ?? items.length, counted: stock.counted(key) })),
  });
}

/** Holds equal seats, side by side and for the same money, until the fan accepts them or lets them go. */
function offered(ledger: BookingLedger, booking: BookingRecord, payment: PaymentRecord): BookingRecord | null {
  const items = equalItems(ledger, booking);
  const terms = ledger.world.sales.get(booking.saleId);
  if (items === null || terms === undefined) return null;
  const after: BookingRecord = {
    ...booking,
    state: 'held',
    items,
    paymentId: payment.id,
    decidedAt: ledger.now,
    holdExpiresAt: ledger.now + terms.holdMaxMs,
  };
  ledger.stock.take(after, 'held');
  ledger.stock.chargeHold(after, chargedMs(after));
  ledger.putBooking(after);
  return after;
}

/** Only for usual seats of one price: who needs an accessible seat, or sat apart on purpose, is not moved by us. */
function equalItems({ world, stock }: BookingLedger, booking: BookingRecord): readonly BookedItem[] | null {
  const { performanceId, items } = booking;
  const seatMap = world.performances.get(performanceId)?.seatMap;
  const [first] = items;
  if (seatMap === undefined || first === undefined) return null;
  const { categoryId, price } = first;
  const wanted = items.flatMap(({ seatId }) => (seatId === null ? [] : (seatMap.seats.get(seatId) ?? [])));
  const isOfOneKind =
    items.every((item) => item.categoryId === categoryId && item.price.amount === price.amount) &&
    wanted.every(({ kind }) => kind === 'standard');
  if (wanted.length < items.length || !isOfOneKind) return null;
  const free = stock.view(performanceId, { blocks: new Set(), pool: false });
  const seats = nearestEqualBlock({ seatMap, wanted, free, seed: seedOf(booking.id) });
  if (seats.length < items.length) return null;
  return seats.map(({ id, fullLabel }) => ({ categoryId, seatId: id, label: fullLabel, price, ticketId: null }));
}

export function accept(ledger: BookingLedger, { bookingId }: Accept): Outcome {
  const booking = ledger.booking(bookingId);
  if (booking === null) return { kind: 'ignored', booking, why: 'unknown_booking' };
  if (booking.state === 'confirmed') return { kind: 'repeated', booking };
  const payment = booking.paymentId === null ? null : ledger.payment(booking.paymentId);
  if (booking.state !== 'held' || payment === null) return { kind: 'ignored', booking, why: 'not_offered' };
  return { kind: 'decided', booking: confirmed(ledger, booking, payment) };
}

function confirmed(ledger: BookingLedger, booking: BookingRecord, payment: PaymentRecord): BookingRecord {
  const after: BookingRecord = {
    ...booking,
    state: 'confirmed',
    items: booking.items.map((item, ordinal) => ({ ...item, ticketId: ticketIdOf(booking.id, ordinal) })),
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
  if (payment.state === 'authorised') orderCapture(ledger, payment, after);
  ledger.putBooking(after);
  return after;
}

/** Money that buys nothing, or no longer does. */
export function giveMoneyBack(
  ledger: BookingLedger,
  payment: PaymentRecord,
  where: Pick<BookingRecord, 'performanceId'>,
): void {
  if (payment.state === 'authorised') orderVoid(ledger, payment, where);
  else orderRefund(ledger, payment, { ...where, amount: payment.amount.amount - payment.refunded });
}

function ticketsOf({ id, saleId, performanceId, fanId, items }: BookingRecord): Ticket[] {
  return items.flatMap(({ categoryId, seatId, label, ticketId }) =>
    ticketId === null ? [] : [{ id: ticketId, bookingId: id, saleId, performanceId, fanId, categoryId, seatId, label }],
  );
}
