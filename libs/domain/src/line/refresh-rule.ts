// The rule by which everybody who waits asks for the line again; it stands in every line document. Near the end of the
// stock nobody is left to sleep over it: the longest period falls to half of the time until the sale may be sold out, so
// that each client notices that the end comes nearer, down to what the fetches of all together allow.
import type { SalePhase } from '../sale/phase.ts';
import type { RefreshRule } from './schedule.ts';

export const REFRESH: RefreshRule = { share: 0.1, minSeconds: 2, maxSeconds: 1800 };
/** Of all who wait together, where each has the same reason to ask: cacheable reads, a second fresh at the edge. */
const GATHERING = { fetchesPerSecond: 5_000, minSeconds: 2, maxSeconds: 60 }; // for as long as a pre-queue lasts
/** For the last moments of a sale: what the waiting of a million may ask in any case, and a third of what one process answers. */
const ENDING = { fetchesPerSecond: 20_000, minSeconds: 1, maxSeconds: 60 };

export type RefreshFacts = {
  readonly phase: SalePhase;
  /** Fans who joined, and of them those who still wait. */
  readonly joined: number;
  readonly waiting: number;
  /** Until the last seat may be taken, if it goes as fast as it can; null where stock is no matter. */
  readonly secondsToSellOut: number | null;
};

export function refreshRule({ phase, joined, waiting, secondsToSellOut }: RefreshFacts): RefreshRule {
  // In the pre-queue nobody has a wait to take a share of: there the period grows with the crowd.
  if (phase === 'prequeue') {
    return { ...REFRESH, minSeconds: togetherSeconds(joined, GATHERING), maxSeconds: GATHERING.maxSeconds };
  }
  if (secondsToSellOut === null) return REFRESH;
  const longest = Math.max(togetherSeconds(waiting, ENDING), Math.ceil(secondsToSellOut / 2));
  return { ...REFRESH, maxSeconds: Math.min(REFRESH.maxSeconds, longest) };
}

function togetherSeconds(fans: number, { fetchesPerSecond, minSeconds, maxSeconds }: typeof ENDING): number {
  return Math.ceil(Math.min(maxSeconds, Math.max(minSeconds, fans / fetchesPerSecond)));
}
