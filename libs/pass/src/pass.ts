// The pass: a JWT (RFC 7519, EdDSA as in RFC 8037) that opens the shop of one sale to one fan for the life of a slot.
// Verified with the public keys alone; no store is asked.
import { sign, verify } from 'node:crypto';
import type { FanId, SaleId } from '@onsale/domain';
import type { PassKeys, PassPublicKeys } from './pass-keys.ts';

export type PassClaims = {
  /** Who issued it: the public address of the installation. */
  readonly iss: string;
  readonly aud: SaleId;
  readonly sub: FanId;
  readonly jti: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  /** The fan's number in the line. */
  readonly number: number;
  /** The access code the fan joined with: limits and allocations by code need no look-up. */
  readonly code?: PassCode;
  /** How the fan came in when not through the line, as allocations name it: `box_office`, a partner. */
  readonly channel?: string;
};

export type PassCode = { readonly codeSetId: string; readonly codeId: string };

export type PassVerdict =
  | { readonly kind: 'valid'; readonly claims: PassClaims }
  | { readonly kind: 'invalid'; readonly reason: 'malformed' | 'unknown_key' | 'forged' | 'expired' | 'other_sale' };

const PASS_LENGTH_MAX = 2048;
const CLOCK_SKEW_SECONDS = 2; // between the machine that issued and the one that verifies

export function signPass(keys: PassKeys, claims: PassClaims): string {
  const header = encode({ alg: 'EdDSA', typ: 'JWT', kid: keys.signing.kid });
  const signed = `${header}.${encode(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), keys.signing.privateKey).toString('base64url')}`;
}

/** `now` in milliseconds since 1970. A pass is valid up to, not including, the second `exp`. */
export function verifyPass(
  keys: PassPublicKeys,
  pass: string,
  expected: { readonly issuer: string; readonly saleId: SaleId; readonly now: number },
): PassVerdict {
  const verdict = verifyAnyPass(keys, pass, expected);
  if (verdict.kind === 'valid' && verdict.claims.aud !== expected.saleId) {
    return { kind: 'invalid', reason: 'other_sale' };
  }
  return verdict;
}

/** As verifyPass, for whoever takes passes of every sale: the caller looks at `aud` itself. */
export function verifyAnyPass(
  keys: PassPublicKeys,
  pass: string,
  expected: { readonly issuer: string; readonly now: number },
): PassVerdict {
  const [head, body, signature, more] = pass.length > PASS_LENGTH_MAX ? [] : pass.split('.');
  if (head === undefined || body === undefined || signature === undefined || more !== undefined) {
    return { kind: 'invalid', reason: 'malformed' };
  }
  const header = decode(head);
  if (header?.alg !== 'EdDSA' || header.typ !== 'JWT' || typeof header.kid !== 'string') {
    return { kind: 'invalid', reason: 'malformed' };
  }
  const key = keys.get(header.kid);
  if (key === undefined) return { kind: 'invalid', reason: 'unknown_key' };
  const bytes = Buffer.from(signature, 'base64url');
  // The signature must be spelled canonically, else one pass would have several spellings.
  if (bytes.toString('base64url') !== signature || !verify(null, Buffer.from(`${head}.${body}`), key, bytes)) {
    return { kind: 'invalid', reason: 'forged' };
  }
  return judgeClaims(decode(body), expected);
}

function judgeClaims(
  claims: Record<string, unknown> | null,
  { issuer, now }: { readonly issuer: string; readonly now: number },
): PassVerdict {
  if (!isPassClaims(claims)) return { kind: 'invalid', reason: 'malformed' };
  if (claims.iss !== issuer) return { kind: 'invalid', reason: 'other_sale' };
  const seconds = now / 1000;
  if (seconds >= claims.exp || claims.iat > seconds + CLOCK_SKEW_SECONDS) return { kind: 'invalid', reason: 'expired' };
  return { kind: 'valid', claims };
}

function isPassClaims(claims: Record<string, unknown> | null): claims is PassClaims & Record<string, unknown> {
  if (claims === null) return false;
  const { iss, aud, sub, jti, iat, exp, number, code, channel } = claims;
  return (
    [iss, aud, sub, jti].every((text) => typeof text === 'string') &&
    [iat, exp, number].every((value) => typeof value === 'number') &&
    (code === undefined || isPassCode(code)) &&
    (channel === undefined || typeof channel === 'string')
  );
}

function isPassCode(code: unknown): code is PassCode {
  if (typeof code !== 'object' || code === null) return false;
  const { codeSetId, codeId } = code as Record<string, unknown>;
  return typeof codeSetId === 'string' && typeof codeId === 'string';
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
