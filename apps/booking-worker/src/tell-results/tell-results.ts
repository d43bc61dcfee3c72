// After the commit: the fan is told what became of the request, and whoever looks at the plan which seats changed.
// Every event may be lost or repeated.
import type { Committed } from '@onsale/booking-mongo';
import type { BookingEvent } from '@onsale/contracts';
import { type BookingId, type BookingRecord, type FanId, shownHoldEnd } from '@onsale/domain';
import type { AvailabilityTeller } from './availability-teller.ts';

export type TellResultsDeps = {
  toFan(fanId: FanId, event: BookingEvent): void;
  readonly availability: Pick<AvailabilityTeller, 'note'>;
  /** These wait for no decision any more; may be lost. */
  noteDecided(bookingIds: readonly BookingId[]): void;
};

export function tellResults(
  { toFan, availability, noteDecided }: TellResultsDeps,
  { outcomes, changes, stock }: Committed,
): void {
  const bookings = outcomes.flatMap(({ booking }) => booking ?? []);
  for (const booking of bookings) toFan(booking.fanId, bookingEventOf(booking));
  noteDecided([...new Set(bookings.map(({ id }) => id))]);
  for (const after of stock) {
    const claims = changes.claims.filter(({ performanceId }) => performanceId === after.performanceId);
    availability.note({ stock: after, claims });
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
