// Money is a whole number of minor units (cents) and an ISO 4217 code; never a fraction, never mixed currencies.

export type Money = { readonly amount: number; readonly currency: string };

/** The sum in one currency. Throws RangeError when currencies are mixed. */
export function sumMoney(parts: readonly Money[], currency: string): Money {
  for (const part of parts) if (part.currency !== currency) throw new RangeError('currencies cannot be added');
  return { amount: parts.reduce((sum, part) => sum + part.amount, 0), currency };
}
