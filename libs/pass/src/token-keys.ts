// The HMAC keys under which place and fan tokens are sealed. Several at once, so that a key can be rotated without
// anybody losing a place: the first seals, all open.
import { type TextHmac, textHmac } from './text-hmac.ts';

export type TokenKey = { readonly kid: string; readonly hmac: TextHmac };

export type TokenKeys = {
  readonly sealing: TokenKey;
  readonly byKid: ReadonlyMap<string, TokenKey>;
};

const KEY = /^([A-Za-z0-9_-]{1,16}):([0-9a-fA-F]+)$/;
const SECRET_BYTES_MIN = 32; // the strength of HMAC-SHA256; a shorter key would be the weakest part

/** Reads `kid:hex,kid:hex` (ONSALE_TOKEN_KEYS). Throws RangeError that says which key is wrong, never its secret. */
export function parseTokenKeys(text: string): TokenKeys {
  const keys = text.split(',').map((entry, position) => parseKey(entry.trim(), position));
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  const [sealing] = keys;
  if (sealing === undefined || byKid.size !== keys.length) throw new RangeError('two token keys have the same id');
  return { sealing, byKid };
}

function parseKey(entry: string, position: number): TokenKey {
  const [, kid, hex] = KEY.exec(entry) ?? [];
  if (kid === undefined || hex === undefined) throw new RangeError(`token key ${position + 1} is not kid:hex`);
  const secret = Buffer.from(hex, 'hex');
  if (hex.length % 2 !== 0 || secret.length < SECRET_BYTES_MIN) {
    throw new RangeError(`token key ${position + 1} (${kid}) needs at least ${SECRET_BYTES_MIN} bytes of hex`);
  }
  return { kid, hmac: textHmac(secret) };
}
