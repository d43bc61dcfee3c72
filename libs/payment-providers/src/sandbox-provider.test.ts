import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxOutcomes } from '@onsale/contracts';
import type { MoneyOrderId, PaymentId } from '@onsale/domain';
import { EVENT_TOLERANCE_SECONDS, signEvent, verifiesEvent } from './event-signature.ts';
import { type SandboxBooks, type SandboxEntry, sandboxProvider } from './sandbox-provider.ts';

const secret = 'a secret of the sandbox';
const paymentId = 'pay_1' as PaymentId;
const known = { paymentId, reference: paymentId };
const amount = { amount: 9000, currency: 'EUR' };
const NOW = 1_700_000_000_000;

/** Books in memory; those in the database are tested with the jobs that use them. */
function books(): SandboxBooks {
  const entries = new Map<PaymentId, SandboxEntry>();
  const refunds = new Map<MoneyOrderId, number>();
  return {
    read: async (id) => entries.get(id) ?? null,
    write: async (id, entry) => void (entries.has(id) || entries.set(id, entry)),
    async settle(id, outcome) {
      const entry = entries.get(id);
      if (entry?.outcome === 'authorised') entries.set(id, { ...entry, outcome });
    },
    async refund(id, { orderId, amount: back }) {
      const sum = [...refunds.values()].reduce((total, one) => total + one, 0);
      if (!refunds.has(orderId) && sum + back > (entries.get(id)?.amount ?? 0)) return false;
      refunds.set(orderId, back);
      return true;
    },
  };
}

describe('signatures of events', () => {
  const rawBody = Buffer.from('{"a":1}');
  const signature = signEvent({ secret, rawBody, now: NOW });

  test('what was signed verifies within the tolerance, to both sides', () => {
    for (const shift of [0, EVENT_TOLERANCE_SECONDS, -EVENT_TOLERANCE_SECONDS]) {
      expect(verifiesEvent({ secret, rawBody, signature, now: NOW + shift * 1000 })).toBe(true);
    }
  });

  test.each([
    ['another secret', { secret: 'other' }],
    ['a changed body', { rawBody: Buffer.from('{"a":2}') }],
    ['an old event', { now: NOW + (EVENT_TOLERANCE_SECONDS + 1) * 1000 }],
    ['an event of the future', { now: NOW - (EVENT_TOLERANCE_SECONDS + 2) * 1000 }],
    ['a moved time', { signature: signature.replace(/t=\d+/, `t=${NOW / 1000 + 1}`) }],
    ['no signature', { signature: undefined }],
    ['another form', { signature: 'v1=00' }],
  ])('%s does not verify', (_what, change) => {
    expect(verifiesEvent({ secret, rawBody, signature, now: NOW, ...change })).toBe(false);
  });
});

