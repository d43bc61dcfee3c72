// My place: look at it, say that I am still there, give it up.
import type { PlaceView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { type Clock, ProblemError } from '@onsale/runtime';
import {
  checkIn,
  identityDigest,
  type LineRedis,
  leaveLine,
  type PlaceStanding,
  presentUntil,
  readPlace,
} from '@onsale/waiting-room-redis';
import type { KnownLines } from '../line/known-lines.ts';
import { phaseOf } from '../sales/doors.ts';
import type { KnownSale, KnownSales } from '../sales/known-sales.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { ShownPlace } from './credentials.ts';
import { placeView, type Standing } from './place-view.ts';
import { silenceAllowedMs } from './silence-allowed.ts';

export type PlaceDeps = {
  readonly sales: KnownSales;
  readonly lines: KnownLines;
  readonly line: LineRedis;
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
};

/** When Redis is away, one who waits is answered from the token and the last document. */
export async function seePlace(deps: PlaceDeps, shown: ShownPlace): Promise<PlaceView> {
  const known = await knownSale(deps, shown.claim.saleId);
  const standing = await readPlace(deps.line, placeRef(known, shown)).catch(() => null);
  if (standing?.kind === 'place') return viewOf(deps, { known, shown, standing });
  return viewOf(deps, { known, shown, standing: lastKnownStanding(deps, known, shown) });
}

export async function checkInPlace(deps: PlaceDeps, shown: ShownPlace): Promise<PlaceView> {
  const known = await knownSale(deps, shown.claim.saleId);
  const ref = placeRef(known, shown);
  const document = deps.lines.now(shown.claim.saleId)?.document ?? null;
  const present = presentUntil(deps.clock.now() + silenceAllowedMs(document, ref.number));
  const standing = openStanding(await orUnavailable(checkIn(deps.line, { ...ref, present })));
  if (standing.left) throw new ProblemError('place_gone');
  return viewOf(deps, { known, shown, standing });
}

export async function leavePlace(deps: PlaceDeps, { claim, token }: ShownPlace): Promise<void> {
  const known = await knownSale(deps, claim.saleId);
  const identity = identityDigest(claim.saleId, claim.fanId);
  const outcome = await orUnavailable(leaveLine(deps.line, { ...placeRef(known, { claim, token }), identity }));
  if (outcome.kind === 'blank') throw unavailable('The line is being restored.');
}

export function viewOf(
  { lines, clock, random }: Pick<PlaceDeps, 'lines' | 'clock' | 'random'>,
  { known, shown, standing }: { known: KnownSale; shown: ShownPlace; standing: Standing },
): PlaceView {
  return placeView({
    shown,
    number: known.numberOf(shown.claim.index),
    standing,
    phase: phaseOf(known, clock.now()),
    document: lines.now(shown.claim.saleId)?.document ?? null,
    random: random(),
  });
}

export async function knownSale({ sales }: Pick<PlaceDeps, 'sales'>, saleId: SaleId): Promise<KnownSale> {
  const known = await orUnavailable(sales.find(saleId));
  if (known === null) throw new ProblemError('not_found');
  return known;
}

export function placeRef(known: KnownSale, { claim: { saleId, index } }: ShownPlace) {
  return { saleId, index, number: known.numberOf(index) };
}

function openStanding(standing: PlaceStanding): Standing {
  if (standing.kind === 'blank') throw unavailable('The line is being restored; your place is safe.');
  return standing;
}

/** Only for those who wait for sure; whoever may have been called must not be told to go on waiting. */
function lastKnownStanding({ lines }: PlaceDeps, known: KnownSale, { claim }: ShownPlace): Standing {
  const document = lines.now(claim.saleId)?.document;
  const number = known.numberOf(claim.index);
  if (document === undefined || (number !== null && number <= document.served)) {
    throw unavailable('The line is being restored; your place is safe.');
  }
  const { epoch, served } = document;
  return { epoch, served, left: false, callExpiresAt: null, slotExpiresAt: null };
}
