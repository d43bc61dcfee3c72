// Reads what a history has left in the database and says, in words, what should not be.
import {
  bookings,
  claims,
  counts,
  fanCounts,
  type Mongo,
  moneyOrders,
  type PaymentDocument,
  payments,
  tickets,
} from '@onsale/booking-mongo';
import type { BookingId, PaymentId, PerformanceId } from '@onsale/domain';

export type Expected = {
  readonly performanceId: PerformanceId;
  readonly seatsPerFan: number;
  /** Bookings whose request the broker has confirmed. */
  readonly accepted: ReadonlySet<BookingId>;
  /** Payments whose success was told. */
  readonly paid: ReadonlySet<PaymentId>;
};

export async function findViolations(mongo: Mongo, expected: Expected): Promise<string[]> {
  const { performanceId } = expected;
  const found = await load(mongo, performanceId);
  return [
    ...acceptedAreDecided(found, expected),
    ...claimsAreBookings(found),
    ...countsAreSums(found),
    ...fansAreSums(found, expected),
    ...ticketsAreItems(found),
    ...moneyIsConserved(found, expected),
  ];
}

type Found = Awaited<ReturnType<typeof load>>;

async function load(mongo: Mongo, performanceId: PerformanceId) {
  const [allBookings, allClaims, allCounts, allTickets, allPayments, allOrders] = await Promise.all([
    bookings(mongo).find({ performanceId }).lean(),
    claims(mongo).find({ performanceId }).lean(),
    counts(mongo).find({ performanceId }).lean(),
    tickets(mongo).find({ performanceId }).lean(),
    payments(mongo).find({ performanceId }).lean(),
    moneyOrders(mongo).find({ performanceId }).lean(),
  ]);
  const saleIds = [...new Set(allBookings.map(({ saleId }) => saleId))];
  const allFans = await fanCounts(mongo)
    .find({ saleId: { $in: saleIds } })
    .lean();
  const taking = allBookings.filter(({ state }) => state === 'held' || state === 'confirmed');
  return { allBookings, taking, allClaims, allCounts, allTickets, allPayments, allOrders, allFans };
}

function acceptedAreDecided({ allBookings }: Found, { accepted }: Expected): string[] {
  const decided = new Set(allBookings.map(({ _id }) => _id));
  return [...accepted].filter((id) => !decided.has(id)).map((id) => `${id} was accepted and never decided`);
}

function claimsAreBookings({ taking, allClaims }: Found): string[] {
  const wanted = new Map(
    taking.flatMap(({ _id, items }) =>
      items.flatMap(({ seatId }) => (seatId === null ? [] : [[seatId, _id] as const])),
    ),
  );
  const seats = taking.flatMap(({ items }) => items.flatMap(({ seatId }) => seatId ?? []));
  const wrong = allClaims.filter(({ seatId, bookingId }) => wanted.get(seatId) !== bookingId);
  return [
    ...(new Set(seats).size < seats.length ? ['a seat is in two bookings'] : []),
    ...wrong.map(({ seatId, bookingId }) => `the claim of ${seatId} by ${bookingId} belongs to no booking`),
    ...(allClaims.length < wanted.size ? ['a booked seat has no claim'] : []),
  ];
}

function countsAreSums({ taking, allCounts }: Found): string[] {
  return allCounts.flatMap(({ _id, categoryId, capacity, held, sold, free }) => {
    const sum = (state: string) =>
      taking.reduce(
        (total, booking) =>
          total + (booking.state === state ? booking.items.filter((item) => item.categoryId === categoryId).length : 0),
        0,
      );
    const right = held === sum('held') && sold === sum('confirmed') && free === capacity - held - sold && free >= 0;
    return right
      ? []
      : [`the count ${_id} says ${held} held, ${sold} sold; the bookings say ${sum('held')}, ${sum('confirmed')}`];
  });
}

function fansAreSums({ taking, allFans }: Found, { seatsPerFan }: Expected): string[] {
  return allFans.flatMap(({ fanId, seats }) => {
    const sum = taking.reduce((total, { fanId: owner, items }) => total + (owner === fanId ? items.length : 0), 0);
    return seats === sum && seats <= seatsPerFan ? [] : [`${fanId} is said to have ${seats} seats and has ${sum}`];
  });
}

function ticketsAreItems({ taking, allTickets }: Found): string[] {
  const sold = taking.filter(({ state }) => state === 'confirmed');
  const expected = sold.reduce((total, { items }) => total + items.length, 0);
  const known = new Set(sold.map(({ _id }) => _id));
  return [
    ...(allTickets.length === expected ? [] : [`${allTickets.length} tickets for ${expected} sold items`]),
    ...allTickets.filter(({ bookingId }) => !known.has(bookingId)).map(({ _id }) => `${_id} belongs to nothing sold`),
  ];
}

/** Money is with us for exactly what is sold or offered; all other money that came is ordered back, once. */
function moneyIsConserved({ taking, allPayments, allOrders }: Found, { paid }: Expected): string[] {
  const brought = allPayments.filter(({ state }) => state === 'succeeded' || state === 'authorised');
  const kept = new Map(
    brought.map(({ _id, bookingId, amount, refunded }) => [_id, { bookingId, amount: amount.amount - refunded }]),
  );
  const holders = taking.filter(({ state, paymentId }) => state === 'confirmed' || paymentId !== null);
  const owed = holders.flatMap(({ _id, paymentId, total }) => {
    const payment = paymentId === null ? undefined : kept.get(paymentId);
    if (paymentId !== null) kept.delete(paymentId);
    const isPaid = payment?.bookingId === _id && payment.amount === total?.amount;
    return isPaid ? [] : [`${_id} has ${total?.amount}, its payment ${paymentId} keeps ${payment?.amount}`];
  });
  const sumOf = (paymentId: PaymentId, kind: string) =>
    allOrders.reduce((sum, one) => sum + (one.paymentId === paymentId && one.kind === kind ? one.amount.amount : 0), 0);
  const captured = new Set(holders.filter(({ state }) => state === 'confirmed').map(({ paymentId }) => paymentId));
  return [
    ...allPayments
      .filter(({ _id, state }) => paid.has(_id) && (state === 'pending' || state === 'failed'))
      .map(tellLost),
    ...owed,
    ...[...kept].filter(([, { amount }]) => amount > 0).map(([id]) => `${id} is kept for nothing`),
    ...allPayments
      .filter(({ _id, refunded, amount }) => sumOf(_id, 'refund') !== refunded || refunded > amount.amount)
      .map(({ _id, refunded }) => `${_id}: ${refunded} go back, ${sumOf(_id, 'refund')} were ordered`),
    ...allPayments
      .filter(({ _id, state }) => state === 'authorised' && captured.has(_id) && sumOf(_id, 'capture') === 0)
      .map(({ _id }) => `${_id} bought something and is captured by nobody`),
    ...allPayments
      .filter(({ _id, state }) => state === 'voided' && sumOf(_id, 'void') === 0)
      .map(({ _id }) => `${_id} is void and nobody was told`),
  ];
}

function tellLost({ _id, state }: PaymentDocument): string {
  return `${_id} was paid and is ${state}`;
}
