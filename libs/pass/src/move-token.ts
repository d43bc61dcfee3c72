// A link that moves a place to another device: who bears it within its few minutes may take the place over, once. It names
// the version of the place it moves, and taking it over raises that version; it names the epoch, so that a line which
// was lost, and forgot which links were used, takes none of the old ones.
import type { FanId, SaleId } from '@onsale/domain';
import type { PassCode } from './pass.ts';
import type { PlaceClaim } from './place-token.ts';
import { openToken, sealToken } from './sealed-token.ts';
import type { TokenKeys } from './token-keys.ts';

export const MOVE_LINK_SECONDS = 5 * 60; // long enough to find the other device, too short to be passed on

export type MoveClaim = Omit<PlaceClaim, 'epoch'> & {
  /** The epoch of the line when the link was made. */
  readonly linkEpoch: number;
};

/** `now` in milliseconds since 1970. */
export function sealMove(keys: TokenKeys, claim: MoveClaim, now: number): string {
  const { saleId, index, fanId, joinedAt, version, code, linkEpoch } = claim;
  const expiresAt = Math.floor(now / 1000) + MOVE_LINK_SECONDS;
  const ofCode = code === null ? [] : [code.codeSetId, code.codeId];
  return sealToken(keys, 'move', [saleId, index, fanId, joinedAt, version, linkEpoch, expiresAt, ...ofCode]);
}

/** The claim of a link we sealed for this sale and whose time is not over; null for any other text. */
export function openMove(
  keys: TokenKeys,
  token: string,
  { saleId, now }: { readonly saleId: SaleId; readonly now: number },
): MoveClaim | null {
  const [sale, index, fanId, joinedAt, version, linkEpoch, expiresAt, codeSetId, codeId] =
    openToken(keys, 'move', token) ?? [];
  if (sale !== saleId || typeof fanId !== 'string') return null;
  const figures = [index, joinedAt, version, linkEpoch, expiresAt];
  if (!figures.every((figure): figure is number => typeof figure === 'number')) return null;
  if (now / 1000 >= Number(expiresAt)) return null;
  const code: PassCode | null =
    typeof codeSetId === 'string' && typeof codeId === 'string' ? { codeSetId, codeId } : null;
  return {
    saleId,
    index: Number(index),
    fanId: fanId as FanId,
    joinedAt: Number(joinedAt),
    version: Number(version),
    linkEpoch: Number(linkEpoch),
    code,
  };
}
