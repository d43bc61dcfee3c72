// What the shop asks of whoever moves the money. Events may be lost, repeated or come out of order: `lookUp` is the
// truth, and every call may be repeated without moving money twice. A call that throws may have had its effect or not.
import type { BookingId, Money, MoneyOrder, MoneyOrderId, PaymentId } from '@onsale/domain';

export type PaymentAction = { readonly kind: 'sandbox' | 'redirect'; readonly url: string };

export type PaymentToBegin = {
  readonly paymentId: PaymentId;
  readonly bookingId: BookingId;
  readonly amount: Money;
};

/** `reference` is what the provider calls the payment. */
export type BegunPayment = { readonly action: PaymentAction; readonly reference: string };
export type KnownPayment = { readonly paymentId: PaymentId; readonly reference: string };

/** Authorised: the money is promised and waits to be captured. */
export type ProviderState = 'pending' | 'authorised' | 'succeeded' | 'failed';

export type ProviderEvent = {
  readonly type: Exclude<ProviderState, 'pending'>;
  readonly paymentId: PaymentId;
  readonly amount: Money;
};

export type EventReading =
  | { readonly kind: 'event'; readonly event: ProviderEvent }
  /** Not signed by the provider, or signed too long ago. */
  | { readonly kind: 'unsigned' }
  /** Signed, but nothing that concerns a booking. */
  | { readonly kind: 'irrelevant' };

export type OrderToCarryOut = KnownPayment & {
  readonly orderId: MoneyOrderId;
  readonly kind: MoneyOrder['kind'];
  readonly amount: Money;
};

export type PaymentProvider = {
  readonly name: string;
  /** The header that carries the signature of an event, in lower case. */
  readonly signatureHeader: string;
  /** Beginning the same payment again leads to the same one. */
  begin(payment: PaymentToBegin): Promise<BegunPayment>;
  /** `now` in milliseconds since 1970. */
  readEvent(received: {
    readonly rawBody: Buffer;
    readonly signature: string | undefined;
    readonly now: number;
  }): EventReading;
  lookUp(payment: KnownPayment): Promise<ProviderState>;
  /** From now on nobody can pay it. Resolves with what it is then: the money may have come first. */
  end(payment: KnownPayment): Promise<ProviderState>;
  /** Idempotent by the order's id. Refused: the provider will never do it. */
  carryOut(order: OrderToCarryOut): Promise<'done' | 'refused'>;
};
