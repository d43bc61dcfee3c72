// Staff gives back a booking, whole or in part, or a whole performance. Asked for here, decided by the worker, carried
// out by the jobs; each answer says how far it has come.
import {
  type Actor,
  cancelPerformance,
  findBooking,
  findOrdersOf,
  findPayment,
  findRefundRequest,
  type Mongo,
  type RefundRequestDocument,
  readCancellation,
  requestRefund,
} from '@onsale/booking-mongo';
import type { CancellationView, RefundView } from '@onsale/contracts';
import type { BookingId, PerformanceId, TicketId } from '@onsale/domain';
import { refuse } from '../errors.ts';

type Deps = { readonly mongo: Mongo };

export type RefundInput = {
  readonly bookingId: BookingId;
  readonly key: string;
  readonly ticketIds: readonly TicketId[] | null;
  readonly reason: string;
  readonly actor: Actor;
};

/** Refuses with not_found, conflict for what is not bought, rule_violated for strange tickets, idempotency_key_reused. */
export async function refundBooking(deps: Deps, { actor, ...input }: RefundInput): Promise<RefundView> {
  const booking = await findBooking(deps.mongo, input.bookingId);
  if (booking === null) return refuse('not_found');
  const known = new Set([...booking.items, ...booking.returned].map(({ ticketId }) => ticketId));
  const strange = input.ticketIds?.findIndex((id) => !known.has(id)) ?? -1;
  if (strange >= 0) {
    refuse('rule_violated', { fields: [{ field: `ticketIds.${strange}`, message: 'no ticket of this booking' }] });
  }
  const isOver = booking.state === 'refunded' || booking.state === 'cancelled';
  if (booking.state !== 'confirmed' && !isOver) refuse('conflict', { detail: `The booking is ${booking.state}.` });
  const ticketIds = input.ticketIds === null ? null : [...input.ticketIds];
  const wish = { ...input, ticketIds, performanceId: booking.performanceId };
  const request = await requestRefund(deps.mongo, wish, actor);
  return request === 'key_reused' ? refuse('idempotency_key_reused') : refundView(deps, request);
}

export async function showRefund(deps: Deps, id: string): Promise<RefundView> {
  const request = await findRefundRequest(deps.mongo, id);
  return request === null || request.bookingId === null ? refuse('not_found') : refundView(deps, request);
}

async function refundView({ mongo }: Deps, request: RefundRequestDocument): Promise<RefundView> {
  const bookingId = request.bookingId ?? refuse('not_found');
  const paymentId = (await findBooking(mongo, bookingId))?.paymentId ?? null;
  const payment = paymentId === null ? null : await findPayment(mongo, paymentId);
  const orders = paymentId === null ? [] : await findOrdersOf(mongo, paymentId);
  const back = orders.filter(({ kind }) => kind === 'refund');
  return {
    id: request._id,
    bookingId,
    ticketIds: request.ticketIds,
    reason: request.reason,
    requestedAt: request.requestedAt.toISOString(),
    state: stateOf(request, back),
    refunded: payment === null ? null : { amount: payment.refunded, currency: payment.amount.currency },
  };
}

function stateOf({ state }: RefundRequestDocument, orders: readonly { readonly state: string }[]): RefundView['state'] {
  if (state === 'open') return 'requested';
  if (orders.some((order) => order.state === 'refused')) return 'stuck';
  return orders.every((order) => order.state === 'done') ? 'done' : 'decided';
}

export async function cancelWholePerformance(
  deps: Deps,
  { actor, ...what }: { readonly performanceId: PerformanceId; readonly reason: string; readonly actor: Actor },
): Promise<CancellationView> {
  if (!(await cancelPerformance(deps.mongo, what, actor))) refuse('not_found');
  return showCancellation(deps, what.performanceId);
}

export async function showCancellation({ mongo }: Deps, performanceId: PerformanceId): Promise<CancellationView> {
  const found = (await readCancellation(mongo, performanceId)) ?? refuse('not_found');
  const { cancelledAt, isDecided, bookings, money } = found;
  const isDone = isDecided && bookings.remaining === 0 && money.due === 0;
  return { performanceId, cancelledAt: cancelledAt.toISOString(), state: isDone ? 'done' : 'running', bookings, money };
}
