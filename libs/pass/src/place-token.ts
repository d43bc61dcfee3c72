// A place is self-certifying: the token alone proves which index of which sale belongs to which identity, so that a
// place outlives the store that counted it.
import type { FanId, SaleId } from '@onsale/domain';
import { openToken, sealToken } from './sealed-token.ts';
import type { TokenKeys } from './token-keys.ts';

export type PlaceClaim = {
  readonly saleId: SaleId;
  /** Order of joining, 0-based. */
  readonly index: number;
  readonly fanId: FanId;
  /** The epoch of the line in which the place was taken. */
  readonly epoch: number;
  /** When the place was taken, milliseconds since 1970. */
  readonly joinedAt: number;
};

export function sealPlace(keys: TokenKeys, claim: PlaceClaim): string {
  return sealToken(keys, 'place', [claim.saleId, claim.index, claim.fanId, claim.epoch, claim.joinedAt]);
}

/** The claim of a token we sealed, of whatever sale; null for any other text. */
export function openAnyPlace(keys: TokenKeys, token: string): PlaceClaim | null {
  const [saleId, index, fanId, epoch, joinedAt] = openToken(keys, 'place', token) ?? [];
  if (typeof saleId !== 'string' || typeof fanId !== 'string') return null;
  if (typeof index !== 'number' || typeof epoch !== 'number' || typeof joinedAt !== 'number') return null;
  return { saleId: saleId as SaleId, index, fanId: fanId as FanId, epoch, joinedAt };
}

/** The claim of a token we sealed for this sale; null for any other text. */
export function openPlace(keys: TokenKeys, token: string, saleId: SaleId): PlaceClaim | null {
  const claim = openAnyPlace(keys, token);
  return claim?.saleId === saleId ? claim : null;
}
