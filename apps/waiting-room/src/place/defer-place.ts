// A fan lets others go first for some minutes, or is back before they are over.
import type { PlaceView } from '@onsale/contracts';
import { ProblemError } from '@onsale/runtime';
import { deferPlace } from '@onsale/waiting-room-redis';
import { phaseOf } from '../sales/doors.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { ShownPlace } from './credentials.ts';
import { knownSale, type PlaceDeps, placeRef, seePlace } from './see-place.ts';

/** `minutes` 0 ends it now. */
export async function letOthersGoFirst(deps: PlaceDeps, shown: ShownPlace, minutes: number): Promise<PlaceView> {
  const known = await knownSale(deps, shown.claim.saleId);
  if (phaseOf(known, deps.clock.now()) === 'closed') throw new ProblemError('sale_not_open');
  const { saleId, index, number } = placeRef(known, shown);
  if (number === null) throw new ProblemError('conflict', { detail: 'Before the draw nobody stands before anybody.' });
  const { version } = shown.claim;
  const outcome = await orUnavailable(
    deferPlace(deps.line, { saleId, index, number, version, forMs: minutes * 60_000 }),
  );
  if (outcome.kind === 'gone') throw new ProblemError('place_gone');
  if (outcome.kind === 'moved') throw new ProblemError('place_moved');
  if (outcome.kind === 'blank') throw unavailable('The line is being restored; your place is safe.');
  if (outcome.kind === 'inside') throw new ProblemError('conflict', { detail: 'You are in the shop already.' });
  if (outcome.kind === 'missed') throw new ProblemError('conflict', { detail: 'Your turn is over.' });
  if (outcome.kind === 'spent') {
    throw new ProblemError('rule_violated', { detail: 'You have let others go first as often as a place may.' });
  }
  return seePlace(deps, shown);
}
