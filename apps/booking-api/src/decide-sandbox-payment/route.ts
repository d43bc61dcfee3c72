// The fan's answer at the sandbox provider, which stands in for a provider's own page.
import type { PaymentDocument } from '@onsale/booking-mongo';
import { shopRoutes } from '@onsale/contracts';
import type { PaymentId } from '@onsale/domain';
import { SANDBOX, type SandboxProvider } from '@onsale/payment-providers';
import { bindRoute, ProblemError } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';

export type DecideSandboxPaymentDeps = {
  readonly fanOf: FanGate;
  readonly sandbox: SandboxProvider;
  findPayment(paymentId: PaymentId): Promise<PaymentDocument | null>;
};

export const decideSandboxPaymentRoute = (deps: DecideSandboxPaymentDeps) =>
  bindRoute(shopRoutes.decideSandboxPayment, async ({ params, body, request }) => {
    const { paymentId } = params;
    const fanId = deps.fanOf(request);
    const payment = await deps.findPayment(paymentId);
    if (payment === null || payment.fanId !== fanId || payment.provider !== SANDBOX)
      throw new ProblemError('not_found');
    const decided = await deps.sandbox.lookUp({ paymentId, reference: paymentId });
    const failed = body.outcome === 'fail';
    if (decided !== 'pending' && (decided === 'failed') !== failed) {
      throw new ProblemError('conflict', { detail: `The payment has ${decided}.` });
    }
    await deps.sandbox.decide({ paymentId, amount: payment.amount, outcome: body.outcome });
    return { status: 202, body: { paymentId } };
  });
