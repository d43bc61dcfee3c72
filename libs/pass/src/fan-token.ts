// Who a fan is to us: a random id in a sealed token, kept in a cookie or sent as `Authorization: Fan`.
import { randomFillSync } from 'node:crypto';
import type { FanId } from '@onsale/domain';
import { jsonText, openToken, sealText } from './sealed-token.ts';
import type { TokenKeys } from './token-keys.ts';

export const FAN_TOKEN_MAX_AGE_SECONDS = 400 * 24 * 3600; // browsers keep no cookie longer

const FAN_ID_BYTES = 16;
const pool = Buffer.alloc(256 * FAN_ID_BYTES); // randomness is cheaper by the block
let used = pool.length;

export function newFanId(): FanId {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += FAN_ID_BYTES;
  return pool.toString('base64url', used - FAN_ID_BYTES, used) as FanId;
}

/** `now` in milliseconds since 1970. */
export function sealFan(keys: TokenKeys, fanId: FanId, now: number): string {
  return sealText(keys, 'fan', `[${jsonText(fanId)},${Math.floor(now / 1000)}]`);
}

/** The fan of a token we sealed and that has not grown too old; null for any other text. */
export function openFan(keys: TokenKeys, token: string, now: number): FanId | null {
  const [fanId, issuedAt] = openToken(keys, 'fan', token) ?? [];
  if (typeof fanId !== 'string' || typeof issuedAt !== 'number') return null;
  return now / 1000 - issuedAt > FAN_TOKEN_MAX_AGE_SECONDS ? null : (fanId as FanId);
}
