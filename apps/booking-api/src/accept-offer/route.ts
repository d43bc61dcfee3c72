// A fan whose money came when the seats were gone takes the equal ones that were kept. Letting them go is a release.
import { type BookingCommand, shopRoutes } from '@onsale/contracts';
import type { BookingId, BookingRecord } from '@onsale/domain';
import { bindRoute, ProblemError, traceparentOf } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';

export type AcceptOfferDeps = {
  readonly fanOf: FanGate;
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export const acceptOfferRoute = (deps: AcceptOfferDeps) =>
  bindRoute(shopRoutes.acceptOffer, async ({ params, request, traceId }) => {
    const { bookingId } = params;
    const fanId = deps.fanOf(request);
    const booking = await deps.findBooking(bookingId);
    if (booking === null || booking.fanId !== fanId) throw new ProblemError('not_found');
    const { state, paymentId, performanceId } = booking;
    if (state === 'confirmed') return { status: 202, body: { bookingId, state } };
    if (state !== 'held' || paymentId === null) {
      throw new ProblemError('conflict', { detail: 'There is no offer to accept.' });
    }
    await deps.publish({
      type: 'accept',
      version: 1,
      commandId: `accept:${bookingId}`,
      acceptedAt: new Date(deps.now()).toISOString(),
      trace: traceparentOf(traceId),
      performanceId,
      bookingId,
    });
    return { status: 202, body: { bookingId, state } };
  });
