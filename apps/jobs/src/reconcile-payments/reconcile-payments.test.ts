import type { PaymentDocument } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { BookingId, FanId, PaymentId, PerformanceId } from '@onsale/domain';
import { type KnownPayment, ProviderAwayError, type ProviderState } from '@onsale/payment-providers';
import { type ReconcilePaymentsDeps, reconcilePayments } from './reconcile-payments.ts';

const NOW = 10_000_000;
const HOUR_AGO = new Date(NOW - 3_600_000);

function payment(id: string, over: Partial<PaymentDocument> = {}): PaymentDocument {
  return {
    _id: id as PaymentId,
    bookingId: `bk_${id}` as BookingId,
    performanceId: 'p' as PerformanceId,
    fanId: 'f' as FanId,
    provider: 'sandbox',
    amount: { amount: 100, currency: 'EUR' },
    state: 'pending',
    refunded: 0,
    reference: id,
    createdAt: new Date(NOW - 60_000),
    askedAt: new Date(NOW - 60_000),
    ...over,
  };
}

type Word = ProviderState | 'away' | 'breaks';

async function reconcile(
  answers: Record<string, Word>,
  open: readonly PaymentDocument[],
  ends: Record<string, Word> = {},
) {
  const did = {
    asked: [] as string[],
    ended: [] as string[],
    begun: [] as string[],
    confirmed: [] as (string | boolean)[][],
    failed: [] as string[],
    unasked: [] as string[],
  };
  const say = (word: Word = 'pending'): ProviderState => {
    if (word === 'away') throw new ProviderAwayError('sandbox', null);
    if (word === 'breaks') throw new Error('this one only');
    return word;
  };
  const deps: ReconcilePaymentsDeps = {
    providers: new Map([
      [
        'sandbox',
        {
          begin: async ({ paymentId }) => {
            did.begun.push(paymentId);
            return { action: { kind: 'redirect', url: '' }, reference: `ref-${paymentId}` };
          },
          lookUp: async ({ paymentId, reference }: KnownPayment) => {
            did.asked.push(reference);
            return say(answers[paymentId]);
          },
          end: async ({ paymentId }: KnownPayment) => {
            did.ended.push(paymentId);
            return say(ends[paymentId] ?? 'failed');
          },
        },
      ],
    ]),
    takePaymentsToAsk: async () => open,
    noteReference: async () => undefined,
    notePaymentFailed: async (id) => void did.failed.push(id),
    publish: async (command: BookingCommand) => {
      if (command.type === 'confirm') did.confirmed.push([command.bookingId, command.captured]);
    },
    onUnasked: ({ _id }) => void did.unasked.push(_id),
    now: () => NOW,
  };
  await reconcilePayments(deps);
  return did;
}

test('a success whose event was lost becomes a confirm command, a failure is noted, the rest waits', async () => {
  const did = await reconcile(
    { a: 'succeeded', b: 'failed', d: 'authorised' },
    ['a', 'b', 'c', 'd'].map((id) => payment(id)),
  );
  const confirmed = [
    ['bk_a', true],
    ['bk_d', false],
  ];
  expect(did).toMatchObject({ confirmed, failed: ['b'], ended: [] });
});

test('a payment that nobody came back to is ended with the provider before it counts as failed', async () => {
  const old = payment('a', { createdAt: HOUR_AGO });
  expect(await reconcile({}, [old])).toMatchObject({ ended: ['a'], failed: ['a'], confirmed: [] });
});

test('money that came in the moment of ending is taken', async () => {
  const old = payment('a', { createdAt: HOUR_AGO });
  expect(await reconcile({}, [old], { a: 'succeeded' })).toMatchObject({ failed: [], confirmed: [['bk_a', true]] });
});

test('a payment that cannot be ended yet stays as it is', async () => {
  const old = payment('a', { createdAt: HOUR_AGO });
  expect(await reconcile({}, [old], { a: 'pending' })).toMatchObject({ ended: ['a'], failed: [], confirmed: [] });
});

test('a payment whose beginning was never noted is begun again, which leads to the same one', async () => {
  const did = await reconcile({ a: 'succeeded' }, [payment('a', { reference: null })]);
  expect(did).toMatchObject({ begun: ['a'], asked: ['ref-a'], confirmed: [['bk_a', true]] });
});

test('a provider that is away is not asked about the others, and they are left for the next run', async () => {
  const did = await reconcile({ a: 'away', b: 'succeeded' }, [payment('a'), payment('b')]);
  expect(did).toMatchObject({ asked: ['a'], unasked: ['a'], confirmed: [] });
});

test('trouble with one payment, or a provider we no longer have, keeps nobody else from being asked', async () => {
  const open = [payment('a'), payment('b', { provider: 'gone' }), payment('c')];
  const did = await reconcile({ a: 'breaks', c: 'succeeded' }, open);
  expect(did).toMatchObject({ unasked: ['a', 'b'], confirmed: [['bk_c', true]] });
});
