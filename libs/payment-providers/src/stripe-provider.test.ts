import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BookingId, MoneyOrderId, PaymentId } from '@onsale/domain';
import Stripe from 'stripe';
import { connectProviders } from './connect-providers.ts';
import { stripeProvider } from './stripe-provider.ts';

const secretKey = 'sk_test_of_nobody';
const webhookSecret = 'whsec_of_this_test';
const paymentId = 'pay_1.0' as PaymentId;
const known = { paymentId, reference: 'cs_test_1' };
const amount = { amount: 9000, currency: 'EUR' };
const NOW = 1_700_000_000_000;

type Asked = { method: string; path: string; form: URLSearchParams; key: string | undefined };
type Reply = { status?: number; body: unknown };

/** What Stripe would answer, by method and path. Stripe itself cannot be reached from a test. */
let replies: Record<string, Reply | Reply[]> = {};
const asked: Asked[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { pathname } = new URL(request.url ?? '', 'http://stripe');
    const key = request.headers['idempotency-key'];
    const route = `${request.method} ${pathname}`;
    asked.push({ method: request.method ?? '', path: pathname, form: new URLSearchParams(body), key: key as string });
    const known = replies[route];
    const reply = Array.isArray(known) ? known.shift() : known;
    response.writeHead(reply?.status ?? (reply === undefined ? 404 : 200), {
      'content-type': 'application/json',
      connection: 'close',
    });
    response.end(JSON.stringify(reply?.body ?? { error: { type: 'invalid_request_error', message: `no ${route}` } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  replies = {};
  asked.splice(0);
});

const stripe = () =>
  stripeProvider({
    secretKey,
    webhookSecret,
    returnUrl: ({ bookingId }) => `https://shop.example/bookings/${bookingId}`,
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });

const session = (status: string, intent: Record<string, unknown> | null = null) => ({
  body: {
    id: 'cs_test_1',
    object: 'checkout.session',
    status,
    payment_intent: intent && { id: 'pi_1', object: 'payment_intent', ...intent },
  },
});
const SESSION = 'GET /v1/checkout/sessions/cs_test_1';

test('a payment begins as a Checkout page with the money authorised only, repeatable by its key', async () => {
  replies['POST /v1/checkout/sessions'] = {
    body: { id: 'cs_test_1', object: 'checkout.session', url: 'https://checkout.stripe.com/c/1' },
  };
  const begun = await stripe().begin({ paymentId, bookingId: 'bk_1' as BookingId, amount });
  expect(begun).toEqual({
    action: { kind: 'redirect', url: 'https://checkout.stripe.com/c/1' },
    reference: 'cs_test_1',
  });
  const [{ form, key }] = asked as [Asked];
  expect(key).toBe('begin:pay_1.0');
  expect(Object.fromEntries(form)).toMatchObject({
    mode: 'payment',
    'payment_intent_data[capture_method]': 'manual',
    'payment_intent_data[metadata][paymentId]': paymentId,
    'metadata[paymentId]': paymentId,
    'line_items[0][price_data][unit_amount]': '9000',
    'line_items[0][price_data][currency]': 'eur',
    success_url: 'https://shop.example/bookings/bk_1',
    cancel_url: 'https://shop.example/bookings/bk_1',
  });
});

test.each([
  ['open', null, 'pending'],
  ['open', { status: 'requires_payment_method' }, 'pending'],
  ['complete', { status: 'processing' }, 'pending'],
  ['complete', { status: 'requires_capture' }, 'authorised'],
  ['complete', { status: 'succeeded' }, 'succeeded'],
  ['complete', { status: 'canceled' }, 'failed'],
  ['expired', null, 'failed'],
  ['expired', { status: 'canceled' }, 'failed'],
] as const)('a session that is %s with %p is %s', async (status, intent, state) => {
  replies[SESSION] = session(status, intent);
  expect(await stripe().lookUp(known)).toBe(state);
});

test('ending expires an open session; one that was paid first is found paid', async () => {
  replies['POST /v1/checkout/sessions/cs_test_1/expire'] = session('expired');
  replies[SESSION] = session('expired');
  expect(await stripe().end(known)).toBe('failed');
  replies['POST /v1/checkout/sessions/cs_test_1/expire'] = {
    status: 400,
    body: { error: { type: 'invalid_request_error', message: 'Only open sessions can be expired.' } },
  };
  replies[SESSION] = session('complete', { status: 'requires_capture' });
  expect(await stripe().end(known)).toBe('authorised');
});

describe('orders', () => {
  const order = (kind: 'capture' | 'void' | 'refund', back = 9000) => ({
    ...known,
    orderId: `pay_1.0.${kind}` as MoneyOrderId,
    kind,
    amount: { amount: back, currency: 'EUR' },
  });
  const CAPTURE = 'POST /v1/payment_intents/pi_1/capture';
  const CANCEL = 'POST /v1/payment_intents/pi_1/cancel';
  const intent = (status: string) => ({ body: { id: 'pi_1', object: 'payment_intent', status } });
  const authorised = session('complete', { status: 'requires_capture' });
  const taken = session('complete', { status: 'succeeded' });

  test('a capture takes the money, once by its key; money that was captured is not captured again', async () => {
    replies = { [SESSION]: [authorised, taken], [CAPTURE]: intent('succeeded') };
    expect(await stripe().carryOut(order('capture'))).toBe('done');
    expect(await stripe().carryOut(order('capture'))).toBe('done');
    expect(asked.filter(({ path }) => path.endsWith('/capture')).map(({ key }) => key)).toEqual(['pay_1.0.capture']);
  });

  test('a capture that the bank declines, or of a canceled authorisation, is refused', async () => {
    const declined = { status: 402, body: { error: { type: 'card_error', code: 'card_declined', message: 'no' } } };
    replies = { [SESSION]: authorised, [CAPTURE]: declined };
    expect(await stripe().carryOut(order('capture'))).toBe('refused');
    replies = { [SESSION]: session('complete', { status: 'canceled' }) };
    expect(await stripe().carryOut(order('capture'))).toBe('refused');
  });

  test('a void cancels; money that was captured meanwhile goes back; nothing to let go is done', async () => {
    replies = { [SESSION]: authorised, [CANCEL]: intent('canceled') };
    expect(await stripe().carryOut(order('void'))).toBe('done');
    replies = {
      [SESSION]: taken,
      'GET /v1/refunds': { body: { object: 'list', data: [], has_more: false } },
      'POST /v1/refunds': { body: { id: 're_1', object: 'refund', status: 'succeeded' } },
    };
    expect(await stripe().carryOut(order('void'))).toBe('done');
    replies = { [SESSION]: session('expired') };
    expect(await stripe().carryOut(order('void'))).toBe('done');
  });

  test('a refund in part is made once, and is known again when its key is long forgotten', async () => {
    const made = { id: 're_1', object: 'refund', status: 'succeeded', metadata: { orderId: 'pay_1.0.refund' } };
    replies = {
      [SESSION]: taken,
      'GET /v1/refunds': [
        { body: { object: 'list', data: [], has_more: false } },
        { body: { object: 'list', data: [made], has_more: false } },
      ],
      'POST /v1/refunds': { body: made },
    };
    expect(await stripe().carryOut(order('refund', 4500))).toBe('done');
    expect(await stripe().carryOut(order('refund', 4500))).toBe('done');
    const created = asked.filter(({ method, path }) => method === 'POST' && path === '/v1/refunds');
    expect(created.map(({ form, key }) => [form.get('amount'), form.get('payment_intent'), key])).toEqual([
      ['4500', 'pi_1', 'pay_1.0.refund'],
    ]);
  });

  test('Stripe in trouble is no answer: the order is to be tried again', async () => {
    replies = {
      [SESSION]: authorised,
      [CAPTURE]: { status: 500, body: { error: { type: 'api_error', message: 'trouble' } } },
    };
    await expect(stripe().carryOut(order('capture'))).rejects.toThrow('trouble');
    replies = { [SESSION]: { status: 401, body: { error: { type: 'invalid_request_error', message: 'bad key' } } } };
    await expect(stripe().carryOut(order('capture'))).rejects.toThrow();
  });
});

describe('events', () => {
  const { webhooks } = new Stripe(secretKey);
  const event = (type: string, object: Record<string, unknown>) =>
    JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
  const metadata = { paymentId };
  const read = (payload: string, over: { now?: number; secret?: string; signature?: string } = {}) => {
    const timestamp = Math.floor(NOW / 1000);
    const signature =
      over.signature ?? webhooks.generateTestHeaderString({ payload, secret: over.secret ?? webhookSecret, timestamp });
    return stripe().readEvent({ rawBody: Buffer.from(payload), signature, now: over.now ?? NOW });
  };
  const intent = { object: 'payment_intent', currency: 'eur', amount: 9000, metadata };
  const succeeded = event('payment_intent.succeeded', { ...intent, amount_received: 9000 });

  test.each([
    ['payment_intent.amount_capturable_updated', { ...intent, amount_capturable: 9000 }, 'authorised'],
    ['payment_intent.succeeded', { ...intent, amount_received: 9000 }, 'succeeded'],
    ['payment_intent.canceled', intent, 'failed'],
    [
      'checkout.session.expired',
      { object: 'checkout.session', currency: 'eur', amount_total: 9000, metadata },
      'failed',
    ],
  ])('%s settles a payment', (type, object, state) => {
    expect(read(event(type, object))).toEqual({ kind: 'event', event: { type: state, paymentId, amount } });
  });

  test('a failed attempt in Checkout, other types, and payments that are not ours are no business of ours', () => {
    for (const payload of [
      event('payment_intent.payment_failed', intent),
      event('customer.created', {}),
      event('payment_intent.succeeded', { ...intent, metadata: {}, amount_received: 9000 }),
    ]) {
      expect(read(payload)).toEqual({ kind: 'irrelevant' });
    }
  });

  test('by the clock that is passed in: within five minutes it verifies, later it does not', () => {
    expect(read(succeeded, { now: NOW + 299_000 })).toMatchObject({ kind: 'event' });
    expect(read(succeeded, { now: NOW + 301_000 })).toEqual({ kind: 'unsigned' });
  });

  test('another secret, a changed body and no signature do not verify', () => {
    expect(read(succeeded, { secret: 'whsec_other' })).toEqual({ kind: 'unsigned' });
    const signature = webhooks.generateTestHeaderString({
      payload: succeeded,
      secret: webhookSecret,
      timestamp: NOW / 1000,
    });
    expect(read(succeeded.replace('9000', '1'), { signature })).toEqual({ kind: 'unsigned' });
    expect(stripe().readEvent({ rawBody: Buffer.from(succeeded), signature: undefined, now: NOW })).toEqual({
      kind: 'unsigned',
    });
  });
});

describe('without keys', () => {
  const settings = (over: object) =>
    ({
      chosen: 'sandbox',
      sandbox: { books: {} as never, secret: 's', webhookUrl: '', now: () => NOW },
      stripe: { secretKey: '', webhookSecret: '', apiUrl: '' },
      publicUrl: 'https://shop.example',
      onBreaker: () => undefined,
      ...over,
    }) as Parameters<typeof connectProviders>[0];

  test('there is no Stripe; with them it is there beside the sandbox', () => {
    expect([...connectProviders(settings({})).all.keys()]).toEqual(['sandbox']);
    const both = connectProviders(settings({ chosen: 'stripe', stripe: { secretKey, webhookSecret, apiUrl: '' } }));
    expect([both.chosen.name, ...both.all.keys()]).toEqual(['stripe', 'sandbox', 'stripe']);
  });

  test('choosing it, or giving half of them, is refused in words', () => {
    expect(() => connectProviders(settings({ chosen: 'stripe' }))).toThrow('set ONSALE_STRIPE_SECRET_KEY');
    const half = settings({ stripe: { secretKey, webhookSecret: '', apiUrl: '' } });
    expect(() => connectProviders(half)).toThrow('ONSALE_STRIPE_WEBHOOK_SECRET is not');
  });
});
