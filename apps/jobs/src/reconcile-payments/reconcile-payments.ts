// Events of a provider may be lost: whatever stayed pending is asked for, and money that is owed is sent back. Every
// branch of a payment ends here if nowhere else. Idempotent by payment id, with us and with the provider.
import type { PaymentDocument } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { PaymentId } from '@onsale/domain';
import type { PaymentProvider } from '@onsale/payment-providers';

export type ReconcilePaymentsDeps = {
  readonly providers: ReadonlyMap<string, Pick<PaymentProvider, 'lookUp' | 'refund'>>;
  takePaymentsToAsk(asking: { before: Date; now: Date; limit: number }): Promise<readonly PaymentDocument[]>;
  findRefundsDue(limit: number): Promise<readonly PaymentDocument[]>;
  notePaymentFailed(paymentId: PaymentId): Promise<void>;
  noteRefunded(paymentId: PaymentId): Promise<void>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

const PAYMENTS_MAX = 200;
/** An event usually comes within a second; asking sooner would only load the provider. */
const ASK_AFTER_MS = 10_000;
/** A fan who never came back from the provider; money that comes even later is still taken or sent back. */
const ABANDONED_AFTER_MS = 1_800_000;

export async function reconcilePayments(deps: ReconcilePaymentsDeps): Promise<void> {
  const before = new Date(deps.now() - ASK_AFTER_MS);
  const open = await deps.takePaymentsToAsk({ before, now: new Date(deps.now()), limit: PAYMENTS_MAX });
  for (const payment of open) await askProvider(deps, payment);
  for (const payment of await deps.findRefundsDue(PAYMENTS_MAX)) await sendBack(deps, payment);
}

async function askProvider(deps: ReconcilePaymentsDeps, payment: PaymentDocument): Promise<void> {
  const { _id: paymentId, amount, bookingId, performanceId, createdAt } = payment;
  const state = await deps.providers.get(payment.provider)?.lookUp(paymentId);
  const abandoned = state === 'pending' && deps.now() - createdAt.getTime() > ABANDONED_AFTER_MS;
  if (state === 'failed' || abandoned) await deps.notePaymentFailed(paymentId);
  if (state !== 'succeeded') return;
  await deps.publish({
    type: 'confirm',
    version: 1,
    commandId: `confirm:${paymentId}`,
    acceptedAt: new Date(deps.now()).toISOString(),
    trace: null,
    performanceId,
    bookingId,
    paymentId,
    amount,
  });
}

async function sendBack(deps: ReconcilePaymentsDeps, { _id: paymentId, provider, amount }: PaymentDocument) {
  const how = deps.providers.get(provider);
  if (how === undefined) return;
  await how.refund({ paymentId, amount });
  await deps.noteRefunded(paymentId);
}
