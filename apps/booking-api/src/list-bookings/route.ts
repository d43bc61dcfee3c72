// My bookings: what one fan asked for, newest first, each with what it is for.
import { type BookingSummary, shopRoutes } from '@onsale/contracts';
import { type BookingRecord, type FanId, shownHoldEnd } from '@onsale/domain';
import { bindRoute } from '@onsale/runtime';
import type { Catalogue } from '../catalogue.ts';
import type { FanGate } from '../credentials.ts';

export type ListBookingsDeps = {
  readonly fanOf: FanGate;
  readonly catalogue: Pick<Catalogue, 'performance' | 'event'>;
  bookingsOfFan(fanId: FanId): Promise<readonly BookingRecord[]>;
};

export const listBookingsRoute = (deps: ListBookingsDeps) =>
  bindRoute(shopRoutes.listBookings, async ({ request }) => {
    const found = await deps.bookingsOfFan(deps.fanOf(request));
    const bookings = await Promise.all(found.map((booking) => summaryOf(deps, booking)));
    return { status: 200, body: { bookings } };
  });

async function summaryOf({ catalogue }: ListBookingsDeps, booking: BookingRecord): Promise<BookingSummary> {
  const performance = await catalogue.performance(booking.performanceId);
  const event = performance === null ? null : await catalogue.event(performance.eventId);
  return {
    id: booking.id,
    saleId: booking.saleId,
    performanceId: booking.performanceId,
    state: booking.state,
    title: event?.title ?? '',
    performanceName: performance?.name ?? '',
    startsAt: (performance?.startsAt ?? new Date(booking.decidedAt)).toISOString(),
    venue: event?.venue ?? { name: '', city: '', timeZone: 'UTC' },
    places: booking.items.length,
    total: booking.total,
    holdExpiresAt: booking.holdExpiresAt === null ? null : new Date(shownHoldEnd(booking.holdExpiresAt)).toISOString(),
    decidedAt: new Date(booking.decidedAt).toISOString(),
  };
}
