// Events of a provider may be lost: whatever stayed pending is asked for, and what nobody came back to is ended with the
// provider, so that nobody can pay it later. Every branch of a payment ends here if nowhere else. Idempotent by payment
// id, with us and with the provider.
import type { PaymentDocument } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { PaymentId } from '@onsale/domain';
import { type PaymentProvider, ProviderAwayError, type ProviderState } from '@onsale/payment-providers';

export type ReconcilePaymentsDeps = {
  readonly providers: ReadonlyMap<string, Pick<PaymentProvider, 'begin' | 'lookUp' | 'end'>>;
  takePaymentsToAsk(asking: { before: Date; now: Date; limit: number }): Promise<readonly PaymentDocument[]>;
  noteReference(paymentId: PaymentId, reference: string): Promise<void>;
  notePaymentFailed(paymentId: PaymentId): Promise<void>;
  publish(command: BookingCommand): Promise<void>;
  /** Told of payments that could not be asked about; they are asked about again. */
  onUnasked(payment: PaymentDocument, error: unknown): void;
  now(): number;
};

const PAYMENTS_MAX = 200;
/** An event usually comes within a second; asking sooner would only load the provider. */
const ASK_AFTER_MS = 10_000;
/** A fan who never came back from the provider. */
const ABANDONED_AFTER_MS = 1_800_000;

export async function reconcilePayments(deps: ReconcilePaymentsDeps): Promise<void> {
  const before = new Date(deps.now() - ASK_AFTER_MS);
  const open = await deps.takePaymentsToAsk({ before, now: new Date(deps.now()), limit: PAYMENTS_MAX });
  const away = new Set<string>();
  for (const payment of open) {
    if (away.has(payment.provider)) continue;
    try {
      await askProvider(deps, payment);
    } catch (error) {
      // The others of this provider would fare the same; one payment's own trouble is its own.
      if (error instanceof ProviderAwayError) away.add(payment.provider);
      deps.onUnasked(payment, error);
    }
  }
}

async function askProvider(deps: ReconcilePaymentsDeps, payment: PaymentDocument): Promise<void> {
  const provider = deps.providers.get(payment.provider);
  if (provider === undefined) throw new Error(`there is no provider ${payment.provider} here`);
  const { _id: paymentId, amount, bookingId, createdAt } = payment;
  let { reference } = payment;
  if (reference === null) {
    // Whoever began it died before the answer was noted. Beginning again leads to the same payment.
    reference = (await provider.begin({ paymentId, bookingId, amount })).reference;
    await deps.noteReference(paymentId, reference);
  }
  const known = { paymentId, reference };
  const state = await provider.lookUp(known);
  const isAbandoned = state === 'pending' && deps.now() - createdAt.getTime() > ABANDONED_AFTER_MS;
  await follow(deps, payment, isAbandoned ? await provider.end(known) : state);
}

async function follow(
  deps: ReconcilePaymentsDeps,
  { _id: paymentId, amount, bookingId, performanceId }: PaymentDocument,
  state: ProviderState,
): Promise<void> {
  if (state === 'pending') return;
  if (state === 'failed') return deps.notePaymentFailed(paymentId);
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
    captured: state === 'succeeded',
  });
}
