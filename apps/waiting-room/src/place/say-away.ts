// The page was closed: its fan is forgiven no longer than a reload takes. Never more than a hint: the place stays, and
// whoever is back, or has another tab open, is there again with the next check-in.
import { AWAY_FORGIVEN_SECONDS } from '@onsale/domain';
import { goAway, presentUntil } from '@onsale/waiting-room-redis';
import { orUnavailable } from '../unavailable.ts';
import type { ShownPlace } from './credentials.ts';
import { knownSale, type PlaceDeps, placeRef } from './see-place.ts';

export async function sayAway(deps: PlaceDeps, shown: ShownPlace): Promise<void> {
  const { saleId, index, number } = placeRef(await knownSale(deps, shown.claim.saleId), shown);
  if (number === null) return; // before the draw nobody is ahead of anybody
  const present = presentUntil(deps.clock.now() + AWAY_FORGIVEN_SECONDS * 1000);
  const { version } = shown.claim;
  await orUnavailable(goAway(deps.line, { saleId, index, number, present, version }));
}
