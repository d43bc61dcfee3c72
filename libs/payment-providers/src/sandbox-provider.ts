// The built-in provider: it has its own books, decides what it is told to decide, and calls our webhook over HTTP like
// any other provider would, signed. Nothing in the shop treats it differently.
import { randomUUID } from 'node:crypto';
import { type SandboxEvent, sandboxEvent } from '@onsale/contracts';
import type { Money, PaymentId } from '@onsale/domain';
import { signEvent, verifiesEvent } from './event-signature.ts';
import type { EventReading, PaymentProvider } from './payment-provider.ts';

export const SANDBOX = 'sandbox';
export const SIGNATURE_HEADER = 'onsale-signature';

export type SandboxBooks = {
  read(paymentId: PaymentId): Promise<{ readonly outcome: 'succeeded' | 'failed'; readonly at: Date } | null>;
  /** The first outcome stands. */
  write(paymentId: PaymentId, outcome: 'succeeded' | 'failed', at: Date): Promise<void>;
  refund(paymentId: PaymentId): Promise<boolean>;
};

export type SandboxOptions = {
  readonly books: SandboxBooks;
  readonly secret: string;
  readonly webhookUrl: string;
  now(): number;
};

export type SandboxProvider = PaymentProvider & {
  /** The fan's answer at the provider. Resolves when it is in the books and, unless delayed, the webhook was tried. */
  decide(payment: {
    readonly paymentId: PaymentId;
    readonly amount: Money;
    readonly outcome: 'succeed' | 'fail' | 'delay';
  }): Promise<void>;
};

const DELAY_MS = 5_000;
const WEBHOOK_LIMIT_MS = 5_000;

export function sandboxProvider({ books, secret, webhookUrl, now }: SandboxOptions): SandboxProvider {
  const admitted = async (paymentId: PaymentId) => {
    const entry = await books.read(paymentId);
    return entry === null || entry.at.getTime() > now() ? 'pending' : entry.outcome;
  };

  async function callWebhook(event: SandboxEvent): Promise<void> {
    const rawBody = JSON.stringify(event);
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signEvent({ secret, rawBody, now: now() }) },
      body: rawBody,
      signal: AbortSignal.timeout(WEBHOOK_LIMIT_MS),
    });
    await response.arrayBuffer();
  }

  return {
    name: SANDBOX,
    begin: async ({ paymentId }) => ({ kind: 'sandbox', url: `/api/v1/payments/sandbox/${paymentId}` }),
    readEvent: ({ rawBody, signature, now: at }) => readSandboxEvent({ secret, rawBody, signature, now: at }),
    lookUp: admitted,
    refund: async ({ paymentId }) => void (await books.refund(paymentId)),
    async decide({ paymentId, amount, outcome }) {
      const decided = outcome === 'fail' ? 'failed' : 'succeeded';
      await books.write(paymentId, decided, new Date(now() + (outcome === 'delay' ? DELAY_MS : 0)));
      const event: SandboxEvent = { id: `evt_${randomUUID()}`, type: `payment.${decided}`, paymentId, amount };
      if (outcome === 'delay') setTimeout(() => callWebhook(event).catch(() => undefined), DELAY_MS).unref();
      // A lost event is found by the reconciliation, as with any provider.
      else await callWebhook(event).catch(() => undefined);
    },
  };
}

function readSandboxEvent(received: {
  readonly secret: string;
  readonly rawBody: Buffer;
  readonly signature: string | undefined;
  readonly now: number;
}): EventReading {
  if (!verifiesEvent(received)) return { kind: 'unsigned' };
  const parsed = sandboxEvent.safeParse(JSON.parse(received.rawBody.toString('utf8')));
  if (!parsed.success) return { kind: 'irrelevant' };
  const { type, paymentId, amount } = parsed.data;
  return { kind: 'event', event: { type: type === 'payment.succeeded' ? 'succeeded' : 'failed', paymentId, amount } };
}
