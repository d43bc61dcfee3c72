// When a waiting client speaks up next. The period is a share of what it still has to wait, so that those far back ask
// seldom and those near the front ask often, and the whole line asks no more than its logarithm times the call rate.
import type { WaitRange } from './people-ahead.ts';

export type RefreshRule = { readonly share: number; readonly minSeconds: number; readonly maxSeconds: number };

const UNKNOWN_WAIT_SECONDS = 120; // as if two minutes were left while nothing is measured
const SILENCE_MIN_SECONDS = 12; // a phone that changes networks is not gone
const JITTER = 0.2; // spreads clients that came at the same moment

/** Seconds until the next fetch of the line document or the next check-in. `random` in [0, 1). */
export function refreshAfterSeconds(
  rule: RefreshRule,
  { wait, random }: { readonly wait: WaitRange | null; readonly random: number },
): number {
  // The middle of the range on the scale it was made on.
  const remaining = wait === null ? UNKNOWN_WAIT_SECONDS : Math.sqrt(wait.lowSeconds * wait.highSeconds);
  const period = Math.min(rule.maxSeconds, Math.max(rule.minSeconds, remaining * rule.share));
  return period * (1 - JITTER / 2 + JITTER * random);
}

/** How long a fan may stay silent before the place counts as a ghost: two periods missed, and the jitter forgiven. */
export function silenceAllowedSeconds(rule: RefreshRule, wait: WaitRange | null): number {
  return Math.max(SILENCE_MIN_SECONDS, 2 * (1 + JITTER) * refreshAfterSeconds(rule, { wait, random: 1 }));
}
