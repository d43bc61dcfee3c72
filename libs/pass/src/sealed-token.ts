// The common form of our HMAC tokens: `kid.payload.mac`, each part base64url. The code is taken over the text as it
// stands, so that a token has exactly one spelling and nothing is decoded before it is known to be ours.
import { timingSafeEqual } from 'node:crypto';
import type { TokenKey, TokenKeys } from './token-keys.ts';

/** What a token is for goes into its code: a fan token can never pass as a place token. */
export type TokenPurpose = 'place' | 'fan' | 'move' | 'identity';

const TOKEN_LENGTH_MAX = 512;
const TEXT_LENGTH_MAX = 384; // what is longer would be refused as a token
const scratch = Buffer.alloc(3 * TEXT_LENGTH_MAX); // three bytes at most for a character of a JavaScript string

export function sealToken(keys: TokenKeys, purpose: TokenPurpose, fields: readonly (string | number)[]): string {
  return sealText(keys, purpose, JSON.stringify(fields));
}

/** As sealToken, for who seals thousands a second and writes the JSON of the fields by hand. At most 384 characters. */
export function sealText({ sealing }: TokenKeys, purpose: TokenPurpose, json: string): string {
  if (json.length > TEXT_LENGTH_MAX) throw new RangeError(`a token seals at most ${TEXT_LENGTH_MAX} characters`);
  const payload = scratch.toString('base64url', 0, scratch.write(json));
  return `${sealing.kid}.${payload}.${codeOf(sealing, purpose, payload)}`;
}

const PLAIN = /^[A-Za-z0-9_.~:-]*$/;

/** A string in JSON; ours are nearly always plain, and asking for that is cheaper than escaping. */
export function jsonText(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
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
