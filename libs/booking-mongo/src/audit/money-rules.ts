// Money: what was taken and not ordered back is what is sold, and what the provider did is what it was told to do.
import type { Books, RawBooking, RawMoneyOrder, RawPayment } from './books.ts';

type Orders = ReadonlyMap<string, readonly RawMoneyOrder[]>;

/** Bookings that money stands behind: bought, or kept for a fan whose money came too late for the first seats. */
const isPaidFor = ({ state, paymentId }: RawBooking): boolean =>
  state === 'confirmed' || (state === 'held' && paymentId !== null);

/** A bought booking is paid once and in full; all other money, and the money of what was returned, is ordered back. */
export function paymentsUnlikeTotals(books: Books): string[] {
  const orders = ordersOf(books.moneyOrders);
  const payments = new Map(books.payments.map((payment) => [payment._id, payment]));
  const paidFor = books.bookings.filter(isPaidFor);
  const buying = new Set(paidFor.map(({ paymentId }) => paymentId));
  const unpaid = paidFor.flatMap((booking) => {
    const { _id, state, paymentId, total } = booking;
    const payment = payments.get(paymentId ?? '');
    if (payment === undefined) return [`booking ${_id} is ${state} without a payment`];
    const kept = payment.amount.amount - payment.refunded;
    const isExact = kept === total?.amount && payment.amount.currency === total.currency;
    return isExact && payment.bookingId === _id && hasBrought(payment, booking, orders)
      ? []
      : [`booking ${_id}: payment ${paymentId} is ${payment.state}, keeps ${kept} of ${total?.amount}`];
  });
  const keptForNothing = books.payments.flatMap(({ _id, state, amount, refunded }) => {
    const brought = state === 'succeeded' || state === 'authorised';
    const isBack = refunded === amount.amount;
    return brought && !buying.has(_id) && !isBack ? [`payment ${_id} was kept, but bought nothing`] : [];
  });
  return [...unpaid, ...keptForNothing, ...ordersUnlikePayments(books, orders)];
}

/** Taken, or promised and to be captured. A capture that was refused ends the booking; until then its order is due. */
function hasBrought({ _id, state }: RawPayment, booking: RawBooking, orders: Orders): boolean {
  const capture = orders.get(_id)?.find(({ kind }) => kind === 'capture');
  if (state === 'authorised') return booking.state === 'held' || capture !== undefined;
  return state === 'succeeded' || (state === 'failed' && capture?.state === 'due');
}

function ordersUnlikePayments({ payments }: Books, orders: Orders): string[] {
  return payments.flatMap(({ _id, state, amount, refunded }) => {
    const own = orders.get(_id) ?? [];
    const back = own.reduce((sum, order) => sum + (order.kind === 'refund' ? order.amount.amount : 0), 0);
    if (back !== refunded) return [`payment ${_id}: ${refunded} go back, but ${back} were ordered`];
    if (refunded > amount.amount) return [`payment ${_id}: ${refunded} go back of ${amount.amount}`];
    const isUntold = state === 'voided' && !own.some(({ kind }) => kind === 'void');
    return isUntold ? [`payment ${_id} is void and nobody was told`] : [];
  });
}

/** The sandbox's own books: no money moved that we do not know of, and none that we say moved did not. */
export function sandboxUnlikeOrders(books: Books): string[] {
  const payments = new Map(books.payments.map((payment) => [payment._id, payment]));
  const amounts = new Map(books.moneyOrders.map(({ _id, amount }) => [_id, amount.amount]));
  const orders = ordersOf(books.moneyOrders);
  return books.sandboxPayments.flatMap(({ _id, outcome, amount, refunds }) => {
    const state = payments.get(_id)?.state;
    if (state === undefined) return [`the sandbox knows payment ${_id}, we do not`];
    const faults: string[] = [];
    if (outcome === 'succeeded' && state === 'voided') faults.push(`payment ${_id} is void, but was taken`);
    if (outcome !== 'succeeded' && state === 'succeeded') faults.push(`payment ${_id} was not taken`);
    const strange = refunds.find(({ orderId, amount: back }) => amounts.get(orderId) !== back);
    if (strange !== undefined) faults.push(`payment ${_id}: ${strange.amount} went back by no order of ours`);
    const returned = refunds.reduce((sum, refund) => sum + refund.amount, 0);
    if (returned > amount) faults.push(`payment ${_id}: ${returned} went back of ${amount}`);
    const told = (orders.get(_id) ?? []).filter(({ kind, state: how }) => kind === 'refund' && how === 'done');
    const undone = told.find((order) => !refunds.some(({ orderId }) => orderId === order._id));
    if (undone !== undefined && state !== 'failed') faults.push(`order ${undone._id} is done, but no money went back`);
    return faults;
  });
}

function ordersOf(orders: readonly RawMoneyOrder[]): Orders {
  const byPayment = new Map<string, RawMoneyOrder[]>();
  for (const order of orders) byPayment.set(order.paymentId, [...(byPayment.get(order.paymentId) ?? []), order]);
  return byPayment;
}
