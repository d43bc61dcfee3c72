// What follows once the line has given an index: the sealed tokens of the place and of its fan, and what the fan sees.
import type { PlaceView } from '@onsale/contracts';
import type { FanId } from '@onsale/domain';
import { sealFan, sealPlace, type TokenKeys } from '@onsale/pass';
import { type CodeRef, readPlace } from '@onsale/waiting-room-redis';
import { codeOf } from '../codes/join-against-code.ts';
import type { ShownPlace } from '../place/credentials.ts';
import type { Standing } from '../place/place-view.ts';
import { type PlaceDeps, placeRef, viewOf } from '../place/see-place.ts';
import type { KnownSale } from '../sales/known-sales.ts';
import { orUnavailable } from '../unavailable.ts';
import type { Joined } from './join-queue.ts';

export type TakePlaceDeps = PlaceDeps & { readonly keys: TokenKeys };

export type JoinedPlace = Extract<Joined, { kind: 'joined' }> & { readonly code?: CodeRef | null };
export type Joining = { readonly known: KnownSale; readonly fanId: FanId; readonly joined: JoinedPlace };
export type JoinOutcome = {
  readonly isNew: boolean;
  readonly fanId: FanId;
  readonly view: PlaceView;
  readonly fanToken: string;
};

export async function takePlace(deps: TakePlaceDeps, joining: Joining): Promise<JoinOutcome> {
  if (joining.joined.isNew) return takeNewPlace(deps, joining);
  const shown = sealJoined(deps, joining);
  return outcomeOf(deps, joining, { shown, standing: await standingNow(deps, joining, shown) });
}

/** Asks nobody: a place that is new cannot have been called yet. */
export function takeNewPlace(deps: TakePlaceDeps, joining: Joining): JoinOutcome {
  const { index, epoch } = joining.joined;
  const shown = sealJoined(deps, joining);
  return outcomeOf(deps, joining, { shown, standing: untouched(epoch, Math.min(servedOf(deps, joining), index)) });
}

function sealJoined({ keys, clock }: TakePlaceDeps, { known, fanId, joined }: Joining): ShownPlace {
  const { index, epoch } = joined;
  const code = codeOf(known, joined);
  const claim = { saleId: known.sale._id, index, fanId, epoch, joinedAt: clock.now(), version: 0, code };
  return { claim, token: sealPlace(keys, claim) };
}

async function standingNow(deps: TakePlaceDeps, joining: Joining, shown: ShownPlace): Promise<Standing> {
  const standing = await orUnavailable(readPlace(deps.line, placeRef(joining.known, shown)));
  return standing.kind === 'place' ? standing : untouched(joining.joined.epoch, servedOf(deps, joining));
}

function outcomeOf(
  deps: TakePlaceDeps,
  { known, fanId, joined }: Joining,
  { shown, standing }: { readonly shown: ShownPlace; readonly standing: Standing },
): JoinOutcome {
  const view = viewOf(deps, { known, shown, standing });
  return { isNew: joined.isNew, fanId, view, fanToken: sealFan(deps.keys, fanId, deps.clock.now()) };
}

function servedOf({ lines }: TakePlaceDeps, { known }: Joining): number {
  return lines.now(known.sale._id)?.document.served ?? 0;
}

/** Written out, for a spread would give each object a shape of its own, and make every look at it slow. */
function untouched(epoch: number, served: number): Standing {
  return {
    epoch,
    served,
    left: false,
    callExpiresAt: null,
    slotExpiresAt: null,
    back: false,
    version: 0,
    deferredUntil: null,
    deferrals: 0,
  };
}
