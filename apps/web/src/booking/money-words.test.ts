import type { BookingView } from '@onsale/contracts';
import { needShopWords } from '../language/language.ts';
import { moneyWords } from './money-words.ts';

const payment = (over: Partial<NonNullable<BookingView['payment']>>) => ({
  paymentId: 'pay_1' as never,
  provider: 'sandbox',
  state: 'succeeded' as const,
  refunded: { amount: 4500, currency: 'EUR' },
  refund: 'none' as const,
  ...over,
});

// These words are loaded with the shop.
beforeAll(() => needShopWords());

test('money that goes back is told with its amount and how far it has come', () => {
  const words = (refund: 'on_its_way' | 'done' | 'stuck') =>
    moneyWords({ state: 'refunded', payment: payment({ refund, state: 'refunded' }) });
  expect(words('on_its_way')).toMatch(/45.*on its way/);
  expect(words('done')).toMatch(/45.*was sent back/);
  expect(words('stuck')).toMatch(/45.*could not be sent back/);
});

test('a booking that ended without money says that nothing was charged, one that stands says nothing', () => {
  expect(moneyWords({ state: 'expired', payment: payment({ state: 'failed' }) })).toBe('Nothing was charged.');
  expect(moneyWords({ state: 'expired', payment: payment({ state: 'succeeded' }) })).toMatch(/received your payment/);
  expect(moneyWords({ state: 'confirmed', payment: payment({}) })).toBeNull();
  expect(moneyWords({ state: 'expired', payment: null })).toBeNull();
});
