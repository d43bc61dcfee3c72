// A price as people write it: with a point or a comma, in whole units and cents of its currency.
import type { PerformanceView } from '@onsale/contracts';

type Money = PerformanceView['categories'][number]['price'];

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export const moneyText = ({ amount, currency }: Money): string =>
  (amount / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));

/** Minor units; null for what is no price. */
export function amountOf(text: string, currency: string): number | null {
  const written = text.trim().replace(',', '.');
  if (!/^\d{1,9}(\.\d+)?$/.test(written)) return null;
  const amount = Number(written) * 10 ** digitsOf(currency);
  return Math.abs(amount - Math.round(amount)) < 1e-6 ? Math.round(amount) : null;
}
