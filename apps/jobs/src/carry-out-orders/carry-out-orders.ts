// Tells the providers what was decided about money: capture, void, refund. Idempotent by the order's id, with us and
// with the provider; an order stays due until the provider has done it or will never do it, whatever dies meanwhile.
import type { MoneyOrderDocument, PaymentDocument } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { PaymentId } from '@onsale/domain';
import type { PaymentProvider } from '@onsale/payment-providers';

export type CarryOutOrdersDeps = {
  readonly providers: ReadonlyMap<string, Pick<PaymentProvider, 'carryOut'>>;
  /** The next order that is due, kept from others for `forMs`; null when there is none. */
  takeOrder(taking: { now: Date; forMs: number }): Promise<MoneyOrderDocument | null>;
  /** All of a payment, in the order they were given. */
  ordersOf(paymentId: PaymentId): Promise<readonly MoneyOrderDocument[]>;
  findPayment(paymentId: PaymentId): Promise<PaymentDocument | null>;
  noteDone(order: MoneyOrderDocument): Promise<void>;
  noteRefused(order: MoneyOrderDocument): Promise<void>;
  noteUncaptured(paymentId: PaymentId): Promise<void>;
  putOff(order: MoneyOrderDocument, tryAfter: Date): Promise<void>;
  publish(command: BookingCommand): Promise<void>;
  /** Told of what did not work; `refused` needs a person. */
  onTrouble(trouble: { order: MoneyOrderDocument; kind: 'failed' | 'refused' | 'no_provider'; error?: unknown }): void;
  now(): number;
};

/** In one run; the next comes a second later. */
const ORDERS_MAX = 100;
const TAKEN_MS = 60_000;
const PAUSE_FIRST_MS = 1_000;
const PAUSE_MAX_MS = 600_000;

/** How many orders came to an end. */
export async function carryOutOrders(deps: CarryOutOrdersDeps): Promise<number> {
  let ended = 0;
  for (let i = 0; i < ORDERS_MAX; i++) {
    const order = await deps.takeOrder({ now: new Date(deps.now()), forMs: TAKEN_MS });
    if (order === null) break;
    if (await carryOut(deps, order)) ended += 1;
  }
  return ended;
}

/** True when the order came to an end. */
async function carryOut(deps: CarryOutOrdersDeps, order: MoneyOrderDocument): Promise<boolean> {
  const payment = await deps.findPayment(order.paymentId);
  const provider = deps.providers.get(payment?.provider ?? '');
  if (payment === null || provider === undefined) {
    deps.onTrouble({ order, kind: 'no_provider' });
    await putOff(deps, order);
    return false;
  }
  const first = (await deps.ordersOf(order.paymentId)).find(({ state }) => state === 'due');
  if (first !== undefined && first._id !== order._id) {
    await deps.putOff(order, new Date(deps.now() + PAUSE_FIRST_MS));
    return false;
  }
  if (order.kind === 'refund' && payment.state === 'failed') {
    // What could not be captured cannot go back.
    await deps.noteDone(order);
    return true;
  }
  return tellProvider(deps, { order, payment, provider });
}

async function tellProvider(
  deps: CarryOutOrdersDeps,
  {
    order,
    payment,
    provider,
  }: {
    readonly order: MoneyOrderDocument;
    readonly payment: PaymentDocument;
    readonly provider: Pick<PaymentProvider, 'carryOut'>;
  },
): Promise<boolean> {
  const { _id: orderId, kind, paymentId, amount } = order;
  try {
    const reference = payment.reference ?? paymentId;
    const outcome = await provider.carryOut({ orderId, kind, paymentId, reference, amount });
    if (outcome === 'done') await deps.noteDone(order);
    else await refused(deps, order);
    return true;
  } catch (error) {
    deps.onTrouble({ order, kind: 'failed', error });
    await putOff(deps, order);
    return false;
  }
}

/** The order is ended last: whatever dies before, all of this happens again. */
async function refused(deps: CarryOutOrdersDeps, order: MoneyOrderDocument): Promise<void> {
  deps.onTrouble({ order, kind: 'refused' });
  if (order.kind === 'capture') {
    // A booking that cannot be paid is cancelled; its seats are free again.
    await deps.noteUncaptured(order.paymentId);
    await deps.publish({
      type: 'refund',
      version: 1,
      commandId: `uncaptured:${order.paymentId}`,
      acceptedAt: new Date(deps.now()).toISOString(),
      trace: null,
      performanceId: order.performanceId,
      bookingId: order.bookingId,
      paymentId: order.paymentId,
      ticketIds: null,
    });
  }
  await deps.noteRefused(order);
}

function putOff(deps: CarryOutOrdersDeps, order: MoneyOrderDocument): Promise<void> {
  const pauseMs = Math.min(PAUSE_FIRST_MS * 2 ** order.failures, PAUSE_MAX_MS);
  return deps.putOff(order, new Date(deps.now() + pauseMs));
}
