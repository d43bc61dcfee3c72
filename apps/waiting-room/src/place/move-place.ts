// A place moves to another device: the one that has it makes a link, another takes it over, and the former one sees that
// and may take it back. It stays the place of the same fan, so that limits and bookings stay one fan's.
import type { JoinedView, MoveLinkView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import {
  MOVE_LINK_SECONDS,
  openMove,
  type PlaceClaim,
  sealFan,
  sealMove,
  sealPlace,
  type TokenKeys,
} from '@onsale/pass';
import { ProblemError } from '@onsale/runtime';
import { readPlace, type TakeOver, takeOver } from '@onsale/waiting-room-redis';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { ShownPlace } from './credentials.ts';
import { isMoved } from './place-view.ts';
import { knownSale, type PlaceDeps, placeRef, seePlace } from './see-place.ts';

export type MoveDeps = PlaceDeps & {
  readonly keys: TokenKeys;
  /** Without a slash at the end. */
  readonly publicUrl: string;
};

export async function makeMoveLink(deps: MoveDeps, shown: ShownPlace): Promise<MoveLinkView> {
  const { saleId } = shown.claim;
  const known = await knownSale(deps, saleId);
  const standing = await orUnavailable(readPlace(deps.line, placeRef(known, shown)));
  if (standing.kind === 'blank') throw unavailable('The line is being restored; your place is safe.');
  if (standing.left) throw new ProblemError('place_gone');
  if (isMoved(shown, standing)) throw new ProblemError('place_moved');
  const now = deps.clock.now();
  const moveToken = sealMove(deps.keys, { ...shown.claim, linkEpoch: standing.epoch }, now);
  return {
    moveToken,
    // Behind the #, so that no server, log or referrer ever has it.
    url: `${deps.publicUrl}/sales/${saleId}#move=${moveToken}`,
    expiresAt: new Date((Math.floor(now / 1000) + MOVE_LINK_SECONDS) * 1000).toISOString(),
  };
}

export async function takeOverPlace(
  deps: MoveDeps,
  { saleId, moveToken }: { readonly saleId: SaleId; readonly moveToken: string },
): Promise<JoinedView> {
  await knownSale(deps, saleId);
  const link = openMove(deps.keys, moveToken, { saleId, now: deps.clock.now() });
  if (link === null) throw new ProblemError('move_link_invalid');
  const { linkEpoch, ...claim } = link;
  return place(deps, { ...claim, epoch: linkEpoch }, linkEpoch);
}

/** By the device that had it: its place token still proves whose place it is. */
export async function takeBackPlace(deps: MoveDeps, { claim }: ShownPlace): Promise<JoinedView> {
  await knownSale(deps, claim.saleId);
  return place(deps, claim, null);
}

async function place(deps: MoveDeps, claim: PlaceClaim, linkEpoch: TakeOver['linkEpoch']): Promise<JoinedView> {
  const { saleId, index, version } = claim;
  const outcome = await orUnavailable(takeOver(deps.line, { saleId, index, version, linkEpoch }));
  if (outcome.kind === 'used') throw new ProblemError('move_link_invalid');
  if (outcome.kind === 'gone') throw new ProblemError('place_gone');
  if (outcome.kind === 'too_often') throw new ProblemError('conflict', { detail: 'This place has moved too often.' });
  if (outcome.kind === 'blank') throw unavailable('The line is being restored; your place is safe.');
  const moved = { ...claim, version: outcome.version, epoch: outcome.epoch };
  const view = await seePlace(deps, { claim: moved, token: sealPlace(deps.keys, moved) });
  return { ...view, fanToken: sealFan(deps.keys, claim.fanId, deps.clock.now()) };
}
