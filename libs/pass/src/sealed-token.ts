// The common form of our HMAC tokens: `kid.payload.mac`, each part base64url. The code is taken over the text as it
// stands, so that a token has exactly one spelling and nothing is decoded before it is known to be ours.
import { timingSafeEqual } from 'node:crypto';
import type { TokenKey, TokenKeys } from './token-keys.ts';

/** What a token is for goes into its code: a fan token can never pass as a place token. */
export type TokenPurpose = 'place' | 'fan' | 'move' | 'identity';

const TOKEN_LENGTH_MAX = 512;

export function sealToken(keys: TokenKeys, purpose: TokenPurpose, fields: readonly (string | number)[]): string {
  const payload = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${keys.sealing.kid}.${payload}.${codeOf(keys.sealing, purpose, payload)}`;
}

/** The fields of a token sealed under one of our keys for this purpose, else null. */
export function openToken(keys: TokenKeys, purpose: TokenPurpose, token: string): readonly unknown[] | null {
  if (token.length > TOKEN_LENGTH_MAX) return null;
  const [kid, payload, code, more] = token.split('.');
  if (kid === undefined || payload === undefined || code === undefined || more !== undefined) return null;
  const key = keys.byKid.get(kid);
  if (key === undefined || !sameText(code, codeOf(key, purpose, payload))) return null;
  const fields: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return Array.isArray(fields) ? fields : null;
}

function codeOf(key: TokenKey, purpose: TokenPurpose, payload: string): string {
  return key.hmac(`onsale-${purpose}-v1\n${key.kid}.${payload}`);
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
