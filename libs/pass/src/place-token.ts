// A place is self-certifying: the token alone proves which index of which sale belongs to which identity, so that a
// place outlives the store that counted it.
import type { FanId, SaleId } from '@onsale/domain';
import type { PassCode } from './pass.ts';
import { jsonText, openToken, sealText } from './sealed-token.ts';
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
  /** How often the place has moved to another device; only the highest version of a place counts. */
  readonly version: number;
  /** The access code the place was taken with; null without one. */
  readonly code: PassCode | null;
};

export function sealPlace(keys: TokenKeys, claim: PlaceClaim): string {
  const { saleId, index, fanId, epoch, joinedAt, version, code } = claim;
  const ofCode = code === null ? '' : `,${jsonText(code.codeSetId)},${jsonText(code.codeId)}`;
  const json = `[${jsonText(saleId)},${index},${jsonText(fanId)},${epoch},${joinedAt},${version}${ofCode}]`;
  return sealText(keys, 'place', json);
}

/** The claim of a token we sealed, of whatever sale; null for any other text. */
export function openAnyPlace(keys: TokenKeys, token: string): PlaceClaim | null {
  // A token from before places could move has no version.
  const [saleId, index, fanId, epoch, joinedAt, version = 0, ...ofCode] = openToken(keys, 'place', token) ?? [];
  if (typeof saleId !== 'string' || typeof fanId !== 'string') return null;
  if (typeof index !== 'number' || typeof epoch !== 'number' || typeof joinedAt !== 'number') return null;
  if (typeof version !== 'number') return null;
  return { saleId: saleId as SaleId, index, fanId: fanId as FanId, epoch, joinedAt, version, code: codeOf(ofCode) };
}

/** The claim of a token we sealed for this sale; null for any other text. */
export function openPlace(keys: TokenKeys, token: string, saleId: SaleId): PlaceClaim | null {
  const claim = openAnyPlace(keys, token);
  return claim?.saleId === saleId ? claim : null;
}

function codeOf([codeSetId, codeId]: readonly unknown[]): PassCode | null {
  return typeof codeSetId === 'string' && typeof codeId === 'string' ? { codeSetId, codeId } : null;
}
