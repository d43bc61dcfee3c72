// Stripe's events: the signature is checked by Stripe's library against the exact bytes, and the few event types that
// settle a payment are mapped to ours. All other types are none of our business: a failed attempt inside Checkout, for
// one, is not the end, since the fan may try another card there.
import type { Money, PaymentId } from '@onsale/domain';
import Stripe from 'stripe';
import type { EventReading, ProviderEvent } from './payment-provider.ts';

const TOLERANCE_SECONDS = 300;

export function readStripeEvent({
  rawBody,
  signature,
  now,
  webhookSecret,
  verify,
}: {
  readonly rawBody: Buffer;
  readonly signature: string | undefined;
  readonly now: number;
  readonly webhookSecret: string;
  readonly verify: Pick<Stripe['webhooks'], 'constructEvent'>;
}): EventReading {
  if (signature === undefined) return { kind: 'unsigned' };
  try {
    const event = verify.constructEvent(rawBody, signature, webhookSecret, TOLERANCE_SECONDS, undefined, now);
    const told = eventOf(event);
    return told === null ? { kind: 'irrelevant' } : { kind: 'event', event: told };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return { kind: 'unsigned' };
    throw error;
  }
}

function eventOf(event: Stripe.Event): ProviderEvent | null {
  switch (event.type) {
    case 'payment_intent.amount_capturable_updated':
      return ofIntent('authorised', event.data.object, event.data.object.amount_capturable);
    case 'payment_intent.succeeded':
      return ofIntent('succeeded', event.data.object, event.data.object.amount_received);
    case 'payment_intent.canceled':
      return ofIntent('failed', event.data.object, event.data.object.amount);
    case 'checkout.session.expired': {
      const { metadata, amount_total: amount, currency } = event.data.object;
      const paymentId = paymentIdOf(metadata);
      if (paymentId === null) return null;
      return { type: 'failed', paymentId, amount: moneyOf(amount ?? 0, currency ?? '') };
    }
    default:
      return null;
  }
}

function ofIntent(
  type: ProviderEvent['type'],
  { metadata, currency }: Stripe.PaymentIntent,
  amount: number,
): ProviderEvent | null {
  const paymentId = paymentIdOf(metadata);
  return paymentId === null ? null : { type, paymentId, amount: moneyOf(amount, currency) };
}

/** Everything of ours carries it at Stripe. */
function paymentIdOf(metadata: Stripe.Metadata | null): PaymentId | null {
  return (metadata?.paymentId as PaymentId | undefined) ?? null;
}

/** Both count in minor units; Stripe writes currencies in lower case. */
const moneyOf = (amount: number, currency: string): Money => ({ amount, currency: currency.toUpperCase() });
