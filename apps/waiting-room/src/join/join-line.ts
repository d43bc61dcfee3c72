// Joining the line of a sale: one place for each identity, the same one however often it asks.
import type { JoinBody, JoinedView } from '@onsale/contracts';
import { type FanId, maySignUpAs, type SaleId } from '@onsale/domain';
import { newFanId, sealFan, sealPlace, type TokenKeys } from '@onsale/pass';
import { ProblemError } from '@onsale/runtime';
import { type CodeRef, identityDigest, readPlace } from '@onsale/waiting-room-redis';
import {
  type CodedJoinDeps,
  codeOf,
  joinAgainstCode,
  OPENING_PAUSE_MS,
  OPENING_TRIES,
} from '../codes/join-against-code.ts';
import type { ShownPlace } from '../place/credentials.ts';
import type { Standing } from '../place/place-view.ts';
import { knownSale, placeRef, viewOf } from '../place/see-place.ts';
import type { Asker, JoinGuard } from '../protect/join-guard.ts';
import { type Doors, doorsOf } from '../sales/doors.ts';
import type { KnownSale } from '../sales/known-sales.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { Joined, JoinQueue } from './join-queue.ts';

export type JoinDeps = CodedJoinDeps & {
  readonly queue: Pick<JoinQueue, 'join'>;
  readonly keys: TokenKeys;
  readonly guard: JoinGuard;
};

export type JoinRequest = {
  readonly saleId: SaleId;
  /** Null for a stranger, who becomes a fan now. */
  readonly fanId: FanId | null;
  /** The place the request bears, if any. */
  readonly shown: ShownPlace | null;
  readonly asker: Asker;
  readonly body: JoinBody;
};

export type JoinOutcome = { readonly isNew: boolean; readonly fanId: FanId; readonly view: JoinedView };

/** Of a stranger in a rush nothing is awaited but the batch that travels to Redis. */
export async function joinTheLine(deps: JoinDeps, request: JoinRequest): Promise<JoinOutcome> {
  const { saleId } = request;
  const { known, doors } = openSaleNow(deps, saleId) ?? (await openSale(deps, saleId));
  const fanId = request.fanId ?? newFanId();
  const kept = request.shown === null ? null : await keptPlace(deps, { known, fanId, shown: request.shown });
  if (kept !== null) return kept;
  const identity = known.sale.identity ?? 'anonymous';
  if (!maySignUpAs(identity, { fanId: request.fanId, saleId })) throw new ProblemError('identity_required');
  const admitted = deps.guard.admit(request);
  const storm = admitted === null ? null : await admitted;
  const { accessCode } = request.body;
  const withCode = doors.needsCode || accessCode !== undefined;
  const joined = withCode
    ? await joinAgainstCode(deps, { known, fanId, phaseId: doors.phaseId, body: request.body })
    : await orUnavailable(joinWhenOpen(deps, saleId, fanId));
  const now = deps.clock.now();
  const { index, epoch } = joined;
  if (storm !== null && joined.isNew) await storm.note(index);
  const claim = { saleId, index, fanId, epoch, joinedAt: now, version: 0, code: codeOf(known, joined) };
  const shown = { claim, token: sealPlace(deps.keys, claim) };
  const standing = freshStanding(deps, { shown, joined }) ?? (await standingAfterJoin(deps, { known, shown, joined }));
  const view = viewOf(deps, { known, shown, standing });
  return { isNew: joined.isNew, fanId, view: { ...view, fanToken: sealFan(deps.keys, fanId, now) } };
}

/** Null when the sale is not known yet or its doors are not open. */
function openSaleNow({ sales, clock }: JoinDeps, saleId: SaleId): OpenSale | null {
  const known = sales.now(saleId);
  if (known === null) return null;
  const doors = doorsOf(known, clock.now());
  return doors.kind === 'open' ? { known, doors } : null;
}

/** The sale, once its doors are open. Throws 404, or 409 with the time of opening. */
async function openSale(deps: JoinDeps, saleId: SaleId): Promise<OpenSale> {
  let known = await knownSale(deps, saleId);
  for (let attempt = 0; attempt < OPENING_TRIES; attempt++) {
    const doors = doorsOf(known, deps.clock.now());
    if (doors.kind === 'open') return { known, doors };
    if (doors.kind === 'closed') {
      const { detail, opensInSeconds } = doors;
      throw new ProblemError('sale_not_open', {
        detail,
        ...(opensInSeconds !== null && { retryAfterSeconds: opensInSeconds }),
      });
    }
    await deps.sleep(OPENING_PAUSE_MS);
    known = (await orUnavailable(deps.sales.look(saleId))) ?? known;
  }
  throw unavailable('The waiting room is about to open.');
}

type Kept = { known: KnownSale; fanId: FanId; shown: ShownPlace };

/** A place the fan shows counts even when Redis has forgotten who joined. One that was left does not. */
async function keptPlace(deps: JoinDeps, { known, fanId, shown }: Kept): Promise<JoinOutcome | null> {
  if (shown.claim.fanId !== fanId) return null;
  const standing = await orUnavailable(readPlace(deps.line, placeRef(known, shown)));
  if (standing.kind === 'blank' || standing.left) return null;
  const view = viewOf(deps, { known, shown, standing });
  return { isNew: false, fanId, view: { ...view, fanToken: sealFan(deps.keys, fanId, deps.clock.now()) } };
}

type OpenSale = { readonly known: KnownSale; readonly doors: Extract<Doors, { kind: 'open' }> };
type JoinedPlace = Extract<Joined, { kind: 'joined' }> & { readonly code?: CodeRef | null };

async function joinWhenOpen({ queue, sleep }: JoinDeps, saleId: SaleId, fanId: FanId): Promise<JoinedPlace> {
  const identity = identityDigest(saleId, fanId);
  for (let attempt = 0; attempt < OPENING_TRIES; attempt++) {
    const joined = await queue.join(saleId, identity);
    if (joined.kind === 'joined') return joined;
    await sleep(OPENING_PAUSE_MS);
  }
  throw unavailable('The line is being restored.');
}

type AfterJoin = { known: KnownSale; shown: ShownPlace; joined: JoinedPlace };

/** A new place cannot have been called yet, so nobody need be asked; null for one that is not new. */
function freshStanding({ lines }: JoinDeps, { shown, joined }: Omit<AfterJoin, 'known'>): Standing | null {
  if (!joined.isNew) return null;
  const served = lines.now(shown.claim.saleId)?.document.served ?? 0;
  return { ...UNTOUCHED, epoch: joined.epoch, served: Math.min(served, joined.index) };
}

async function standingAfterJoin({ line, lines }: JoinDeps, { known, shown, joined }: AfterJoin): Promise<Standing> {
  const standing = await orUnavailable(readPlace(line, placeRef(known, shown)));
  if (standing.kind === 'place') return standing;
  const served = lines.now(shown.claim.saleId)?.document.served ?? 0;
  return { ...UNTOUCHED, epoch: joined.epoch, served };
}

const AS_JOINED = { version: 0, deferredUntil: null, deferrals: 0 };
const UNTOUCHED = { left: false, callExpiresAt: null, slotExpiresAt: null, back: false, ...AS_JOINED };
