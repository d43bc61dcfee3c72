// Joining the line of a sale: one place for each identity, the same one however often it asks.
import type { JoinBody } from '@onsale/contracts';
import { type FanId, maySignUpAs, type SaleId } from '@onsale/domain';
import { newFanId, sealFan, type TokenKeys } from '@onsale/pass';
import { ProblemError } from '@onsale/runtime';
import { identityDigest, readPlace } from '@onsale/waiting-room-redis';
import { type CodedJoinDeps, joinAgainstCode, OPENING_PAUSE_MS, OPENING_TRIES } from '../codes/join-against-code.ts';
import type { ShownPlace } from '../place/credentials.ts';
import { knownSale, placeRef, viewOf } from '../place/see-place.ts';
import type { Asker, JoinGuard, Storm } from '../protect/join-guard.ts';
import { type Doors, doorsOf } from '../sales/doors.ts';
import type { KnownSale } from '../sales/known-sales.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { JoinQueue } from './join-queue.ts';
import { type JoinedPlace, type JoinOutcome, takePlace } from './take-place.ts';

export type JoinDeps = CodedJoinDeps & {
  readonly queue: Pick<JoinQueue, 'join' | 'enter'>;
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

/** For any fan; joinInARush() is the short way of most. */
export async function joinTheLine(deps: JoinDeps, request: JoinRequest): Promise<JoinOutcome> {
  const { saleId } = request;
  const { known, doors } = openSaleNow(deps, saleId) ?? (await openSale(deps, saleId));
  const fanId = request.fanId ?? newFanId();
  const kept = request.shown === null ? null : await keptPlace(deps, { known, fanId, shown: request.shown });
  if (kept !== null) return kept;
  if (!mayJoin(known, request)) throw new ProblemError('identity_required');
  const storm = await deps.guard.admit(request);
  return joinAdmitted(deps, request, { known, doors, fanId, storm });
}

export type Admitted = OpenSale & { readonly fanId: FanId; readonly storm: Storm | null };

/** One whom the guard let pass. */
export async function joinAdmitted(
  deps: JoinDeps,
  { saleId, body }: JoinRequest,
  { known, doors, fanId, storm }: Admitted,
): Promise<JoinOutcome> {
  const { accessCode } = body;
  const withCode = doors.needsCode || accessCode !== undefined;
  const joined = withCode
    ? await joinAgainstCode(deps, { known, fanId, phaseId: doors.phaseId, body })
    : await orUnavailable(joinWhenOpen(deps, saleId, fanId));
  if (storm !== null && joined.isNew) await storm.note(joined.index);
  return takePlace(deps, { known, fanId, joined });
}

export function mayJoin({ sale }: KnownSale, fan: Pick<JoinRequest, 'fanId' | 'saleId'>): boolean {
  return maySignUpAs(sale.identity ?? 'anonymous', fan);
}

/** Null when the sale is not known yet or its doors are not open. */
export function openSaleNow({ sales, clock }: JoinDeps, saleId: SaleId): OpenSale | null {
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
  return { isNew: false, fanId, view, fanToken: sealFan(deps.keys, fanId, deps.clock.now()) };
}

export type OpenSale = { readonly known: KnownSale; readonly doors: Extract<Doors, { kind: 'open' }> };

async function joinWhenOpen({ queue, sleep }: JoinDeps, saleId: SaleId, fanId: FanId): Promise<JoinedPlace> {
  const identity = identityDigest(saleId, fanId);
  for (let attempt = 0; attempt < OPENING_TRIES; attempt++) {
    const joined = await queue.join(saleId, identity);
    if (joined.kind === 'joined') return joined;
    await sleep(OPENING_PAUSE_MS);
  }
  throw unavailable('The line is being restored.');
}
