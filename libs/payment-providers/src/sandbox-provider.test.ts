import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaymentId } from '@onsale/domain';
import { EVENT_TOLERANCE_SECONDS, signEvent, verifiesEvent } from './event-signature.ts';
import { type SandboxBooks, SIGNATURE_HEADER, sandboxProvider } from './sandbox-provider.ts';

const secret = 'a secret of the sandbox';
const paymentId = 'pay_1' as PaymentId;
const amount = { amount: 9000, currency: 'EUR' };
const NOW = 1_700_000_000_000;

function books(): SandboxBooks {
  const entries = new Map<PaymentId, { outcome: 'succeeded' | 'failed'; at: Date }>();
  return {
    read: async (id) => entries.get(id) ?? null,
    write: async (id, outcome, at) => void (entries.has(id) || entries.set(id, { outcome, at })),
    refund: async (id) => entries.has(id),
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

test('the sandbox calls the webhook over HTTP with a signed event that it reads back itself', async () => {
  const received: { body: Buffer; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(async (request, response) => {
    received.push({ body: Buffer.concat(await request.toArray()), headers: request.headers });
    response.setHeader('Connection', 'close');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const provider = sandboxProvider({ books: books(), secret, webhookUrl, now: () => NOW });
  expect(await provider.lookUp(paymentId)).toBe('pending');
  await provider.decide({ paymentId, amount, outcome: 'succeed' });
  await new Promise((resolve) => server.close(resolve));
  const [call] = received;
  const header = call?.headers[SIGNATURE_HEADER];
  const signature = typeof header === 'string' ? header : undefined;
  expect(provider.readEvent({ rawBody: call?.body ?? Buffer.of(), signature, now: NOW })).toEqual({
    kind: 'event',
    event: { type: 'succeeded', paymentId, amount },
  });
  expect(provider.readEvent({ rawBody: Buffer.from('{}'), signature, now: NOW })).toEqual({ kind: 'unsigned' });
  expect(await provider.lookUp(paymentId)).toBe('succeeded');
});

test('an unreachable webhook loses the event, not the payment', async () => {
  const provider = sandboxProvider({ books: books(), secret, webhookUrl: 'http://127.0.0.1:1/', now: () => NOW });
  await provider.decide({ paymentId, amount, outcome: 'fail' });
  expect(await provider.lookUp(paymentId)).toBe('failed');
});
