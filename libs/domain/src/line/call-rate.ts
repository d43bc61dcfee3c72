// How fast the line moves, from what was seen of it in the last minutes: calls per minute, how sure that figure is, and
// how many of those who wait give up.

/** The line at one moment of the past. */
export type Outflow = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly served: number;
  /** Fans called since some beginning. */
  readonly called: number;
  /** Fans gone, of those who ever waited. */
  readonly gone: number;
  /** Fans waiting at that moment. */
  readonly waiting: number;
};

export type CallRate = {
  /** Calls per minute. */
  readonly mean: number;
  /** Relative standard error of the mean, and of the future around it. */
  readonly spread: number;
  /** Share of the waiting that gives up in a minute. */
  readonly leaving: number;
};

export const RATE_WINDOW_MS = 3 * 60_000;
const MEASURED_MIN_MS = 5_000;
const SPREAD_MIN = 0.055; // the future differs from the past at least by this

/** Null while too little was seen. `outflow` oldest first. Calls are counted as a Poisson process would come. */
export function callRate(outflow: readonly Outflow[], now: number): CallRate | null {
  const first = outflow.find(({ at }) => now - at <= RATE_WINDOW_MS);
  const last = outflow.at(-1);
  if (first === undefined || last === undefined || now - first.at < MEASURED_MIN_MS) return null;
  const calls = last.called - first.called;
  if (calls === 0) return null;
  const minutes = (now - first.at) / 60_000;
  const waiting = (first.waiting + last.waiting) / 2;
  const leaving = waiting === 0 ? 0 : Math.max(0, last.gone - first.gone) / minutes / waiting;
  return {
    mean: round(calls / minutes, calls / minutes < 100 ? 2 : 0),
    spread: round(Math.min(1, Math.max(SPREAD_MIN, 1 / Math.sqrt(calls))), 3),
    leaving: round(leaving, 4),
  };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
