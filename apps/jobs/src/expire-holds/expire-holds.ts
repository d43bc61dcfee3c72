// Proposes to expire the holds whose time has come. The worker decides, by the database's clock, so a sweep that is late,
// early or repeated does no harm.
import type { DueHold } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';

export type ExpireHoldsDeps = {
  findDueHolds(limit: number): Promise<readonly DueHold[]>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

/** In one run; the next comes half a second later. */
const HOLDS_MAX = 1_000;

/** How many expiries were proposed. */
export async function expireHolds(deps: ExpireHoldsDeps): Promise<number> {
  const due = await deps.findDueHolds(HOLDS_MAX);
  await Promise.all(
    due.map(({ bookingId, performanceId }) =>
      deps.publish({
        type: 'expire',
        version: 1,
        commandId: `expire:${bookingId}`,
        acceptedAt: new Date(deps.now()).toISOString(),
        trace: null,
        performanceId,
        bookingId,
      }),
    ),
  );
  return due.length;
}
