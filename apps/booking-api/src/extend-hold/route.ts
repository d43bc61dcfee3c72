// A fan asks for more time, once (WCAG 2.2.1). What can be judged here is judged; the worker decides by the database's
// clock, and the new end comes by socket and by GET.
import { type BookingCommand, shopRoutes } from '@onsale/contracts';
import type { BookingId, BookingRecord } from '@onsale/domain';
import { bindRoute, ProblemError, traceparentOf } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';

export type ExtendHoldDeps = {
  readonly fanOf: FanGate;
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export const extendHoldRoute = (deps: ExtendHoldDeps) =>
  bindRoute(shopRoutes.extendHold, async ({ params, request, traceId }) => {
    const { bookingId } = params;
    const fanId = deps.fanOf(request);
    const booking = await deps.findBooking(bookingId);
    if (booking === null || booking.fanId !== fanId) throw new ProblemError('not_found');
    if (booking.state !== 'held') throw new ProblemError('conflict', { detail: `The booking is ${booking.state}.` });
    const answer = { status: 202, body: { bookingId, state: booking.state } };
    if (booking.extendedBy.includes('fan')) return answer;
    await deps.publish({
      type: 'extend',
      version: 1,
      commandId: `extend:${bookingId}`,
      acceptedAt: new Date(deps.now()).toISOString(),
      trace: traceparentOf(traceId),
      performanceId: booking.performanceId,
      bookingId,
      by: 'fan',
      paymentId: null,
    });
    return answer;
  });
