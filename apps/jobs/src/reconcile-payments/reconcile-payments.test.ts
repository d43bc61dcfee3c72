import type { PaymentDocument } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { BookingId, FanId, PaymentId, PerformanceId } from '@onsale/domain';
import { type ReconcilePaymentsDeps, reconcilePayments } from './reconcile-payments.ts';

const NOW = 10_000_000;

function payment(id: string, over: Partial<PaymentDocument> = {}): PaymentDocument {
  return {
    _id: id as PaymentId,
    bookingId: `bk_${id}` as BookingId,
    performanceId: 'p' as PerformanceId,
    fanId: 'f' as FanId,
    provider: 'sandbox',
    amount: { amount: 100, currency: 'EUR' },
    state: 'pending',
    refund: 'none',
    createdAt: new Date(NOW - 60_000),
    askedAt: new Date(NOW - 60_000),
    ...over,
  };
}

async function reconcile(
  answers: Record<string, 'pending' | 'succeeded' | 'failed'>,
  open: readonly PaymentDocument[],
  due: readonly PaymentDocument[] = [],
) {
  const did = { confirmed: [] as string[], failed: [] as string[], refunded: [] as string[], noted: [] as string[] };
  const deps: ReconcilePaymentsDeps = {
    providers: new Map([
      [
        'sandbox',
        {
          lookUp: async (id: PaymentId) => answers[id] ?? 'pending',
          refund: async ({ paymentId }: { paymentId: PaymentId }) => void did.refunded.push(paymentId),
        },
      ],
    ]),
    takePaymentsToAsk: async () => open,
    findRefundsDue: async () => due,
    notePaymentFailed: async (id) => void did.failed.push(id),
    noteRefunded: async (id) => void did.noted.push(id),
    publish: async (command: BookingCommand) => {
      if ('bookingId' in command) did.confirmed.push(command.bookingId);
    },
    now: () => NOW,
  };
  await reconcilePayments(deps);
  return did;
}

test('a success whose event was lost becomes a confirm command, a failure is noted, the rest waits', async () => {
  const did = await reconcile({ a: 'succeeded', b: 'failed' }, [payment('a'), payment('b'), payment('c')]);
  expect(did).toMatchObject({ confirmed: ['bk_a'], failed: ['b'] });
});

test('a payment that nobody came back to ends', async () => {
  const old = payment('a', { createdAt: new Date(NOW - 3_600_000) });
  expect(await reconcile({}, [old])).toMatchObject({ confirmed: [], failed: ['a'] });
});

test('money that is owed is sent back, then noted; of a provider we no longer have it stays owed', async () => {
  const did = await reconcile({}, [], [payment('a', { refund: 'due' }), payment('b', { provider: 'gone' })]);
  expect(did).toMatchObject({ refunded: ['a'], noted: ['a'] });
});
