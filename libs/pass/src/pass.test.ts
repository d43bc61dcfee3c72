import type { FanId, SaleId } from '@onsale/domain';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { type PassClaims, signPass, verifyPass } from './pass.ts';
import { generatePassKeyJwk, parsePassKeys } from './pass-keys.ts';
import { signPayload, verifyPayload } from './signed-payload.ts';

const keys = parsePassKeys(JSON.stringify([generatePassKeyJwk('k1')]));
const saleId = 'sale-1' as SaleId;
const issuer = 'http://localhost:3000';
const claims: PassClaims = {
  iss: issuer,
  aud: saleId,
  sub: 'fan-1' as FanId,
  jti: 'j-1',
  iat: 1000,
  exp: 1600,
  number: 7,
};
const expected = { issuer, saleId, now: 1_200_000 };

test('a pass is valid for its sale until it expires', () => {
  const pass = signPass(keys, claims);
  expect(verifyPass(keys.verifying, pass, expected)).toEqual({ kind: 'valid', claims });
  const at = (now: number) => verifyPass(keys.verifying, pass, { ...expected, now });
  expect(at(1_599_999).kind).toBe('valid');
  expect(at(1_600_000)).toEqual({ kind: 'invalid', reason: 'expired' });
  expect(at(990_000)).toEqual({ kind: 'invalid', reason: 'expired' });
});

test('a pass of another sale or another installation is refused', () => {
  const pass = signPass(keys, claims);
  for (const other of [{ saleId: 'sale-2' as SaleId }, { issuer: 'http://elsewhere' }]) {
    expect(verifyPass(keys.verifying, pass, { ...expected, ...other })).toEqual({
      kind: 'invalid',
      reason: 'other_sale',
    });
  }
});

test('any JOSE library verifies a pass with the published keys', async () => {
  const { payload } = await jwtVerify(signPass(keys, claims), createLocalJWKSet({ keys: [...keys.jwks.keys] }), {
    issuer,
    audience: saleId,
    currentDate: new Date(1_200_000),
  });
  expect(payload).toEqual(claims);
});

test('no character of a pass can be changed, and no other algorithm is taken', () => {
  const pass = signPass(keys, claims);
  for (let i = 0; i < pass.length; i++) {
    const altered = pass.slice(0, i) + (pass[i] === 'A' ? 'B' : 'A') + pass.slice(i + 1);
    expect(verifyPass(keys.verifying, altered, expected).kind).toBe('invalid');
  }
  const [, body] = pass.split('.');
  const none = Buffer.from('{"alg":"none","typ":"JWT","kid":"k1"}').toString('base64url');
  expect(verifyPass(keys.verifying, `${none}.${body}.`, expected)).toEqual({ kind: 'invalid', reason: 'malformed' });
});

test('a pass signed under an unknown key is refused', () => {
  const stranger = parsePassKeys(JSON.stringify([generatePassKeyJwk('k1')]));
  const unknown = parsePassKeys(JSON.stringify([generatePassKeyJwk('k9')]));
  expect(verifyPass(keys.verifying, signPass(stranger, claims), expected)).toEqual({
    kind: 'invalid',
    reason: 'forged',
  });
  expect(verifyPass(keys.verifying, signPass(unknown, claims), expected)).toEqual({
    kind: 'invalid',
    reason: 'unknown_key',
  });
});

test('published keys hold no private part, and a rotated key needs none', () => {
  expect(JSON.stringify(keys.jwks)).not.toContain('"d"');
  const rotated = parsePassKeys(JSON.stringify([generatePassKeyJwk('k2'), ...keys.jwks.keys]));
  expect(verifyPass(rotated.verifying, signPass(keys, claims), expected).kind).toBe('valid');
});

test('a signed payload verifies for its purpose only', () => {
  const signed = signPayload(keys, 'ticket', { ticketId: 't-1' });
  expect(verifyPayload(keys.verifying, 'ticket', signed)).toEqual({ ticketId: 't-1' });
  expect(verifyPayload(keys.verifying, 'door', signed)).toBeNull();
  expect(verifyPayload(keys.verifying, 'ticket', signPass(keys, claims))).toBeNull();
  expect(verifyPass(keys.verifying, signed, expected).kind).toBe('invalid');
  // The middle of the signature: at its end one key in sixteen would sign with just the characters put there.
  const other = signed.at(-40) === 'A' ? 'B' : 'A';
  expect(verifyPayload(keys.verifying, 'ticket', signed.slice(0, -40) + other + signed.slice(-39))).toBeNull();
});

test.each([
  ['{}', /JSON array/],
  ['nonsense', /JSON array/],
  ['[]', /first pass key/],
  ['[{"kty":"RSA"}]', /pass key 1 is not/],
  ['[{"kty":"OKP","crv":"Ed25519","x":"AA","kid":"k"}]', /first pass key must be a private/],
  ['[{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA","kid":"k"}]', /cannot be read/],
])('wrong pass keys are refused: %s', (text, message) => {
  expect(() => parsePassKeys(text)).toThrow(message);
});

test('a pass carries the code and the channel its fan came by, and neither in another shape', () => {
  const carried: PassClaims = { ...claims, code: { codeSetId: 'press', codeId: 'c-1' }, channel: 'box_office' };
  expect(verifyPass(keys.verifying, signPass(keys, carried), expected)).toEqual({ kind: 'valid', claims: carried });
  for (const wrong of [{ code: 'press' }, { code: { codeSetId: 'press' } }, { code: null }, { channel: 7 }]) {
    const pass = signPass(keys, { ...claims, ...wrong } as unknown as PassClaims);
    expect(verifyPass(keys.verifying, pass, expected)).toEqual({ kind: 'invalid', reason: 'malformed' });
  }
});
