// A payment provider elsewhere, for tests: the few routes of Stripe's API that a payment needs, its Checkout page on an origin of
// its own, and its signed events. Stripe itself cannot be reached from a test.
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StripeStandIn = {
  readonly url: string;
  readonly webhookSecret: string;
  /** What went wrong on the provider's side, for a test to look at. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
};

type Payment = {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: string;
  readonly backTo: string;
  intent: 'requires_payment_method' | 'requires_capture' | 'succeeded';
};

export async function startStripeStandIn(webhooksAt: () => string): Promise<StripeStandIn> {
  const payments = new Map<string, Payment>();
  const faults: string[] = [];
  const webhookSecret = 'whsec_of_this_test';
  let url = '';
  const tell = (type: string, payment: Payment) => sendEvent({ type, payment, webhookSecret, to: webhooksAt() });
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const { pathname } = new URL(request.url ?? '/', url);
    if (pathname === '/favicon.ico') return { status: 204, headers: {}, body: '' };
    const [, kind = '', id = ''] = /^\/(v1\/checkout\/sessions|v1\/payment_intents|pay)\/?([^/]*)/.exec(pathname) ?? [];
    if (kind === 'v1/checkout/sessions' && request.method === 'POST') {
      const payment = begun(new URLSearchParams(Buffer.concat(await request.toArray()).toString()));
      // As with Stripe's idempotency keys: the same payment begun again is the same session.
      const known = [...payments.values()].find(({ paymentId }) => paymentId === payment.paymentId) ?? payment;
      payments.set(known.id, known);
      return json(sessionOf(known, url));
    }
    const payment = payments.get(id.replace(/^pi_/, ''));
    if (payment === undefined) return json({ error: { type: 'invalid_request_error', message: pathname } }, 404);
    if (kind === 'v1/checkout/sessions') return json(sessionOf(payment, url));
    if (kind === 'v1/payment_intents') {
      payment.intent = 'succeeded';
      await tell('payment_intent.succeeded', payment);
      return json(intentOf(payment));
    }
    if (request.method === 'GET')
      return page(`<h1>Checkout elsewhere</h1><form method="post"><button>Pay now</button></form>`);
    payment.intent = 'requires_capture';
    await tell('payment_intent.amount_capturable_updated', payment);
    return { status: 303, headers: { location: payment.backTo }, body: '' };
  };
  const server = createServer((request, response) => {
    void answer(request)
      .catch((error: unknown) => {
        faults.push(String(error));
        return json({ error: { type: 'api_error', message: String(error) } }, 500);
      })
      .then(({ status, headers, body }) => response.writeHead(status, { ...headers, connection: 'close' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, webhookSecret, faults, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

type Reply = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

const json = (body: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const page = (body: string): Reply => ({ status: 200, headers: { 'content-type': 'text/html' }, body });

function begun(form: URLSearchParams): Payment {
  return {
    id: `cs_${randomUUID().slice(0, 8)}`,
    paymentId: form.get('metadata[paymentId]') ?? '',
    amount: Number(form.get('line_items[0][price_data][unit_amount]')),
    currency: form.get('line_items[0][price_data][currency]') ?? '',
    backTo: form.get('success_url') ?? '',
    intent: 'requires_payment_method',
  };
}

const intentOf = ({ id, intent, paymentId, amount, currency }: Payment) => ({
  id: `pi_${id}`,
  object: 'payment_intent',
  status: intent,
  currency,
  amount,
  amount_capturable: intent === 'requires_capture' ? amount : 0,
  amount_received: intent === 'succeeded' ? amount : 0,
  metadata: { paymentId },
});

const sessionOf = (payment: Payment, url: string) => ({
  id: payment.id,
  object: 'checkout.session',
  url: `${url}/pay/${payment.id}`,
  status: payment.intent === 'requires_payment_method' ? 'open' : 'complete',
  payment_intent: intentOf(payment),
});

type EventToSend = { type: string; payment: Payment; webhookSecret: string; to: string };

async function sendEvent({ type, payment, webhookSecret, to }: EventToSend): Promise<void> {
  const created = Math.floor(Date.now() / 1000);
  const event = { id: `evt_${randomUUID()}`, object: 'event', type, created, livemode: false };
  const body = JSON.stringify({ ...event, data: { object: intentOf(payment) } });
  const signature = createHmac('sha256', webhookSecret).update(`${created}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${created},v1=${signature}` };
  const told = await fetch(to, { method: 'POST', headers, body });
  if (!told.ok) throw new Error(`${type}: ${told.status} ${await told.text()}`);
}
