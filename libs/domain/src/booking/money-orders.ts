// What is owed because of a decision: the orders to the provider and what the payment says of itself belong together.
// An order's id follows from the payment and how much was ordered back before, so a decision that is made again orders
// the same.
import type { MoneyOrderId, PerformanceId } from '../ids.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { MoneyOrder, PaymentRecord } from './booking-record.ts';

type Where = { readonly performanceId: PerformanceId };

/** The money of an authorisation is ours to take: its booking is confirmed. */
export function orderCapture(ledger: BookingLedger, payment: PaymentRecord, where: Where): void {
  ledger.order(orderOf(payment, { ...where, kind: 'capture', name: 'capture', amount: payment.amount.amount }));
}

/** An authorisation that bought nothing is let go; no money has moved. */
export function orderVoid(ledger: BookingLedger, payment: PaymentRecord, where: Where): void {
  ledger.order(orderOf(payment, { ...where, kind: 'void', name: 'void', amount: payment.amount.amount }));
  ledger.putPayment({ ...payment, state: 'voided' });
}

/** Part or all of what was taken goes back; `amount` in minor units, nothing for none. */
export function orderRefund(
  ledger: BookingLedger,
  payment: PaymentRecord,
  { performanceId, amount }: Where & { readonly amount: number },
): void {
  if (amount <= 0) return;
  const name = `refund-${payment.refunded}`;
  ledger.order(orderOf(payment, { performanceId, kind: 'refund', name, amount }));
  ledger.putPayment({ ...payment, refunded: payment.refunded + amount });
}

function orderOf(
  { id, bookingId, amount: { currency } }: PaymentRecord,
  {
    kind,
    name,
    performanceId,
    amount,
  }: Where & { readonly kind: MoneyOrder['kind']; readonly name: string; readonly amount: number },
): MoneyOrder {
  const orderId = `${id}.${name}` as MoneyOrderId;
  return { id: orderId, kind, paymentId: id, bookingId, performanceId, amount: { amount, currency } };
}
