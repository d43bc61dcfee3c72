// Proposes to expire the holds whose time has come. The worker decides, by the database's clock, so a sweep that is late,
// early or repeated does no harm. The owner of a partition expires its holds by itself, to the moment; but a worker learns
// that it is the owner by its first command only. So shortly before a hold ends its partition is sent one: whoever took it
// over from a dead worker while nothing was asked for then knows of the hold in time.
import type { DueHold } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { PerformanceId } from '@onsale/domain';

export type ExpireHoldsDeps = {
  /** Over, or over within so many milliseconds; the oldest first. */
  findDueHolds(limit: number, withinMs: number): Promise<readonly (DueHold & { readonly isOver: boolean })[]>;
  partitionOf(performanceId: PerformanceId): number;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

/** In one run; the next comes half a second later. */
const HOLDS_MAX = 1_000;
/** Several runs, so that one that fails or comes late does not matter. */
const WAKE_BEFORE_MS = 5_000;

/** How many expiries were proposed of holds that are over. */
export async function expireHolds(deps: ExpireHoldsDeps): Promise<number> {
  const due = await deps.findDueHolds(HOLDS_MAX, WAKE_BEFORE_MS);
  const over = due.filter(({ isOver }) => isOver);
  const awake = new Set(over.map(({ performanceId }) => deps.partitionOf(performanceId)));
  const waking = due.filter(({ isOver, performanceId }) => {
    const partition = deps.partitionOf(performanceId);
    if (isOver || awake.has(partition)) return false;
    awake.add(partition);
    return true;
  });
  await Promise.all([...over, ...waking].map((hold) => deps.publish(expireOf(hold, deps.now()))));
  return over.length;
}

function expireOf({ bookingId, performanceId }: DueHold, now: number): BookingCommand {
  return {
    type: 'expire',
    version: 1,
    commandId: `expire:${bookingId}`,
    acceptedAt: new Date(now).toISOString(),
    trace: null,
    performanceId,
    bookingId,
  };
}
