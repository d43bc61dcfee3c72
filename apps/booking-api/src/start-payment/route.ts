// A fan begins to pay: has the hold prolonged once, opens the payment and asks the provider where to go. A provider that
// is away costs the fan nothing: the hold is prolonged all the same, and the same payment is begun again later.
import type { PaymentDocument } from '@onsale/booking-mongo';
import { type BookingCommand, shopRoutes } from '@onsale/contracts';
import type { BookingId, BookingRecord, PaymentId } from '@onsale/domain';
import { type PaymentProvider, ProviderAwayError } from '@onsale/payment-providers';
import { bindRoute, ProblemError, traceparentOf } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';

export type StartPaymentDeps = {
  readonly fanOf: FanGate;
  /** What new payments go to. */
  readonly provider: PaymentProvider;
  readonly providers: ReadonlyMap<string, PaymentProvider>;
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  openPayment(opening: { booking: BookingRecord; provider: string; now: Date }): Promise<PaymentDocument>;
  noteReference(paymentId: PaymentId, reference: string): Promise<void>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

const AWAY_RETRY_SECONDS = 10;

export const startPaymentRoute = (deps: StartPaymentDeps) =>
  bindRoute(shopRoutes.startPayment, async ({ params, request, traceId }) => {
    const { bookingId } = params;
    const fanId = deps.fanOf(request);
    const booking = await deps.findBooking(bookingId);
    if (booking === null || booking.fanId !== fanId) throw new ProblemError('not_found');
    // Whether the hold is over is for the database's clock to say, and the worker: ours may be wrong.
    if (booking.state !== 'held' || booking.paymentId !== null) {
      const detail = booking.paymentId === null ? `The booking is ${booking.state}.` : 'The booking is paid.';
      throw new ProblemError('payment_not_possible', { detail });
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
    return { status: 200, body: await begin(deps, payment) };
  });

/** A payment that was opened with another provider stays there. */
async function begin(deps: StartPaymentDeps, { _id: paymentId, bookingId, amount, provider }: PaymentDocument) {
  const how = deps.providers.get(provider);
  if (how === undefined) throw new ProblemError('payment_provider_away', { retryAfterSeconds: AWAY_RETRY_SECONDS });
  try {
    const { action, reference } = await how.begin({ paymentId, bookingId, amount });
    await deps.noteReference(paymentId, reference);
    return { paymentId, provider, action };
  } catch (error) {
    if (!(error instanceof ProviderAwayError)) throw error;
    throw new ProblemError('payment_provider_away', { retryAfterSeconds: AWAY_RETRY_SECONDS });
  }
}
