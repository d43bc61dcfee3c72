// Events of a payment provider. Repeated, late and out-of-order events do no harm: a success becomes a confirm command
// that the worker decides once, a failure never undoes a success. Answered 200 only when the command is safe.
import type { PaymentDocument } from '@onsale/booking-mongo';
import { type BookingCommand, shopRoutes } from '@onsale/contracts';
import type { PaymentId } from '@onsale/domain';
import type { PaymentProvider } from '@onsale/payment-providers';
import { bindRoute, ProblemError, traceparentOf } from '@onsale/runtime';

export type ReceiveWebhookDeps = {
  readonly providers: ReadonlyMap<string, PaymentProvider>;
  findPayment(paymentId: PaymentId): Promise<PaymentDocument | null>;
  notePaymentFailed(paymentId: PaymentId): Promise<void>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export const receiveWebhookRoute = (deps: ReceiveWebhookDeps) =>
  bindRoute(shopRoutes.receiveWebhook, async ({ params, rawBody, request, traceId }) => {
    const provider = deps.providers.get(params.provider);
    if (provider === undefined) throw new ProblemError('not_found');
    const reading = provider.readEvent({ rawBody, signature: request.get(provider.signatureHeader), now: deps.now() });
    if (reading.kind === 'unsigned') throw new ProblemError('signature_invalid');
    const answer = { status: 200, body: { received: true } };
    if (reading.kind === 'irrelevant') return answer;
    const { type, paymentId, amount } = reading.event;
    const payment = await deps.findPayment(paymentId);
    if (payment === null || payment.provider !== provider.name) return answer;
    if (type === 'failed') {
      await deps.notePaymentFailed(paymentId);
      return answer;
    }
    await deps.publish({
      type: 'confirm',
      version: 1,
      commandId: `confirm:${paymentId}`,
      acceptedAt: new Date(deps.now()).toISOString(),
      trace: traceparentOf(traceId),
      performanceId: payment.performanceId,
      bookingId: payment.bookingId,
      paymentId,
      amount,
      captured: type === 'succeeded',
    });
    return answer;
  });
