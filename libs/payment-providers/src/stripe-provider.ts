// Stripe, through its own library: a Checkout page for the fan, the money authorised first and captured once the booking
// is confirmed, so that money that comes too late need not be sent back. Test mode or live mode is a matter of the keys.
// The payment's `reference` is the id of its Checkout session; everything at Stripe carries our payment id as metadata.
import Stripe from 'stripe';
import type {
  KnownPayment,
  OrderToCarryOut,
  PaymentProvider,
  PaymentToBegin,
  ProviderState,
} from './payment-provider.ts';
import { readStripeEvent } from './stripe-events.ts';

export const STRIPE = 'stripe';

export type StripeOptions = {
  /** `sk_test_…` or `sk_live_…`. */
  readonly secretKey: string;
  /** `whsec_…` of the webhook endpoint. */
  readonly webhookSecret: string;
  /** Where the fan returns to after paying. */
  returnUrl(payment: PaymentToBegin): string;
  /** Another address of the API; for a stand-in in tests. */
  readonly apiUrl?: string;
};

/** A repeated call of the library's own would outlast our breaker's limit; whoever called tries again. */
const NETWORK_RETRIES = 1;
const CALL_LIMIT_MS = 8_000;
const REFUNDS_LISTED = 100;

export function stripeProvider({ secretKey, webhookSecret, returnUrl, apiUrl }: StripeOptions): PaymentProvider {
  const stripe = new Stripe(secretKey, {
    maxNetworkRetries: NETWORK_RETRIES,
    timeout: CALL_LIMIT_MS,
    telemetry: false,
    appInfo: { name: 'onsale' },
    ...(apiUrl !== undefined && addressOf(apiUrl)),
  });
  return {
    name: STRIPE,
    signatureHeader: 'stripe-signature',
    async begin(payment) {
      const { id, url } = await openCheckout(stripe, payment, returnUrl(payment));
      if (url === null) throw new Error('Stripe gave no address to pay at');
      return { action: { kind: 'redirect', url }, reference: id };
    },
    readEvent: (received) => readStripeEvent({ ...received, webhookSecret, verify: stripe.webhooks }),
    lookUp: async (payment) => stateOf(await sessionOf(stripe, payment)),
    async end(payment) {
      // Only an open session can be expired; of any other the state says how it ended.
      await stripe.checkout.sessions.expire(payment.reference).catch(unlessRefused);
      return stateOf(await sessionOf(stripe, payment));
    },
    carryOut: (order) => carryOut(stripe, order),
  };
}

/** The idempotency key makes a repeated beginning answer with the same session. */
function openCheckout(stripe: Stripe, { paymentId, bookingId, amount }: PaymentToBegin, returnTo: string) {
  const metadata = { paymentId, bookingId };
  return stripe.checkout.sessions.create(
    {
      mode: 'payment',
      client_reference_id: bookingId,
      metadata,
      // Methods that can be authorised and captured later.
      allowed_payment_method_types: ['card'],
      payment_intent_data: { capture_method: 'manual', metadata },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: amount.currency.toLowerCase(),
            unit_amount: amount.amount,
            product_data: { name: `Tickets, booking ${bookingId}` },
          },
        },
      ],
      success_url: returnTo,
      cancel_url: returnTo,
    },
    { idempotencyKey: `begin:${paymentId}` },
  );
}

type Session = Stripe.Checkout.Session;

function sessionOf(stripe: Stripe, { reference }: KnownPayment): Promise<Session> {
  return stripe.checkout.sessions.retrieve(reference, { expand: ['payment_intent'] });
}

function stateOf({ status, payment_intent: intent }: Session): ProviderState {
  if (intent !== null && typeof intent === 'object') {
    if (intent.status === 'succeeded') return 'succeeded';
    if (intent.status === 'requires_capture') return 'authorised';
    if (intent.status === 'canceled') return 'failed';
  }
  return status === 'expired' ? 'failed' : 'pending';
}

async function carryOut(stripe: Stripe, order: OrderToCarryOut): Promise<'done' | 'refused'> {
  const session = await sessionOf(stripe, order);
  const intent = typeof session.payment_intent === 'string' ? session.payment_intent : session.payment_intent?.id;
  if (intent === undefined) return order.kind === 'void' ? 'done' : 'refused';
  const state = stateOf(session);
  switch (order.kind) {
    case 'capture':
      if (state !== 'authorised') return state === 'succeeded' ? 'done' : 'refused';
      return attempt(() => stripe.paymentIntents.capture(intent, {}, { idempotencyKey: order.orderId }));
    case 'void':
      if (state === 'failed') return 'done';
      if (state === 'succeeded') return refund(stripe, intent, order);
      return attempt(() => stripe.paymentIntents.cancel(intent, {}, { idempotencyKey: order.orderId }));
    case 'refund':
      return refund(stripe, intent, order);
  }
}

/** Stripe forgets idempotency keys after a day; a refund is known by its metadata for ever. */
async function refund(
  stripe: Stripe,
  intent: string,
  { orderId, amount }: OrderToCarryOut,
): Promise<'done' | 'refused'> {
  const { data } = await stripe.refunds.list({ payment_intent: intent, limit: REFUNDS_LISTED });
  const known = data.find(({ metadata, status }) => metadata?.orderId === orderId && status !== 'failed');
  if (known !== undefined) return 'done';
  return attempt(() =>
    stripe.refunds.create(
      { payment_intent: intent, amount: amount.amount, metadata: { orderId } },
      { idempotencyKey: orderId },
    ),
  );
}

/** Stripe's word that it will not do this is an answer; everything else is a failure to be tried again. */
async function attempt(call: () => Promise<unknown>): Promise<'done' | 'refused'> {
  try {
    await call();
    return 'done';
  } catch (error) {
    unlessRefused(error);
    return 'refused';
  }
}

function unlessRefused(error: unknown): void {
  const isWord =
    error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
  if (!isWord) throw error;
}

function addressOf(apiUrl: string) {
  const { hostname, port, protocol } = new URL(apiUrl);
  return {
    host: hostname,
    port: port === '' ? 443 : Number(port),
    protocol: protocol === 'http:' ? 'http' : 'https',
  } as const;
}
