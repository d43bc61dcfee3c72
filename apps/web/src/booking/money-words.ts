// What became of the money of a booking, in words: always said where a booking is over or was given back in part.
import type { BookingView } from '@onsale/contracts';
import { formatMoney, t } from '../language/language.ts';

/** Null where there is nothing to say. */
export function moneyWords({ state, payment }: Pick<BookingView, 'state' | 'payment'>): string | null {
  if (payment === null) return null;
  const price = formatMoney(payment.refunded);
  if (payment.refund === 'on_its_way') return t('money.onItsWay', { price });
  if (payment.refund === 'done') return t('money.done', { price });
  if (payment.refund === 'stuck') return t('money.stuck', { price });
  const isOver = state === 'expired' || state === 'released' || state === 'cancelled';
  if (isOver && payment.state === 'failed') return t('money.notCharged');
  if (isOver && payment.state === 'succeeded') return t('money.paidMeanwhile');
  return null;
}
