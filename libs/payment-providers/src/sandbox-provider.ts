// The built-in provider: it has its own books, decides what it is told to decide, and calls our webhook over HTTP like
// any other provider would, signed. Nothing in the shop treats it differently. Its outcomes include what real providers
// do to a shop: events that come late, twice, in the wrong order or not at all.
import { randomUUID } from 'node:crypto';
import { type SandboxEvent, type SandboxOutcome, sandboxEvent } from '@onsale/contracts';
import type { Money, MoneyOrderId, PaymentId } from '@onsale/domain';
import { signEvent, verifiesEvent } from './event-signature.ts';
import type { EventReading, OrderToCarryOut, PaymentProvider, ProviderState } from './payment-provider.ts';

export const SANDBOX = 'sandbox';
const SIGNATURE_HEADER = 'onsale-signature';

export type SandboxEntry = {
  readonly outcome: 'authorised' | 'succeeded' | 'failed';
  /** From when on the provider admits it. */
  readonly at: Date;
  /** Minor units. */
  readonly amount: number;
  readonly refusesCapture: boolean;
};

export type SandboxBooks = {
  read(paymentId: PaymentId): Promise<SandboxEntry | null>;
  /** The first outcome stands. */
  write(paymentId: PaymentId, entry: SandboxEntry): Promise<void>;
  /** An authorisation becomes what is said; anything else stays. */
  settle(paymentId: PaymentId, outcome: 'succeeded' | 'failed'): Promise<void>;
  /** False when it would give back more than was taken. Once for each order. */
  refund(paymentId: PaymentId, order: { readonly orderId: MoneyOrderId; readonly amount: number }): Promise<boolean>;
};

export type SandboxOptions = {
  readonly books: SandboxBooks;
  readonly secret: string;
  readonly webhookUrl: string;
  now(): number;
};

export type SandboxProvider = PaymentProvider & {
  /** The fan's answer at the provider. Resolves when it is in the books and the events that come at once were tried. */
  decide(payment: {
    readonly paymentId: PaymentId;
    readonly amount: Money;
    readonly outcome: SandboxOutcome;
  }): Promise<void>;
};

const DELAY_MS = 5_000;
const WEBHOOK_LIMIT_MS = 5_000;

type EventType = SandboxEvent['type'];

/** The outcome in the books, and the events in the order in which they are sent. */
const scripts: Readonly<
  Record<SandboxOutcome, { readonly outcome: SandboxEntry['outcome']; readonly events: readonly EventType[] }>
> = {
  succeed: { outcome: 'succeeded', events: ['payment.succeeded'] },
  fail: { outcome: 'failed', events: ['payment.failed'] },
  delay: { outcome: 'succeeded', events: ['payment.succeeded'] },
  duplicate: { outcome: 'succeeded', events: ['payment.succeeded', 'payment.succeeded', 'payment.succeeded'] },
  out_of_order: { outcome: 'succeeded', events: ['payment.failed', 'payment.succeeded', 'payment.failed'] },
  lost: { outcome: 'succeeded', events: [] },
  authorise: { outcome: 'authorised', events: ['payment.authorised'] },
  authorise_refused: { outcome: 'authorised', events: ['payment.authorised'] },
};

export function sandboxProvider({ books, secret, webhookUrl, now }: SandboxOptions): SandboxProvider {
  const admitted = async (paymentId: PaymentId): Promise<ProviderState> => {
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

  /** One after the other. A lost event is found by the reconciliation, as with any provider. */
  async function send(events: readonly SandboxEvent[]): Promise<void> {
    for (const event of events) await callWebhook(event).catch(() => undefined);
  }

  return {
    name: SANDBOX,
    signatureHeader: SIGNATURE_HEADER,
    begin: async ({ paymentId }) => ({
      action: { kind: 'sandbox', url: `/api/v1/payments/sandbox/${paymentId}` },
      reference: paymentId,
    }),
    readEvent: ({ rawBody, signature, now: at }) => readSandboxEvent({ secret, rawBody, signature, now: at }),
    lookUp: ({ paymentId }) => admitted(paymentId),
    async end({ paymentId }) {
      await books.write(paymentId, { outcome: 'failed', at: new Date(now()), amount: 0, refusesCapture: false });
      return admitted(paymentId);
    },
    carryOut: (order) => carryOut(books, order),
    async decide({ paymentId, amount, outcome: wish }) {
      const { outcome, events } = scripts[wish];
      const at = new Date(now() + (wish === 'delay' ? DELAY_MS : 0));
      await books.write(paymentId, {
        outcome,
        at,
        amount: amount.amount,
        refusesCapture: wish === 'authorise_refused',
      });
      const id = `evt_${randomUUID()}`;
      const script = events.map((type) => ({ id, type, paymentId, amount }));
      if (wish === 'delay') setTimeout(() => void send(script), DELAY_MS).unref();
      else await send(script);
    },
  };
}

async function carryOut(
  books: SandboxBooks,
  { kind, paymentId, orderId, amount: { amount } }: OrderToCarryOut,
): Promise<'done' | 'refused'> {
  const entry = await books.read(paymentId);
  if (entry === null) return 'refused';
  if (kind === 'refund') return (await books.refund(paymentId, { orderId, amount })) ? 'done' : 'refused';
  const wanted = kind === 'capture' ? 'succeeded' : 'failed';
  if (entry.outcome === wanted) return 'done';
  const isRefused = kind === 'capture' && entry.refusesCapture;
  await books.settle(paymentId, isRefused ? 'failed' : wanted);
  // Whoever settled it, the books say how it ended.
  return (await books.read(paymentId))?.outcome === wanted ? 'done' : 'refused';
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
  return { kind: 'event', event: { type: eventTypes[type], paymentId, amount } };
}

const eventTypes = {
  'payment.authorised': 'authorised',
  'payment.succeeded': 'succeeded',
  'payment.failed': 'failed',
} as const satisfies Record<EventType, Exclude<ProviderState, 'pending'>>;
