// Seats, counts and limits: what is held or sold, looked at from both sides.
import { blockedByCategory } from './block-rules.ts';
import type { Books, RawBooking } from './books.ts';

/** Bookings whose seats are theirs. */
const TAKING = ['held', 'confirmed'];

export const taking = ({ bookings }: Books): readonly RawBooking[] =>
  bookings.filter(({ state }) => TAKING.includes(state));

/** Every claim is of a seat that its booking holds or has bought, or that an active block keeps back. */
export function claimsWithoutBooking(books: Books): string[] {
  const seats = new Set(
    taking(books).flatMap(({ _id, performanceId, items }) =>
      items.flatMap(({ seatId }) => (seatId === null ? [] : [`${_id} ${performanceId} ${seatId}`])),
    ),
  );
  const keeping = new Set(books.blocks.flatMap(({ _id, state }) => (state === 'active' ? [_id] : [])));
  return books.claims.flatMap(({ _id, bookingId, blockId, performanceId, seatId }) => {
    if (_id !== `${performanceId}:${seatId}`) return [`claim ${_id} says ${performanceId} ${seatId}`];
    if (bookingId !== undefined && blockId !== undefined) return [`claim ${_id} of ${bookingId} and of ${blockId}`];
    if (blockId !== undefined) return keeping.has(blockId) ? [] : [`claim ${_id} of block ${blockId}`];
    return seats.has(`${bookingId} ${performanceId} ${seatId}`) ? [] : [`claim ${_id} of booking ${bookingId}`];
  });
}

/** Every numbered seat of a held or confirmed booking is claimed by it. */
export function bookingsWithoutClaim(books: Books): string[] {
  const owners = new Map(
    books.claims.map(({ performanceId, seatId, bookingId, blockId }) => [
      `${performanceId} ${seatId}`,
      bookingId ?? (blockId === undefined ? undefined : `block ${blockId}`),
    ]),
  );
  return taking(books).flatMap(({ _id, performanceId, items }) =>
    items.flatMap(({ seatId }) => {
      if (seatId === null) return [];
      const owner = owners.get(`${performanceId} ${seatId}`);
      return owner === _id ? [] : [`booking ${_id}: seat ${seatId} is claimed by ${owner ?? 'nobody'}`];
    }),
  );
}

/** No seat stands in two bookings that hold or have bought it, nor on two tickets. */
export function seatsTakenTwice(books: Books): string[] {
  const inBookings = taking(books).flatMap(({ _id, performanceId, items }) =>
    items.flatMap(({ seatId }) =>
      seatId === null ? [] : [{ seat: `${performanceId} ${seatId}`, by: `booking ${_id}` }],
    ),
  );
  const onTickets = books.tickets.flatMap(({ _id, performanceId, seatId }) =>
    seatId === null ? [] : [{ seat: `${performanceId} ${seatId}`, by: `ticket ${_id}` }],
  );
  return [...twice(inBookings), ...twice(onTickets)];
}

function twice(takings: readonly { readonly seat: string; readonly by: string }[]): string[] {
  const first = new Map<string, string>();
  return takings.flatMap(({ seat, by }) => {
    const other = first.get(seat);
    first.set(seat, other ?? by);
    return other === undefined ? [] : [`${seat}: ${other} and ${by}`];
  });
}

type Sum = { held: number; sold: number; heldOfPool: number };

/** The parts of each count are the sums over its bookings and blocks, and free is what is left of the capacity. */
export function countsUnlikeSums(books: Books): string[] {
  const sums = sumsByCategory(books);
  const kept = blockedByCategory(books);
  const faults = books.counts.flatMap((count) => {
    const { _id, performanceId, categoryId, capacity, held, sold, free, blocked = 0, heldOfPool = 0 } = count;
    const key = `${performanceId}:${categoryId}`;
    const sum = sums.get(key) ?? { held: 0, sold: 0, heldOfPool: 0 };
    sums.delete(key);
    if (held !== sum.held || sold !== sum.sold) {
      return [`count ${_id}: held ${held} and sold ${sold}, but the bookings say ${sum.held} and ${sum.sold}`];
    }
    if (heldOfPool !== sum.heldOfPool) {
      return [`count ${_id}: ${heldOfPool} of the pool held, but the bookings say ${sum.heldOfPool}`];
    }
    if (blocked !== (kept.get(key) ?? 0)) {
      return [`count ${_id}: ${blocked} kept back, but the blocks say ${kept.get(key) ?? 0}`];
    }
    const rest = capacity - held - sold - blocked;
    return free === rest ? [] : [`count ${_id}: free ${free} of ${capacity} − ${held} − ${sold} − ${blocked}`];
  });
  return [...faults, ...[...sums.keys()].map((key) => `bookings in ${key}, which has no count`)];
}

