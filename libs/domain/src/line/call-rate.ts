// How fast the line moves, from what was seen of it in the last minutes: calls per minute, how sure that figure is, and
// how many of those who wait give up.
import { BURST_OF_REGULAR, SPREAD_BY_CHANCE } from './people-ahead.ts';

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
  /** Slots in use at that moment, by fans called or inside, of those there are. */
  readonly inside: number;
  readonly slots: number;
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
// The future differs from the past at least by `spread`.
const BY_THE_SHOP = { burst: 1, spread: SPREAD_BY_CHANCE };
const BY_THE_SET_RATE = { burst: BURST_OF_REGULAR, spread: 0.012 };
const FULL_SHARE = 0.95; // of the slots: then calls wait for those who leave

/**
 * Null while too little was seen. `outflow` oldest first. Calls that filled an empty shop say nothing of a full one:
 * there as many are called as leave.
 */
export function callRate(outflow: readonly Outflow[], now: number): CallRate | null {
  const last = outflow.at(-1);
  const isFull = last !== undefined && isFullAt(last);
  const first = outflow.find((one) => now - one.at <= RATE_WINDOW_MS && (!isFull || isFullAt(one)));
  if (first === undefined || last === undefined || now - first.at < MEASURED_MIN_MS) return null;
  const calls = last.called - first.called;
  if (calls === 0) return null;
  const { burst, spread } = isFull ? BY_THE_SHOP : BY_THE_SET_RATE;
  const minutes = (now - first.at) / 60_000;
  const waiting = (first.waiting + last.waiting) / 2;
  const leaving = waiting === 0 ? 0 : Math.max(0, last.gone - first.gone) / minutes / waiting;
  return {
    mean: round(calls / minutes, calls / minutes < 100 ? 2 : 0),
    spread: round(Math.min(1, Math.max(spread, Math.sqrt(burst / calls))), 3),
    leaving: round(leaving, 4),
  };
}

function isFullAt({ inside, slots }: Outflow): boolean {
  return inside >= slots * FULL_SHARE;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
