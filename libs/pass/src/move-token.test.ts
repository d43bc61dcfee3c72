import { randomBytes } from 'node:crypto';
import type { FanId, SaleId } from '@onsale/domain';
import { MOVE_LINK_SECONDS, type MoveClaim, openMove, sealMove } from './move-token.ts';
import { openPlace, sealPlace } from './place-token.ts';
import { parseTokenKeys } from './token-keys.ts';

const keys = parseTokenKeys(`a:${randomBytes(32).toString('hex')}`);
const saleId = 'sale-1' as SaleId;
const now = 1_700_000_000_500;
const place = { saleId, index: 7, fanId: 'fan-7' as FanId, joinedAt: 5, version: 3, code: null };
const claim: MoveClaim = { ...place, linkEpoch: 2 };

test('a link gives back the place it moves, with its code', () => {
  expect(openMove(keys, sealMove(keys, claim, now), { saleId, now })).toEqual(claim);
  const withCode = { ...claim, code: { codeSetId: '4', codeId: '4.17' } };
  expect(openMove(keys, sealMove(keys, withCode, now), { saleId, now })).toEqual(withCode);
});

test('a link ends after its minutes, is of one sale, and is no place token', () => {
  const link = sealMove(keys, claim, now);
  expect(openMove(keys, link, { saleId, now: now + (MOVE_LINK_SECONDS - 1) * 1000 })).not.toBeNull();
  expect(openMove(keys, link, { saleId, now: now + MOVE_LINK_SECONDS * 1000 })).toBeNull();
  expect(openMove(keys, link, { saleId: 'sale-2' as SaleId, now })).toBeNull();
  expect(openPlace(keys, link, saleId)).toBeNull();
  expect(openMove(keys, sealPlace(keys, { ...place, epoch: 2 }), { saleId, now })).toBeNull();
});

test('no character of a link can be changed', () => {
  const link = sealMove(keys, claim, now);
  for (let i = 0; i < link.length; i++) {
    const other = link[i] === 'A' ? 'B' : 'A';
    expect(openMove(keys, link.slice(0, i) + other + link.slice(i + 1), { saleId, now })).toBeNull();
  }
});
