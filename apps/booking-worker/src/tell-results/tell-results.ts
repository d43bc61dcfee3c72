// After the commit: the fan is told what became of the request, and whoever looks at the plan which seats changed.
// Every event may be lost or repeated.
import type { Committed } from '@onsale/booking-mongo';
import type { BookingEvent } from '@onsale/contracts';
import { type BookingRecord, type FanId, type PerformanceId, type SaleId, shownHoldEnd } from '@onsale/domain';
import type { AvailabilityTeller } from './availability-teller.ts';

export type TellResultsDeps = {
  toFan(fanId: FanId, event: BookingEvent): void;
  readonly availability: Pick<AvailabilityTeller, 'note'>;
};

export function tellResults({ toFan, availability }: TellResultsDeps, { outcomes, changes }: Committed): void {
  const saleOf = new Map<PerformanceId, SaleId>();
  for (const { booking } of outcomes) {
    if (booking === null) continue;
    toFan(booking.fanId, bookingEventOf(booking));
    saleOf.set(booking.performanceId, booking.saleId);
  }
  for (const performanceId of new Set(changes.counts.map((count) => count.performanceId))) {
    const saleId = saleOf.get(performanceId);
    const claims = changes.claims.filter((claim) => claim.performanceId === performanceId);
    if (saleId !== undefined) availability.note({ saleId, performanceId, claims });
  }
}

function bookingEventOf({ id, state, reason, holdExpiresAt }: BookingRecord): BookingEvent {
  return {
    bookingId: id,
    state,
    reason,
    holdExpiresAt: holdExpiresAt === null ? null : new Date(shownHoldEnd(holdExpiresAt)).toISOString(),
  };
}
