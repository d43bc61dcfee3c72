// What the shop asks of whoever moves the money. Events may be lost, repeated or come out of order: `lookUp` is the
// truth, and every call may be repeated without moving money twice.
import type { Money, PaymentId } from '@onsale/domain';

export type PaymentAction = { readonly kind: 'sandbox' | 'redirect'; readonly url: string };

export type ProviderEvent = {
  readonly type: 'succeeded' | 'failed';
  readonly paymentId: PaymentId;
  readonly amount: Money;
};

export type EventReading =
  | { readonly kind: 'event'; readonly event: ProviderEvent }
  /** Not signed by the provider, or signed too long ago. */
  | { readonly kind: 'unsigned' }
  /** Signed, but nothing that concerns a booking. */
  | { readonly kind: 'irrelevant' };

export type PaymentProvider = {
  readonly name: string;
  begin(payment: { readonly paymentId: PaymentId; readonly amount: Money }): Promise<PaymentAction>;
  /** `now` in milliseconds since 1970. */
  readEvent(received: {
    readonly rawBody: Buffer;
    readonly signature: string | undefined;
    readonly now: number;
  }): EventReading;
  lookUp(paymentId: PaymentId): Promise<'pending' | 'succeeded' | 'failed'>;
  /** Resolves when the money is on its way back; repeating it moves nothing more. */
  refund(payment: { readonly paymentId: PaymentId; readonly amount: Money }): Promise<void>;
};
