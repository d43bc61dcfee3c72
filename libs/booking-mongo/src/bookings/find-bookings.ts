// Reads of bookings and tickets for those who show them. From the primary: a fan who was told must see it.
import type { BookingId, BookingRecord, FanId, PerformanceId, SaleId, Ticket, TicketId } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { bookings, tickets } from './booking-collections.ts';
import { toBookingRecord, toTicket } from './booking-mapping.ts';

export async function findBooking(mongo: Mongo, bookingId: BookingId): Promise<BookingRecord | null> {
  const found = await native(mongo, bookings).findOne({ _id: bookingId });
  return found === null ? null : toBookingRecord(found);
}

const LISTED_MAX = 50;

/** A fan's own bookings, the newest first. */
export async function findBookingsOfFan(mongo: Mongo, fanId: FanId): Promise<readonly BookingRecord[]> {
  const found = await native(mongo, bookings).find({ fanId }).sort({ decidedAt: -1 }).limit(LISTED_MAX).toArray();
  return found.map(toBookingRecord);
}

/** Of these performances: the booking with this number, or those whose name or address holds the text; newest first. */
export async function searchBookings(
  mongo: Mongo,
  { performanceIds, search }: { readonly performanceIds: readonly PerformanceId[]; readonly search: string },
): Promise<readonly BookingRecord[]> {
  const pattern = { $regex: search.replace(/[^\p{L}\p{N}]/gu, '\\$&'), $options: 'i' };
  const found = await native(mongo, bookings)
    .find({
      performanceId: { $in: [...performanceIds] },
      $or: [{ _id: search as BookingId }, { 'contact.name': pattern }, { 'contact.email': pattern }],
    })
    .sort({ decidedAt: -1 })
    .limit(LISTED_MAX)
    .toArray();
  return found.map(toBookingRecord);
}

/** Which of these have an outcome. */
export async function decidedAmong(mongo: Mongo, ids: readonly BookingId[]): Promise<ReadonlySet<BookingId>> {
  const found = await native(mongo, bookings)
    .find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } })
    .toArray();
  return new Set(found.map(({ _id }) => _id));
}

/** By id, of those that are decided: the hash of the request each was made with. */
export async function findBodyHashes(
  mongo: Mongo,
  bookingIds: readonly BookingId[],
): Promise<ReadonlyMap<BookingId, string>> {
  const found = await native(mongo, bookings)
    .find({ _id: { $in: [...bookingIds] } }, { projection: { bodyHash: 1 } })
    .toArray();
  return new Map(found.map(({ _id, bodyHash }) => [_id, bodyHash]));
}

/** In the order of the booking's items. */
export async function findTicketsOf(mongo: Mongo, bookingId: BookingId): Promise<readonly Ticket[]> {
  const found = await native(mongo, tickets).find({ bookingId }).sort({ _id: 1 }).toArray();
  return found.map(toTicket);
}

export async function findTicket(mongo: Mongo, ticketId: TicketId): Promise<Ticket | null> {
  const found = await native(mongo, tickets).findOne({ _id: ticketId });
  return found === null ? null : toTicket(found);
}

export type DueHold = {
  readonly bookingId: BookingId;
  readonly performanceId: PerformanceId;
  readonly saleId: SaleId;
};

/**
 * Holds past their end by the database's clock, or that end within so many milliseconds, the oldest first. The clock comes
 * from `hello`, a round trip before the read: this list only proposes, and the transaction that expires a hold asks
 * `$$NOW` again.
 */
export async function findDueHolds(
  mongo: Mongo,
  limit: number,
  withinMs = 0,
): Promise<readonly (DueHold & { readonly isOver: boolean })[]> {
  const now = await databaseTime(mongo);
  const found = await native(mongo, bookings)
    .find(
      { state: 'held', holdExpiresAt: { $lte: new Date(now.getTime() + withinMs) } },
      { projection: { performanceId: 1, saleId: 1, holdExpiresAt: 1 }, sort: { holdExpiresAt: 1 }, limit },
    )
    .toArray();
  return found.map(({ _id, performanceId, saleId, holdExpiresAt }) => ({
    ...{ bookingId: _id, performanceId, saleId },
    isOver: holdExpiresAt !== null && holdExpiresAt <= now,
  }));
}

/** All holds of these performances with their ends, and the time by the database's clock when the reading began. */
export async function findHeld(
  mongo: Mongo,
  owns: (performanceId: PerformanceId) => boolean,
): Promise<{
  readonly at: number;
  readonly holds: readonly (Omit<DueHold, 'saleId'> & { readonly endsAt: number })[];
}> {
  const at = (await databaseTime(mongo)).getTime();
  const found = await native(mongo, bookings)
    .find({ state: 'held' }, { projection: { performanceId: 1, holdExpiresAt: 1 } })
    .toArray();
  const holds = found.flatMap(({ _id, performanceId, holdExpiresAt }) =>
    holdExpiresAt !== null && owns(performanceId)
      ? [{ bookingId: _id, performanceId, endsAt: holdExpiresAt.getTime() }]
      : [],
  );
  return { at, holds };
}

export async function databaseTime(mongo: Mongo): Promise<Date> {
  const hello = (await mongo.db?.admin().command({ hello: 1 })) as { localTime?: Date } | undefined;
  if (!(hello?.localTime instanceof Date)) throw new Error('the database does not tell its time');
  return hello.localTime;
}
