// A fan lets a hold go.
import { type BookingCommand, shopRoutes } from '@onsale/contracts';
import type { BookingId, BookingRecord } from '@onsale/domain';
import { bindRoute, ProblemError, traceparentOf } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';

export type ReleaseBookingDeps = {
  readonly fanOf: FanGate;
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export const releaseBookingRoute = (deps: ReleaseBookingDeps) =>
  bindRoute(shopRoutes.releaseBooking, async ({ params, request, traceId }) => {
    const { bookingId } = params;
    const fanId = deps.fanOf(request);
    const booking = await deps.findBooking(bookingId);
    if (booking === null || booking.fanId !== fanId) throw new ProblemError('not_found');
    if (booking.state === 'released') return { status: 202, body: { bookingId, state: booking.state } };
    if (booking.state !== 'held') throw new ProblemError('conflict', { detail: `The booking is ${booking.state}.` });
    await deps.publish({
      type: 'release',
      version: 1,
      commandId: `release:${bookingId}`,
      acceptedAt: new Date(deps.now()).toISOString(),
      trace: traceparentOf(traceId),
      performanceId: booking.performanceId,
      bookingId,
      by: 'fan',
    });
    return { status: 202, body: { bookingId, state: booking.state } };
  });