describe('what the shop is told over HTTP', () => {
  const received: { body: Buffer; headers: IncomingHttpHeaders }[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      received.push({ body: Buffer.concat(await request.toArray()), headers: request.headers });
      response.setHeader('Connection', 'close');
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => received.splice(0));

  const provider = () => {
    const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return sandboxProvider({ books: books(), secret, webhookUrl, now: () => NOW });
  };

  test('is a signed event that the provider reads back itself, and nothing else', async () => {
    const sandbox = provider();
    expect(await sandbox.lookUp(known)).toBe('pending');
    await sandbox.decide({ paymentId, amount, outcome: 'succeed' });
    const header = received[0]?.headers[sandbox.signatureHeader];
    const signature = typeof header === 'string' ? header : undefined;
    expect(sandbox.readEvent({ rawBody: received[0]?.body ?? Buffer.of(), signature, now: NOW })).toEqual({
      kind: 'event',
      event: { type: 'succeeded', paymentId, amount },
    });
    expect(sandbox.readEvent({ rawBody: Buffer.from('{}'), signature, now: NOW })).toEqual({ kind: 'unsigned' });
    expect(await sandbox.lookUp(known)).toBe('succeeded');
  });

  test.each([
    ['succeed', ['payment.succeeded'], 'succeeded'],
    ['fail', ['payment.failed'], 'failed'],
    ['delay', [], 'pending'],
    ['duplicate', ['payment.succeeded', 'payment.succeeded', 'payment.succeeded'], 'succeeded'],
    ['out_of_order', ['payment.failed', 'payment.succeeded', 'payment.failed'], 'succeeded'],
    ['lost', [], 'succeeded'],
    ['authorise', ['payment.authorised'], 'authorised'],
    ['authorise_refused', ['payment.authorised'], 'authorised'],
  ] as const)('after %s is, at once, %p', async (outcome, events, state) => {
    const sandbox = provider();
    await sandbox.decide({ paymentId, amount, outcome });
    const told = received.map(({ body }) => JSON.parse(body.toString()) as { id: string; type: string });
    expect(told.map(({ type }) => type)).toEqual(events);
    // A repeated event is the same event.
    expect(new Set(told.map(({ id }) => id)).size).toBe(Math.min(1, told.length));
    expect(await sandbox.lookUp(known)).toBe(state);
  });

  test('covers every outcome the route takes', () => expect(sandboxOutcomes).toHaveLength(8));
});

describe('orders', () => {
  const sandbox = (outcome: 'succeed' | 'authorise' | 'authorise_refused') => {
    const provider = sandboxProvider({ books: books(), secret, webhookUrl: 'http://127.0.0.1:1/', now: () => NOW });
    return provider.decide({ paymentId, amount, outcome }).then(() => provider);
  };
  const order = (kind: 'capture' | 'void' | 'refund', id: string, back = 9000) => ({
    ...known,
    orderId: id as MoneyOrderId,
    kind,
    amount: { amount: back, currency: 'EUR' },
  });

  test('an unreachable webhook loses the event, not the payment', async () => {
    expect(await (await sandbox('succeed')).lookUp(known)).toBe('succeeded');
  });

  test('a capture takes what was authorised, and a capture that is refused takes nothing, however often', async () => {
    const good = await sandbox('authorise');
    expect(await good.carryOut(order('capture', 'c'))).toBe('done');
    expect(await good.carryOut(order('capture', 'c'))).toBe('done');
    expect(await good.lookUp(known)).toBe('succeeded');
    const bad = await sandbox('authorise_refused');
    expect(await bad.carryOut(order('capture', 'c'))).toBe('refused');
    expect(await bad.carryOut(order('capture', 'c'))).toBe('refused');
    expect(await bad.lookUp(known)).toBe('failed');
  });

  test('a void lets go what was authorised, and nothing can be captured then', async () => {
    const provider = await sandbox('authorise');
    expect(await provider.carryOut(order('void', 'v'))).toBe('done');
    expect(await provider.carryOut(order('capture', 'c'))).toBe('refused');
  });

  test('refunds in part move each once and never more than was taken', async () => {
    const provider = await sandbox('succeed');
    expect(await provider.carryOut(order('refund', 'a', 5000))).toBe('done');
    expect(await provider.carryOut(order('refund', 'a', 5000))).toBe('done');
    expect(await provider.carryOut(order('refund', 'b', 5000))).toBe('refused');
    expect(await provider.carryOut(order('refund', 'b', 4000))).toBe('done');
  });

  test('an ended payment cannot be paid any more, and one that was paid stays so', async () => {
    const provider = sandboxProvider({ books: books(), secret, webhookUrl: 'http://127.0.0.1:1/', now: () => NOW });
    expect(await provider.end(known)).toBe('failed');
    await provider.decide({ paymentId, amount, outcome: 'succeed' });
    expect(await provider.lookUp(known)).toBe('failed');
    expect(await (await sandbox('succeed')).end(known)).toBe('succeeded');
  });
});
