// How much of the rate the shop can bear now: additive increase, multiplicative decrease against the measured delay of
// its booking path. Pure; the caller keeps the pace between decisions.
// Source: D. Chiu, R. Jain, "Analysis of the Increase and Decrease Algorithms for Congestion Avoidance", 1989.

export type Pace = {
  /** Of the rate that is set, 0…1. A share, so that an operator's new rate counts at once. */
  readonly share: number;
  /** Seconds since it was last cut: a cut is given time to work. */
  readonly sinceCut: number;
};

export type PaceFacts = {
  /** From an accepted booking request to its outcome, ms; null while none was measured lately. */
  readonly delayMs: number | null;
  readonly targetMs: number;
  /** The share the pace never falls below. */
  readonly floor: number;
  readonly seconds: number;
};

export const FULL_PACE: Pace = { share: 1, sinceCut: 3600 };

const RAISE_PER_SECOND = 0.02; // from the floor back to the full rate in under a minute
const CUT = 0.7;
const DEEP_CUT = 0.5; // where the delay is several targets; no single step is steeper
const DEEP_AT = 4;
const CUT_EVERY_SECONDS = 2;
const CUT_WAIT_MAX_SECONDS = 15; // a cut shows when those called before it have booked: after about one delay
const HOLD_FROM = 0.8; // of the target: near it the pace is kept, so that it does not swing
const FLOOR_MIN = 0.05;

export function nextPace(pace: Pace, { delayMs, targetMs, floor, seconds }: PaceFacts): Pace {
  const sinceCut = pace.sinceCut + seconds;
  const lowest = Math.min(1, Math.max(FLOOR_MIN, floor));
  if (delayMs !== null && delayMs > targetMs) {
    const wait = Math.min(CUT_WAIT_MAX_SECONDS, Math.max(CUT_EVERY_SECONDS, delayMs / 1000));
    if (sinceCut < wait) return { share: Math.max(lowest, pace.share), sinceCut };
    const factor = delayMs > DEEP_AT * targetMs ? DEEP_CUT : CUT;
    return { share: Math.max(lowest, pace.share * factor), sinceCut: 0 };
  }
  if (delayMs !== null && delayMs > HOLD_FROM * targetMs) return { share: pace.share, sinceCut };
  return { share: Math.min(1, Math.max(lowest, pace.share) + RAISE_PER_SECOND * seconds), sinceCut };
}
