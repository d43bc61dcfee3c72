import { randomBytes } from 'node:crypto';
import type { FanId, SaleId } from '@onsale/domain';
import { FAN_TOKEN_MAX_AGE_SECONDS, newFanId, openFan, sealFan } from './fan-token.ts';
import { openPlace, type PlaceClaim, sealPlace } from './place-token.ts';
import { parseTokenKeys } from './token-keys.ts';

const hex = (): string => randomBytes(32).toString('hex');
const keys = parseTokenKeys(`a:${hex()}`);
const sale = 'sale-1' as SaleId;
const claim: PlaceClaim = {
  saleId: sale,
  index: 41,
  fanId: 'fan-1' as FanId,
  epoch: 2,
  joinedAt: 1_700_000_000_123,
  version: 0,
  code: null,
};

test('a place token gives back its claim', () => {
  expect(openPlace(keys, sealPlace(keys, claim), sale)).toEqual(claim);
});

test('a place token of another sale is refused', () => {
  expect(openPlace(keys, sealPlace(keys, claim), 'sale-2' as SaleId)).toBeNull();
});

test('no character of a place token can be changed, added or taken away', () => {
  const token = sealPlace(keys, claim);
  for (let i = 0; i < token.length; i++) {
    for (const other of ['A', 'B', '.', '=', '+', '_']) {
      if (token[i] === other) continue;
      expect(openPlace(keys, token.slice(0, i) + other + token.slice(i + 1), sale)).toBeNull();
    }
    expect(openPlace(keys, token.slice(0, i) + token.slice(i + 1), sale)).toBeNull();
  }
  for (const more of ['', '=', 'A', '.']) expect(openPlace(keys, token + more, sale) === null).toBe(more !== '');
});

test('a fan token never passes as a place token, nor the reverse', () => {
  expect(openPlace(keys, sealFan(keys, newFanId(), 0), sale)).toBeNull();
  expect(openFan(keys, sealPlace(keys, claim), 0)).toBeNull();
});

test('after rotation the old key still opens, and a key taken away no longer does', () => {
  const old = `old:${hex()}`;
  const fresh = `new:${hex()}`;
  const token = sealPlace(parseTokenKeys(old), claim);
  const both = parseTokenKeys(`${fresh},${old}`);
  expect(openPlace(both, token, sale)).toEqual(claim);
  expect(sealPlace(both, claim).startsWith('new.')).toBe(true);
  expect(openPlace(parseTokenKeys(fresh), token, sale)).toBeNull();
});

test('a fan token ends when it grows too old', () => {
  const fanId = newFanId();
  const token = sealFan(keys, fanId, 0);
  expect(openFan(keys, token, FAN_TOKEN_MAX_AGE_SECONDS * 1000)).toBe(fanId);
  expect(openFan(keys, token, (FAN_TOKEN_MAX_AGE_SECONDS + 1) * 1000)).toBeNull();
});

test.each([
  ['', /token key 1/],
  ['a:zz', /token key 1 is not kid:hex/],
  ['a:00', /at least 32 bytes/],
  [`a:${'00'.repeat(32)},a:${'11'.repeat(32)}`, /same id/],
])('wrong token keys are refused: %s', (text, message) => {
  expect(() => parseTokenKeys(text)).toThrow(message);
});
