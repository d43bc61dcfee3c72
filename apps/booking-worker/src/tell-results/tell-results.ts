// After the commit: the fan is told what became of the request, and whoever looks at the plan which seats changed.
// Every event may be lost or repeated.
import type { Committed } from '@onsale/booking-mongo';
import type { AvailabilityEvent, BookingEvent } from '@onsale/contracts';
import {
  type BookingRecord,
  type FanId,
  type PerformanceId,
  type SaleId,
  type SeatId,
  shownHoldEnd,
} from '@onsale/domain';

export type TellResultsDeps = {
  toFan(fanId: FanId, event: BookingEvent): void;
  toShop(saleId: SaleId, event: AvailabilityEvent): void;
  /** The version of a performance's availability after the commit. */
  versionOf(performanceId: PerformanceId): Promise<number>;
};

export async function tellResults(deps: TellResultsDeps, { outcomes, changes }: Committed): Promise<void> {
  for (const { booking } of outcomes) if (booking !== null) deps.toFan(booking.fanId, bookingEventOf(booking));
  const saleOf = new Map(
    outcomes.flatMap(({ booking }) => (booking ? [[booking.performanceId, booking.saleId]] : [])) as [
      PerformanceId,
      SaleId,
    ][],
  );
  for (const performanceId of new Set(changes.counts.map((count) => count.performanceId))) {
    const saleId = saleOf.get(performanceId);
    if (saleId === undefined) continue;
    const ofPerformance = changes.claims.filter((claim) => claim.performanceId === performanceId);
    const taken: SeatId[] = [];
    const released: SeatId[] = [];
    for (const { seatId, from, to } of ofPerformance) {
      if (from === null) taken.push(seatId);
      else if (to === null) released.push(seatId);
    }
    deps.toShop(saleId, { performanceId, version: await deps.versionOf(performanceId), taken, released });
  }
}

export function bookingEventOf({ id, state, reason, holdExpiresAt }: BookingRecord): BookingEvent {
  return {
    bookingId: id,
    state,
    reason,
    holdExpiresAt: holdExpiresAt === null ? null : new Date(shownHoldEnd(holdExpiresAt)).toISOString(),
  };
}
