// Moments that a clock on the wall shows twice: when summer time ends, an hour comes again, and "opens at 2:30" means two
// moments. Time zones are facts from outside; here is only the arithmetic.

/** Minutes that the wall clock of the venue is ahead of UTC at a moment (milliseconds since 1970). */
export type OffsetAt = (at: number) => number;

const MINUTE_MS = 60_000;
/** No time zone moves its clock by more in one step. */
const STEP_MS_MAX = 3 * 60 * MINUTE_MS;

/** True when another moment nearby shows the same time on the wall. */
export function isShownTwice(at: number, offsetAt: OffsetAt): boolean {
  const own = offsetAt(at);
  return [at - STEP_MS_MAX, at + STEP_MS_MAX].some((near) => {
    const other = offsetAt(near);
    if (other === own) return false;
    const twin = at + (own - other) * MINUTE_MS;
    return offsetAt(twin) === other;
  });
}

/** By how many minutes the wall clock is moved between two moments; 0 where it is not. */
export function clockMovesBetween(from: number, to: number, offsetAt: OffsetAt): number {
  return offsetAt(to) - offsetAt(from);
}
