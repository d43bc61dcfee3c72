// When a waiting client speaks up next. The period is a share of what it still has to wait, so that those far back ask
// seldom and those near the front ask often, and the whole line asks no more than its logarithm times the call rate.
// Every second message is the check-in, whose answer carries the line document too: one beat, never two.
import type { WaitRange } from './people-ahead.ts';

export type RefreshRule = { readonly share: number; readonly minSeconds: number; readonly maxSeconds: number };

const UNKNOWN_WAIT_SECONDS = 120; // as if two minutes were left while nothing is measured
const SILENCE_MIN_SECONDS = 12; // a phone that changes networks is not gone
const JITTER = 0.2; // spreads clients that came at the same moment
const BEATS_PER_CHECK_IN = 2;
const CHECK_IN_MAX_SECONDS = 3600;
const NEAR_PEOPLE = 200;
const NEAR_SECONDS = 180;
const LIVE_MIN_SECONDS = 1; // nobody reads a figure that changes more often
/** After a page was closed its fan is forgiven this long: a slow reload, or another tab, says that the fan is there. */
export const AWAY_FORGIVEN_SECONDS = 15;
const QUIET_BEATS = 3;
const QUIET_MIN_SECONDS = 15; // the leader repeats itself every five seconds to those at the front

/** Seconds until the next fetch of the line document. `random` in [0, 1). */
export function refreshAfterSeconds(
  rule: RefreshRule,
  { wait, random }: { readonly wait: WaitRange | null; readonly random: number },
): number {
  const period = Math.min(rule.maxSeconds, Math.max(rule.minSeconds, remainingSeconds(wait) * rule.share));
  return jittered(period, random);
}

/**
 * Seconds until the next check-in. `maxSeconds` of the rule is not its bound: that falls for everybody when the sale
 * nears its end, so that everybody hears of it, and nobody need say more often that they are there.
 */
export function checkInAfterSeconds(
  rule: RefreshRule,
  { wait, random }: { readonly wait: WaitRange | null; readonly random: number },
): number {
  const period = BEATS_PER_CHECK_IN * Math.max(rule.minSeconds, remainingSeconds(wait) * rule.share);
  return jittered(Math.min(CHECK_IN_MAX_SECONDS, period), random);
}

/** Whether a fan whose next message is due sends the check-in, or only fetches the line. Seconds. */
export function isCheckInDue({ dueIn, nextBeat }: { readonly dueIn: number; readonly nextBeat: number }): boolean {
  return dueIn <= nextBeat / 2;
}

/** Nearer than this seconds of waiting count, and so few are that near: the fan keeps a socket open. */
export function isNear({ ahead, wait }: { readonly ahead: number; readonly wait: WaitRange | null }): boolean {
  return ahead <= NEAR_PEOPLE || (wait !== null && wait.lowSeconds <= NEAR_SECONDS);
}

/** Seconds after which a fan with an open socket is told the line again, when nothing but the figures changed. */
export function liveAfterSeconds(
  rule: RefreshRule,
  { wait, random }: { readonly wait: WaitRange | null; readonly random: number },
): number {
  return refreshAfterSeconds({ ...rule, minSeconds: LIVE_MIN_SECONDS }, { wait, random });
}

/** Seconds of silence after which a fan with an open socket asks for the line nevertheless. */
export function quietAfterSeconds(rule: RefreshRule, wait: WaitRange | null): number {
  return Math.max(QUIET_MIN_SECONDS, QUIET_BEATS * liveAfterSeconds(rule, { wait, random: 1 }));
}

/** How long a fan may stay silent before the place counts as a ghost: two check-ins missed, and the jitter forgiven. */
export function silenceAllowedSeconds(rule: RefreshRule, wait: WaitRange | null): number {
  return Math.max(SILENCE_MIN_SECONDS, 2 * (1 + JITTER) * checkInAfterSeconds(rule, { wait, random: 1 }));
}

/** The middle of the range on the scale it was made on. */
function remainingSeconds(wait: WaitRange | null): number {
  return wait === null ? UNKNOWN_WAIT_SECONDS : Math.sqrt(wait.lowSeconds * wait.highSeconds);
}

function jittered(seconds: number, random: number): number {
  return seconds * (1 - JITTER / 2 + JITTER * random);
}
