// Reads what a history has left in the database and says, in words, what should not be.
import {
  blocks,
  bookings,
  claims,
  counts,
  fanCounts,
  type Mongo,
  moneyOrders,
  type PaymentDocument,
  payments,
  tallies,
  tickets,
} from '@onsale/booking-mongo';
import type { BookingId, CategoryId, PaymentId, PerformanceId } from '@onsale/domain';

export type Expected = {
  readonly performanceId: PerformanceId;
  readonly seatsPerFan: number;
  /** The category without seats. */
  readonly general: CategoryId;
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
    ...blocksAreClaims(found, expected),
    ...talliesAreSums(found),
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
  const allTallies = await tallies(mongo)
    .find({ saleId: { $in: saleIds } })
    .lean();
  const active = await blocks(mongo).find({ performanceId, state: 'active' }).lean();
  const taking = allBookings.filter(({ state }) => state === 'held' || state === 'confirmed');
  return { allBookings, taking, allClaims, allCounts, allTickets, allPayments, allOrders, allFans, allTallies, active };
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
  const booked = allClaims.filter(({ blockId }) => blockId === undefined);
  const wrong = booked.filter(({ seatId, bookingId }) => wanted.get(seatId) !== bookingId);
  return [
    ...(new Set(seats).size < seats.length ? ['a seat is in two bookings'] : []),
    ...wrong.map(({ seatId, bookingId }) => `the claim of ${seatId} by ${bookingId} belongs to no booking`),
    ...(booked.length < wanted.size ? ['a booked seat has no claim'] : []),
  ];
}

function countsAreSums({ taking, allCounts, active }: Found): string[] {
  return allCounts.flatMap(({ _id, categoryId, capacity, held, sold, free, blocked }) => {
    const kept = leftOf(active, (of) => of === categoryId);
    const sum = (state: string) =>
      taking.reduce(
        (total, booking) =>
          total + (booking.state === state ? booking.items.filter((item) => item.categoryId === categoryId).length : 0),
        0,
      );
    const sums = held === sum('held') && sold === sum('confirmed') && blocked === kept;
    const right = sums && free === capacity - held - sold - blocked && free >= 0;
    return right
      ? []
      : [
          `the count ${_id} says ${held} held, ${sold} sold, ${blocked} kept; it is ${sum('held')}, ${sum('confirmed')}, ${kept}`,
        ];
  });
}

/** What is left of a block is what is claimed for it, and only active blocks keep anything. */
function blocksAreClaims({ active, allClaims }: Found, { general }: Expected): string[] {
  const kept = allClaims.filter(({ blockId }) => blockId !== undefined);
  const known = new Set<string>(active.map(({ _id }) => _id));
  const stray = kept.filter(({ blockId }) => !known.has(blockId ?? ''));
  const seats = leftOf(active, (categoryId) => categoryId !== general);
  return [
    ...stray.map(({ seatId, blockId }) => `the seat ${seatId} is kept by ${blockId}, which is over`),
    ...(kept.length === seats ? [] : [`${kept.length} seats are kept back, the blocks say ${seats}`]),
  ];
}

function leftOf(active: Found['active'], of: (categoryId: string) => boolean): number {
  const left = active.flatMap((block) => block.left);
  return left.reduce((sum, { categoryId, quantity }) => sum + (of(categoryId) ? quantity : 0), 0);
}

/** Every tally is the sum over the bookings that count into it. */
function talliesAreSums({ taking, allTallies }: Found): string[] {
  return allTallies.flatMap(({ _id, seats }) => {
    const counted = taking.filter(({ tallies: keys }) => keys.includes(_id));
    const sum = counted.reduce((total, { items }) => total + items.length, 0);
    return sum === seats ? [] : [`the tally ${_id} says ${seats}, the bookings ${sum}`];
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
