import type { BookingId, PaymentId } from '@onsale/domain';
import { waitFor } from '@onsale/testkit';
import { guardProvider, ProviderAwayError } from './guard-provider.ts';
import type { PaymentProvider } from './payment-provider.ts';

const payment = {
  paymentId: 'pay_1' as PaymentId,
  bookingId: 'bk_1' as BookingId,
  amount: { amount: 1, currency: 'EUR' },
};
const known = { paymentId: payment.paymentId, reference: 'r' };

/** A provider of somebody else, which can be away. */
function somebody() {
  const seen = { calls: 0, isAway: true };
  const provider: PaymentProvider = {
    name: 'somebody',
    signatureHeader: 'x',
    begin: async () => {
      seen.calls += 1;
      if (seen.isAway) throw new Error('ECONNREFUSED');
      return { action: { kind: 'redirect', url: 'https://pay.example' }, reference: 'r' };
    },
    readEvent: () => ({ kind: 'irrelevant' }),
    lookUp: () => new Promise(() => undefined),
    end: async () => 'failed',
    carryOut: async () => 'refused',
  };
  return { seen, provider };
}

test('after some failures in a row the provider is not asked any more, until it has rested and answers', async () => {
  const { seen, provider } = somebody();
  const breakers: string[] = [];
  const guarded = guardProvider(provider, { restMs: 200, onBreaker: (state) => breakers.push(state) });
  for (let i = 0; i < 8; i++) await expect(guarded.begin(payment)).rejects.toThrow(ProviderAwayError);
  expect([seen.calls, breakers]).toEqual([5, ['opened']]);
  seen.isAway = false;
  await waitFor(() =>
    guarded.begin(payment).then(
      () => true,
      () => false,
    ),
  );
  expect(breakers).toEqual(['opened', 'closed']);
  await guarded.begin(payment);
});

test('a provider that does not answer counts as away', async () => {
  const guarded = guardProvider(somebody().provider, { callLimitMs: 50 });
  await expect(guarded.lookUp(known)).rejects.toThrow(ProviderAwayError);
});

test('a refusal is an answer', async () => {
  const guarded = guardProvider(somebody().provider);
  const order = { ...known, orderId: 'o' as never, kind: 'refund' as const, amount: payment.amount };
  for (let i = 0; i < 8; i++) expect(await guarded.carryOut(order)).toBe('refused');
});
