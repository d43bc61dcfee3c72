// Bookings, money and tickets: each booking came to a decision, and what was paid for is what was given.
import type { Books, RawBooking } from './books.ts';

const STATES = ['held', 'confirmed', 'rejected', 'released', 'expired', 'refunded', 'cancelled'];

/** Every booking that was kept is decided, and what it says of itself fits together. */
export function undecidedBookings(books: Books): string[] {
  const seats = seatsByPerformance(books);
  return books.bookings.flatMap((booking) => {
    const wrong = whatIsWrong(booking, seats.get(booking.performanceId));
    return wrong === null ? [] : [`booking ${booking._id} (${booking.state}): ${wrong}`];
  });
}

function whatIsWrong(booking: RawBooking, categoryOfSeat: ReadonlyMap<string, string> | undefined): string | null {
  const { state, reason, items, total, holdExpiresAt } = booking;
  if (!STATES.includes(state)) return 'this is no state of a decided booking';
  if ((state === 'rejected') !== (reason !== null)) return `reason ${reason}`;
  if ((state === 'held') !== (holdExpiresAt !== null)) return `hold ends ${holdExpiresAt?.toISOString() ?? 'never'}`;
  if (state === 'rejected') return null;
  if (items.length === 0) return 'it has no items';
  const sum = items.reduce((amount, { price }) => amount + price.amount, 0);
  if (total?.amount !== sum || items.some(({ price }) => price.currency !== total.currency)) {
    return `total ${total?.amount} ${total?.currency}, items ${sum}`;
  }
  const strange = items.find(({ seatId, categoryId }) => seatId !== null && categoryOfSeat?.get(seatId) !== categoryId);
  return strange === undefined ? null : `seat ${strange.seatId} is no seat of category ${strange.categoryId}`;
}

function seatsByPerformance({ performances, seatingPlans }: Books): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const plans = new Map(
    seatingPlans.map(({ _id, sections }) => {
      const seats = sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
      return [_id, new Map(seats.map(({ id, categoryId }) => [id, categoryId]))] as const;
    }),
  );
  return new Map(
    performances.map(({ _id, planId }) => [_id, plans.get(planId ?? '') ?? new Map<string, string>()] as const),
  );
}

/** A confirmed booking has one ticket for each item; no other booking has any. */
export function ticketsUnlikeItems(books: Books): string[] {
  const issued = new Map<string, string[]>();
  for (const { bookingId, performanceId, categoryId, seatId } of books.tickets) {
    const list = issued.get(bookingId) ?? [];
    list.push(`${performanceId} ${categoryId} ${seatId}`);
    issued.set(bookingId, list);
  }
  const faults = books.bookings.flatMap(({ _id, state, performanceId, items }) => {
    const has = (issued.get(_id) ?? []).sort();
    issued.delete(_id);
    const due =
      state === 'confirmed' ? items.map(({ categoryId, seatId }) => `${performanceId} ${categoryId} ${seatId}`) : [];
    return has.join() === due.sort().join()
      ? []
      : [`booking ${_id} (${state}): ${has.length} tickets for ${due.length} items`];
  });
  return [...faults, ...[...issued.keys()].map((id) => `tickets of booking ${id}, which does not exist`)];
}

/** A partition's owner expires what is due by itself, whatever waits in its queue. */
const EXPIRY_GRACE_MS = 1_000;

/** No hold lives on after its end. */
export function holdsBeyondTheirEnd({ bookings, now }: Books): string[] {
  return bookings.flatMap(({ _id, state, holdExpiresAt }) => {
    if (state !== 'held' || holdExpiresAt === null) return [];
    const overdueMs = now.getTime() - holdExpiresAt.getTime();
    return overdueMs > EXPIRY_GRACE_MS ? [`booking ${_id} is held ${overdueMs} ms beyond its end`] : [];
  });
}

const PAYING_SECONDS = 180;
const LONGEST_HOLDS_PER_FAN = 3;

/** No hold reaches beyond the longest the sale grants, and a fan's holds that came to nothing not beyond three of them. */
export function holdsLongerThanGranted(books: Books): string[] {
  const longestMs = new Map(
    books.sales.map(({ _id, holdSeconds, holdMaxSeconds }) => {
      const doubled = Math.max(2 * holdSeconds, holdSeconds + PAYING_SECONDS);
      return [_id, Math.max(holdSeconds, holdMaxSeconds ?? doubled) * 1000] as const;
    }),
  );
  const long = books.bookings.flatMap(({ _id, saleId, state, decidedAt, holdExpiresAt }) => {
    if (state !== 'held' || holdExpiresAt === null) return [];
    const ms = holdExpiresAt.getTime() - decidedAt.getTime();
    const granted = longestMs.get(saleId) ?? 0;
    return ms > granted ? [`booking ${_id} is held for ${ms} ms of ${granted}`] : [];
  });
  const endless = books.fanCounts.flatMap(({ _id, saleId, heldMs = 0 }) => {
    const granted = (longestMs.get(saleId) ?? 0) * LONGEST_HOLDS_PER_FAN;
    // Extensions of the last hold may reach beyond what was left when it began, by less than one longest hold.
    const most = granted + (longestMs.get(saleId) ?? 0);
    return heldMs < 0 || heldMs > most
      ? [`fan ${_id} is charged with ${heldMs} ms of holds, ${granted} are granted`]
      : [];
  });
  return [...long, ...endless];
}
