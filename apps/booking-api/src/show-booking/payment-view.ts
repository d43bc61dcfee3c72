// What a fan is told of the money of a booking.
import type { MoneyOrderDocument, PaymentDocument } from '@onsale/booking-mongo';
import type { BookingView } from '@onsale/contracts';

type PaymentView = NonNullable<BookingView['payment']>;

/** `orders` are those of the payment. */
export function paymentView(
  { _id, provider, amount, state, refunded }: PaymentDocument,
  orders: readonly Pick<MoneyOrderDocument, 'kind' | 'state'>[],
): PaymentView {
  return {
    paymentId: _id,
    provider,
    state: stateOf({ state, isAllBack: refunded > 0 && refunded >= amount.amount }),
    refunded: { amount: refunded, currency: amount.currency },
    refund: refundOf(orders.filter(({ kind }) => kind === 'refund')),
  };
}

function stateOf({
  state,
  isAllBack,
}: {
  readonly state: PaymentDocument['state'];
  readonly isAllBack: boolean;
}): PaymentView['state'] {
  // An authorisation that was let go is a payment that took nothing.
  if (state === 'voided') return 'failed';
  return isAllBack && state !== 'failed' ? 'refunded' : state;
}

function refundOf(refunds: readonly Pick<MoneyOrderDocument, 'state'>[]): PaymentView['refund'] {
  if (refunds.length === 0) return 'none';
  if (refunds.some(({ state }) => state === 'refused')) return 'stuck';
  return refunds.every(({ state }) => state === 'done') ? 'done' : 'on_its_way';
}
