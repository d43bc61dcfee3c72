// A fan begins to pay: opens the payment, asks the provider where to go, and has the hold prolonged once.
import type { PaymentDocument } from '@onsale/booking-mongo';
import { type BookingCommand, shopRoutes } from '@onsale/contracts';
import type { BookingId, BookingRecord } from '@onsale/domain';
import type { PaymentProvider } from '@onsale/payment-providers';
import { bindRoute, ProblemError, traceparentOf } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';

export type StartPaymentDeps = {
  readonly fanOf: FanGate;
  readonly provider: PaymentProvider;
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  openPayment(opening: { booking: BookingRecord; provider: string; now: Date }): Promise<PaymentDocument>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export const startPaymentRoute = (deps: StartPaymentDeps) =>
  bindRoute(shopRoutes.startPayment, async ({ params, request, traceId }) => {
    const { bookingId } = params;
    const fanId = deps.fanOf(request);
    const booking = await deps.findBooking(bookingId);
    if (booking === null || booking.fanId !== fanId) throw new ProblemError('not_found');
    // Whether the hold is over is for the database's clock to say, and the worker: ours may be wrong.
    if (booking.state !== 'held') {
      throw new ProblemError('payment_not_possible', { detail: `The booking is ${booking.state}.` });
    }
    const payment = await deps.openPayment({ booking, provider: deps.provider.name, now: new Date(deps.now()) });
    await deps.publish({
      type: 'extend',
      version: 1,
      commandId: `extend:${payment._id}`,
      acceptedAt: new Date(deps.now()).toISOString(),
      trace: traceparentOf(traceId),
      performanceId: booking.performanceId,
      bookingId,
      by: 'payment',
      paymentId: payment._id,
    });
    const action = await deps.provider.begin({ paymentId: payment._id, amount: payment.amount });
    return { status: 200, body: { paymentId: payment._id, provider: deps.provider.name, action } };
  });
