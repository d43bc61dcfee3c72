// My place: look at it, say that I am still there, give it up.
import type { PlaceView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { type Clock, ProblemError } from '@onsale/runtime';
import {
  type CheckIn,
  checkIn,
  identityDigest,
  type LineRedis,
  leaveLine,
  type PlaceStanding,
  presentUntil,
} from '@onsale/waiting-room-redis';
import type { KnownLines } from '../line/known-lines.ts';
import { phaseOf } from '../sales/doors.ts';
import type { KnownSale, KnownSales } from '../sales/known-sales.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { ShownPlace } from './credentials.ts';
import { isMoved, placeView, type Standing } from './place-view.ts';
import { silenceAllowedMs } from './silence-allowed.ts';

export type PlaceDeps = {
  readonly sales: KnownSales;
  readonly lines: KnownLines;
  readonly line: LineRedis;
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
};

/** Who looks is there. When Redis is away, one who waits is answered from the token and the last document. */
export async function seePlace(deps: PlaceDeps, shown: ShownPlace): Promise<PlaceView> {
  const known = await knownSale(deps, shown.claim.saleId);
  const standing = await checkIn(deps.line, checkInOf(deps, { known, shown, makesGood: false })).catch(() => null);
  if (standing?.kind === 'place') return viewOf(deps, { known, shown, standing });
  return viewOf(deps, { known, shown, standing: lastKnownStanding(deps, known, shown) });
}

export async function checkInPlace(deps: PlaceDeps, shown: ShownPlace): Promise<PlaceView> {
  const known = await knownSale(deps, shown.claim.saleId);
  const outcome = await orUnavailable(checkIn(deps.line, checkInOf(deps, { known, shown, makesGood: true })));
  const standing = openStanding(outcome);
  if (standing.left) throw new ProblemError('place_gone');
  if (isMoved(shown, standing)) throw new ProblemError('place_moved');
  return viewOf(deps, { known, shown, standing });
}

type CheckInFacts = { readonly known: KnownSale; readonly shown: ShownPlace; readonly makesGood: boolean };

function checkInOf({ lines, clock }: PlaceDeps, { known, shown, makesGood }: CheckInFacts): CheckIn {
  const ref = placeRef(known, shown);
  const document = lines.now(ref.saleId)?.document ?? null;
  return {
    ...ref,
    present: presentUntil(clock.now() + silenceAllowedMs(document, ref.number)),
    makesGood,
    version: shown.claim.version,
  };
}

export async function leavePlace(deps: PlaceDeps, { claim, token }: ShownPlace): Promise<void> {
  const known = await knownSale(deps, claim.saleId);
  const identity = identityDigest(claim.saleId, claim.fanId);
  const { version } = claim;
  const outcome = await orUnavailable(
    leaveLine(deps.line, { ...placeRef(known, { claim, token }), identity, version }),
  );
  if (outcome.kind === 'moved') throw new ProblemError('place_moved');
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
  const { version } = claim;
  const untouched = { left: false, callExpiresAt: null, slotExpiresAt: null, back: false };
  return { epoch, served, ...untouched, version, deferredUntil: null, deferrals: 0 };
}
