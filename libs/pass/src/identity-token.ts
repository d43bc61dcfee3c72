// The link in a mail that proves a mailbox: who opens it has read mail to that address. Of one sale, or of all.
import type { SaleId } from '@onsale/domain';
import { openToken, sealToken } from './sealed-token.ts';
import type { TokenKeys } from './token-keys.ts';

export const IDENTITY_LINK_SECONDS = 3600; // mail may be slow, and a stranger who finds it later shall not be the fan

/** `saleId` null for all sales. */
export type IdentityClaim = { readonly email: string; readonly saleId: SaleId | null };

/** `now` in milliseconds since 1970. */
export function sealIdentity(keys: TokenKeys, { email, saleId }: IdentityClaim, now: number): string {
  return sealToken(keys, 'identity', [email, saleId ?? '', Math.floor(now / 1000) + IDENTITY_LINK_SECONDS]);
}

/** Null for any text we did not seal, and when its time is over. */
export function openIdentity(keys: TokenKeys, token: string, now: number): IdentityClaim | null {
  const [email, saleId, expiresAt] = openToken(keys, 'identity', token) ?? [];
  if (typeof email !== 'string' || typeof saleId !== 'string' || typeof expiresAt !== 'number') return null;
  return now / 1000 >= expiresAt ? null : { email, saleId: saleId === '' ? null : (saleId as SaleId) };
}
