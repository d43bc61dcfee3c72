import type { FanId, SaleId } from '../ids.ts';
import { confirmedFanPrefix, maySignUpAs } from './identity.ts';

const saleId = 'sale-1' as SaleId;
const fan = (fanId: string | null) => ({ fanId: fanId as FanId | null, saleId });
const ofSale = `${confirmedFanPrefix(saleId)}abc`;
const ofAll = `${confirmedFanPrefix(null)}abc`;

test('a mailbox confirmed for one sale is none for another, nor an account', () => {
  expect(maySignUpAs('email', fan(ofSale))).toBe(true);
  expect(maySignUpAs('email', fan(`${confirmedFanPrefix('sale-2' as SaleId)}abc`))).toBe(false);
  expect(maySignUpAs('email', fan(`${confirmedFanPrefix('sale-11' as SaleId)}abc`))).toBe(false);
  expect(maySignUpAs('account', fan(ofSale))).toBe(false);
  expect(maySignUpAs('account', fan(ofAll))).toBe(true);
  expect(maySignUpAs('email', fan(ofAll))).toBe(false);
});

test('strangers and plain browsers take part where nothing was to be confirmed', () => {
  for (const one of [null, 'plain', ofSale, ofAll]) {
    expect([maySignUpAs('anonymous', fan(one)), maySignUpAs('code', fan(one))]).toEqual([true, true]);
  }
  for (const one of [null, 'plain']) {
    expect([maySignUpAs('email', fan(one)), maySignUpAs('account', fan(one))]).toEqual([false, false]);
  }
});
