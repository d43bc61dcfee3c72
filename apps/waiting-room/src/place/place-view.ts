// A place as its fan sees it: from the token, the standing in Redis and the line document.
import type { LineDocument, PlaceView } from '@onsale/contracts';
import {
  checkInAfterSeconds,
  deferralOffer,
  isWaitStated,
  peopleAhead,
  type SalePhase,
  waitRange,
} from '@onsale/domain';
import type { PlaceStanding } from '@onsale/waiting-room-redis';
import type { ShownPlace } from './credentials.ts';

export type Standing = Omit<Extract<PlaceStanding, { kind: 'place' }>, 'kind'>;

export type PlaceFacts = {
  readonly shown: ShownPlace;
  readonly number: number | null;
  readonly standing: Standing;
  readonly phase: SalePhase;
  readonly document: LineDocument | null;
  /** In [0, 1). */
  readonly random: number;
};

const REFRESH_UNKNOWN = { share: 0.1, minSeconds: 2, maxSeconds: 60 };

export function placeView({ shown, number, standing, phase, document, random }: PlaceFacts): PlaceView {
  const state = isMoved(shown, standing) ? 'moved' : stateOf({ number, standing, phase });
  const offer = deferralOffer({ state, deferrals: standing.deferrals });
  const waits = state === 'waiting' && number !== null;
  const ahead = waits ? aheadOf({ number, standing, document }) : null;
  const wait = ahead === null || document === null ? null : waitRange(document, ahead);
  return {
    saleId: shown.claim.saleId,
    placeToken: shown.token,
    index: shown.claim.index,
    number,
    state,
    ahead,
    wait: ahead !== null && document !== null && isWaitStated(document, ahead) ? wait : null,
    checkInAfterSeconds: checkInAfterSeconds(document?.refresh ?? REFRESH_UNKNOWN, { wait, random }),
    deferredUntil: standing.deferredUntil === null ? null : new Date(standing.deferredUntil).toISOString(),
    deferralsLeft: offer.kind === 'may' ? offer.timesLeft : 0,
    callExpiresAt:
      state === 'called' && standing.callExpiresAt !== null ? new Date(standing.callExpiresAt).toISOString() : null,
  };
}

/** Whether another device has taken the place over since this token was given. */
export function isMoved({ claim }: ShownPlace, { version }: Pick<Standing, 'version'>): boolean {
  return version > claim.version;
}

type StateFacts = Pick<PlaceFacts, 'number' | 'standing' | 'phase'>;

function stateOf({ number, standing, phase }: StateFacts): PlaceView['state'] {
  if (standing.left) return 'left';
  if (standing.slotExpiresAt !== null) return 'admitted';
  if (phase === 'closed') return 'closed';
  if (number === null) return 'prequeue';
  if (standing.callExpiresAt !== null) return 'called';
  if (standing.deferredUntil !== null) return 'waiting';
  if (number <= standing.served && !standing.back) return 'missed';
  return phase === 'sold_out' ? 'closed' : 'waiting';
}

type AheadFacts = { number: number; standing: Standing; document: LineDocument | null };

/** The document may lag behind the standing by a tick; it then counts some who were just called. */
function aheadOf({ number, standing, document }: AheadFacts): number {
  const atMost = Math.max(0, number - standing.served - 1);
  return document === null ? atMost : Math.min(atMost, peopleAhead(document, number));
}
