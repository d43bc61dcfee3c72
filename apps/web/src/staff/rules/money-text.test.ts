import { amountOf, moneyText } from './money-text.ts';

test('a price is read as people write it, and written back the same', () => {
  expect(['45', '45.5', '45,50', ' 0.05 '].map((text) => amountOf(text, 'EUR'))).toEqual([4500, 4550, 4550, 5]);
  expect(amountOf('4500', 'JPY')).toBe(4500);
  expect(moneyText({ amount: 4550, currency: 'EUR' })).toBe('45.50');
  expect(moneyText({ amount: 4500, currency: 'JPY' })).toBe('4500');
});

test('what is no price is none: signs, words, more digits than the currency has', () => {
  for (const text of ['', '-1', '1e3', '45.505', 'free', '1.2.3']) expect(amountOf(text, 'EUR')).toBeNull();
  expect(amountOf('45.5', 'JPY')).toBeNull();
});
