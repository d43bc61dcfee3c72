// Forged, altered, transferred and outlived tokens by the hundred thousand: none is taken.
import { createHash, randomBytes } from 'node:crypto';
import type { FanId, SaleId } from '@onsale/domain';
import { FAN_TOKEN_MAX_AGE_SECONDS, openFan, sealFan } from './fan-token.ts';
import { signPass, verifyPass } from './pass.ts';
import { generatePassKeyJwk, parsePassKeys } from './pass-keys.ts';
import { openPlace, sealPlace } from './place-token.ts';
import { parseTokenKeys } from './token-keys.ts';

const keys = parseTokenKeys(`a:${randomBytes(32).toString('hex')},b:${randomBytes(32).toString('hex')}`);
const stranger = parseTokenKeys(`a:${randomBytes(32).toString('hex')}`);
const passKeys = parsePassKeys(JSON.stringify([generatePassKeyJwk('k')]));
const sale = 'sale-1' as SaleId;
const issuer = 'https://tickets.example';
const now = Date.UTC(2030, 0, 1);

/** The same changes in every run. */
function* changes(count: number): Generator<number> {
  let state = createHash('sha256').update('attacks').digest();
  for (let i = 0; i < count; i++) {
    if (i % 8 === 0) state = createHash('sha256').update(state).digest();
    yield state.readUInt32BE((i % 8) * 4);
  }
}

function alter(token: string, change: number): string {
  const at = change % token.length;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=';
  const other = alphabet.charAt((change >>> 8) % alphabet.length);
  const way = (change >>> 16) % 4;
  if (way === 0) return token.slice(0, at) + token.slice(at + 1);
  if (way === 1) return token.slice(0, at) + other + token.slice(at);
  if (way === 2) return token.slice(0, at);
  return token.slice(0, at) + (token[at] === other ? '~' : other) + token.slice(at + 1);
}

/** Each fan with what an attacker could make of or around the tokens of another. */
const fans = Array.from({ length: 200 }, (_, index) => {
  const claim = {
    saleId: sale,
    index,
    fanId: `fan-${index}` as FanId,
    epoch: 1,
    joinedAt: now,
    version: 0,
    code: null,
  };
  const place = sealPlace(keys, claim);
  const fan = sealFan(keys, claim.fanId, now);
  const otherCode = sealPlace(keys, { ...claim, index: index + 1 }).split('.')[2];
  return {
    place,
    fan,
    // The claim of one token under the code of another; tokens of a stranger's keys; one kind for the other.
    madePlaces: [`${place.split('.').slice(0, 2).join('.')}.${otherCode}`, sealPlace(stranger, claim), fan],
    madeFans: [sealFan(stranger, claim.fanId, now), place],
  };
});

test('190,000 altered, foreign and exchanged place and fan tokens: none is taken', () => {
  let taken = 0;
  for (const change of changes(95_000)) {
    const { place, fan, madePlaces, madeFans } = fans[change % fans.length] as (typeof fans)[number];
    const placeAttack = madePlaces[(change >>> 4) % 8] ?? alter(place, change);
    if (placeAttack !== place && openPlace(keys, placeAttack, sale) !== null) taken++;
    const fanAttack = madeFans[(change >>> 4) % 8] ?? alter(fan, change);
    if (fanAttack !== fan && openFan(keys, fanAttack, now) !== null) taken++;
  }
  expect(taken).toBe(0);
});

test('10,000 altered, foreign, outlived and exchanged passes: none is taken', () => {
  const strangersKeys = parsePassKeys(JSON.stringify([generatePassKeyJwk('k')]));
  const seconds = now / 1000;
  const claims = { iss: issuer, sub: 'fan' as FanId, jti: 'j', iat: seconds, exp: seconds + 600, number: 1, aud: sale };
  const pass = signPass(passKeys, claims);
  const fixed = [
    signPass(strangersKeys, claims),
    signPass(passKeys, { ...claims, aud: 'sale-2' as SaleId }),
    signPass(passKeys, { ...claims, iss: 'https://elsewhere.example' }),
    signPass(passKeys, { ...claims, exp: seconds }),
    signPass(passKeys, { ...claims, iat: seconds + 60 }),
  ];
  let taken = 0;
  for (const change of changes(10_000)) {
    const attack = change % 4 === 0 ? (fixed[change % fixed.length] as string) : alter(pass, change);
    if (attack === pass) continue;
    if (verifyPass(passKeys.verifying, attack, { issuer, saleId: sale, now }).kind === 'valid') taken++;
  }
  expect(taken).toBe(0);
  expect(openFan(keys, sealFan(keys, 'fan' as FanId, now - FAN_TOKEN_MAX_AGE_SECONDS * 1000 - 1000), now)).toBeNull();
});
