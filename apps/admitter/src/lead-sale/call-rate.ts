// How fast the line moves: calls per minute over the last minutes, and how sure that figure is.
import type { Outflow } from './sale-memory.ts';

const WINDOW_MS = 2 * 60_000;
const MEASURED_MIN_MS = 5_000;
const SPREAD_MIN = 0.05; // the future differs from the past at least by this

/** Null while too little was seen. `spread`: relative standard error, from the count of calls as a Poisson process. */
export function callRate(outflow: readonly Outflow[], now: number): { mean: number; spread: number } | null {
  const recent = outflow.filter(({ at }) => now - at <= WINDOW_MS);
  const [first, last] = [recent[0], recent.at(-1)];
  if (first === undefined || last === undefined || now - first.at < MEASURED_MIN_MS) return null;
  const calls = last.called - first.called;
  if (calls === 0) return null;
  return {
    mean: round(calls / ((now - first.at) / 60_000), 2),
    spread: round(Math.min(1, Math.max(SPREAD_MIN, 1 / Math.sqrt(calls))), 3),
  };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
