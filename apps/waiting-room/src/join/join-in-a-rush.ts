// The short way of nearly all who join in a rush: they bear no place and no code, the doors are open, nobody storms. From
// the bytes of such a request to the bytes of its answer there is no promise but that of the batch it travels with.
// Whoever is not so plain is left to joinTheLine(), which knows every case.
import type { FanId } from '@onsale/domain';
import { newFanId } from '@onsale/pass';
import { identityDigest } from '@onsale/waiting-room-redis';
import { asUnavailable } from '../unavailable.ts';
import { type JoinDeps, type JoinRequest, joinAdmitted, mayJoin, type OpenSale, openSaleNow } from './join-line.ts';
import type { Joined, Waiting } from './join-queue.ts';
import { type JoinOutcome, takeNewPlace, takePlace } from './take-place.ts';

/** Told once, one or the other; neither throws. */
export type ToldOfJoin = { joined(outcome: JoinOutcome): void; failed(error: unknown): void };

/** False when it is not for this way; then nothing was begun or counted. Throws what the guard says, as joinTheLine(). */
export function joinInARush(deps: JoinDeps, request: JoinRequest, told: ToldOfJoin): boolean {
  const { saleId, body, shown } = request;
  if (shown !== null || body.accessCode !== undefined) return false;
  const open = openSaleNow(deps, saleId);
  if (open === null || open.doors.needsCode || !mayJoin(open.known, request)) return false;
  const join = new RushedJoin({ deps, request, open, told });
  const admitted = deps.guard.admit(request);
  if (admitted === null) deps.queue.enter(saleId, join);
  else
    admitted.then(
      (storm) => join.continueWith(joinAdmitted(deps, request, { ...open, fanId: join.fanId, storm })),
      told.failed,
    );
  return true;
}

type Rushed = {
  readonly deps: JoinDeps;
  readonly request: JoinRequest;
  readonly open: OpenSale;
  readonly told: ToldOfJoin;
};

class RushedJoin implements Waiting {
  readonly fanId: FanId;
  readonly identity: Buffer;
  private readonly rushed: Rushed;

  constructor(rushed: Rushed) {
    const { fanId, saleId } = rushed.request;
    this.rushed = rushed;
    this.fanId = fanId ?? newFanId();
    this.identity = identityDigest(saleId, this.fanId);
  }

  resolve(joined: Joined): void {
    const { deps, request, open, told } = this.rushed;
    const { fanId } = this;
    const { known } = open;
    if (joined.kind === 'blank') this.continueWith(joinAdmitted(deps, request, { ...open, fanId, storm: null }));
    else if (!joined.isNew) this.continueWith(takePlace(deps, { known, fanId, joined }));
    else {
      try {
        told.joined(takeNewPlace(deps, { known, fanId, joined }));
      } catch (error) {
        told.failed(error);
      }
    }
  }

  reject(error: unknown): void {
    this.rushed.told.failed(asUnavailable(error));
  }

  continueWith(outcome: Promise<JoinOutcome>): void {
    const { told } = this.rushed;
    outcome.then(told.joined, told.failed);
  }
}