function sumsByCategory(books: Books): Map<string, Sum> {
  const pool = poolSeats(books);
  const sums = new Map<string, Sum>();
  for (const { performanceId, state, items } of taking(books)) {
    for (const { categoryId, seatId } of items) {
      const key = `${performanceId}:${categoryId}`;
      const sum = sums.get(key) ?? { held: 0, sold: 0, heldOfPool: 0 };
      if (state === 'held') sum.held += 1;
      else sum.sold += 1;
      if (state === 'held' && pool.has(`${performanceId} ${seatId}`)) sum.heldOfPool += 1;
      sums.set(key, sum);
    }
  }
  return sums;
}

/** Accessible and companion seats. */
function poolSeats({ performances, seatingPlans }: Books): ReadonlySet<string> {
  const plans = new Map(seatingPlans.map((plan) => [plan._id, plan]));
  return new Set(
    performances.flatMap(({ _id, planId }) =>
      (plans.get(planId ?? '')?.sections ?? []).flatMap(({ rows }) =>
        rows.flatMap(({ seats }) =>
          seats.flatMap(({ id, kind }) => (kind === undefined || kind === 'standard' ? [] : [`${_id} ${id}`])),
        ),
      ),
    ),
  );
}

/** Nothing is held or sold beyond capacity, and the capacity is the performance's. */
export function oversoldCategories(books: Books): string[] {
  const capacities = new Map(
    books.performances.flatMap(({ _id, categories }) =>
      categories.map(({ id, capacity }) => [`${_id}:${id}`, capacity] as const),
    ),
  );
  return books.counts.flatMap((count) => {
    const { _id, performanceId, categoryId, capacity, held, sold, free, blocked = 0 } = count;
    const expected = capacities.get(`${performanceId}:${categoryId}`);
    if (capacity !== expected) return [`count ${_id}: capacity ${capacity}, the performance says ${expected}`];
    const isWithin = [held, sold, free, blocked].every((part) => part >= 0) && held + sold + blocked <= capacity;
    return isWithin ? [] : [`count ${_id}: held ${held}, sold ${sold}, free ${free} of ${capacity}`];
  });
}

/** No booking and no fan is over the sale's limits, and each fan's count is what the fan has. */
export function limitsExceeded(books: Books): string[] {
  const limits = new Map(books.sales.map(({ _id, limits: ofSale }) => [_id, ofSale]));
  const seats = new Map<string, number>();
  const large = taking(books).flatMap(({ _id, saleId, fanId, items }) => {
    const key = `${saleId}:${fanId}`;
    seats.set(key, (seats.get(key) ?? 0) + items.length);
    const limit = limits.get(saleId)?.seatsPerBooking ?? 0;
    return items.length > limit ? [`booking ${_id}: ${items.length} seats of ${limit}`] : [];
  });
  const counted = new Map(books.fanCounts.map(({ saleId, fanId, seats: count }) => [`${saleId}:${fanId}`, count]));
  const perFan = [...new Set([...seats.keys(), ...counted.keys()])].flatMap((key) => {
    const has = seats.get(key) ?? 0;
    const limit = limits.get(key.slice(0, key.indexOf(':')))?.seatsPerFan ?? 0;
    if (has > limit) return [`fan ${key} has ${has} seats of ${limit}`];
    return (counted.get(key) ?? 0) === has
      ? []
      : [`fan ${key} has ${has} seats and is counted with ${counted.get(key) ?? 0}`];
  });
  return [...large, ...perFan];
}
