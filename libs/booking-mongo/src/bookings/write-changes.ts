// Writes what a batch decided. Every write is guarded by what the decision was based on; a guard that does not match
// means the world was not as thought, and the whole transaction is given up.
import { type BookingChanges, claimKey, countKey, fanKey, isBlockId, type SeatOwner } from '@onsale/domain';
import type { ClientSession } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { blocks, bookings, claims, counts, fanCounts, payments, tallies, tickets } from './booking-collections.ts';
import { claimFieldsOf, toBlockDocument, toBookingDocument, toTicketDocument } from './booking-mapping.ts';
import { moneyOrders, toMoneyOrderDocument } from './money-orders.ts';
import { deleteAll, insertAll, updateAll } from './write-many.ts';

export class GuardError extends Error {
  constructor(guard: string) {
    super(`the guard of ${guard} did not match`);
    this.name = 'GuardError';
  }
}

type In = { readonly mongo: Mongo; readonly session: ClientSession };

export type WriteChanges = In & {
  readonly changes: BookingChanges;
  readonly now: number;
  /** Keys of fans and tallies that this transaction looked for and did not find: they are inserted. */
  readonly absent: ReadonlySet<string>;
};

export async function writeChanges({ mongo, session, changes, now, absent }: WriteChanges): Promise<void> {
  const at: In = { mongo, session };
  await writeBookings(at, changes);
  await writeClaims(at, changes.claims);
  await writeCounts(at, changes.counts);
  await writeFans(at, changes.fans, absent);
  await writeTallies(at, changes.tallies, absent);
  await writeBlocks(at, changes.blocks);
  await writePayments(at, changes.payments);
  await writeOrders(at, { orders: changes.orders, now });
  await writeTickets(at, changes);
}

async function writeBookings(at: In, { created, changed }: BookingChanges) {
  await insertAll({ ...at, to: bookings, owners: created.map(({ id }) => id) }, created.map(toBookingDocument));
  const matched = await updateAll(
    { ...at, to: bookings, owners: changed.map(({ after }) => after.id) },
    changed.map(({ before, after }) => {
      const { _id, ...fields } = toBookingDocument(after);
      return { q: { _id, state: before.state }, u: { $set: fields } };
    }),
  );
  if (matched !== changed.length) throw new GuardError('bookings');
}

async function writeClaims(at: In, changes: BookingChanges['claims']) {
  const given = changes.filter(({ to }) => to === null);
  const taken = changes.filter(({ from }) => from === null);
  const handed = changes.filter(({ from, to }) => from !== null && to !== null);
  const deleted = await deleteAll(
    { ...at, to: claims, owners: given.map(({ from }) => from) },
    given.map(({ performanceId, seatId, from }) => ({
      _id: claimKey(performanceId, seatId),
      ...(from !== null && claimFieldsOf(from)),
    })),
  );
  if (deleted !== given.length) throw new GuardError('released claims');
  const matched = await updateAll(
    { ...at, to: claims, owners: handed.map(({ to }) => to) },
    handed.flatMap(({ performanceId, seatId, from, to }) =>
      from === null || to === null
        ? []
        : [{ q: { _id: claimKey(performanceId, seatId), ...claimFieldsOf(from) }, u: handOver(from, to) }],
    ),
  );
  if (matched !== handed.length) throw new GuardError('handed claims');
  await insertAll(
    { ...at, to: claims, owners: taken.map(({ to }) => to) },
    taken.flatMap(({ performanceId, seatId, to }) =>
      to === null ? [] : [{ _id: claimKey(performanceId, seatId), performanceId, seatId, ...claimFieldsOf(to) }],
    ),
  );
}

function handOver(from: SeatOwner, to: SeatOwner) {
  if (isBlockId(from) === isBlockId(to)) return { $set: claimFieldsOf(to) };
  return { $set: claimFieldsOf(to), $unset: isBlockId(from) ? { blockId: 1 as const } : { bookingId: 1 as const } };
}

async function writeCounts(at: In, changes: BookingChanges['counts']) {
  const matched = await updateAll(
    { ...at, to: counts },
    changes.map(({ performanceId, categoryId, held, sold, blocked, heldOfPool }) => ({
      // Never below zero, whatever the decision believed to be free.
      q: { _id: countKey(performanceId, categoryId), free: { $gte: held + sold + blocked } },
      u: { $inc: { held, sold, blocked, heldOfPool, free: -held - sold - blocked, version: 1 } },
    })),
  );
  if (matched !== changes.length) throw new GuardError('counts');
}

/** Whoever is absent is inserted, which costs a fraction of an upsert; another partition that does so as well is refused. */
async function writeFans(at: In, changes: BookingChanges['fans'], absent: ReadonlySet<string>) {
  const keyed = changes.map((change) => ({ _id: fanKey(change.saleId, change.fanId), ...change }));
  await insertAll(
    { ...at, to: fanCounts },
    keyed.filter(({ _id }) => absent.has(_id)),
  );
  await updateAll(
    { ...at, to: fanCounts },
    keyed
      .filter(({ _id }) => !absent.has(_id))
      .map(({ _id, saleId, fanId, seats, heldMs }) => ({
        q: { _id },
        u: { $inc: { seats, heldMs }, $setOnInsert: { saleId, fanId } },
        upsert: true,
      })),
  );
}

async function writeTallies(at: In, changes: BookingChanges['tallies'], absent: ReadonlySet<string>) {
  await insertAll(
    { ...at, to: tallies },
    changes.filter(({ key }) => absent.has(key)).map(({ key, saleId, seats }) => ({ _id: key, saleId, seats })),
  );
  await updateAll(
    { ...at, to: tallies },
    changes
      .filter(({ key }) => !absent.has(key))
      .map(({ key, saleId, seats }) => ({
        q: { _id: key },
        u: { $inc: { seats }, $setOnInsert: { saleId } },
        upsert: true,
      })),
  );
}

async function writeBlocks(at: In, changes: BookingChanges['blocks']) {
  const made = changes.filter(({ before }) => before === null).map(({ after }) => after);
  await insertAll({ ...at, to: blocks, owners: made.map(({ id }) => id) }, made.map(toBlockDocument));
  const changed = changes.flatMap(({ before, after }) => (before === null ? [] : [{ before, after }]));
  const matched = await updateAll(
    { ...at, to: blocks, owners: changed.map(({ after }) => after.id) },
    changed.map(({ before, after }) => {
      const { state, left } = toBlockDocument(after);
      return { q: { _id: after.id, state: before.state }, u: { $set: { state, left } } };
    }),
  );
  if (matched !== changed.length) throw new GuardError('blocks');
}

async function writePayments(at: In, changes: BookingChanges['payments']) {
  const matched = await updateAll(
    { ...at, to: payments, owners: changes.map(({ bookingId }) => bookingId) },
    changes.map(({ id, state, refunded }) => ({
      // Never less than was decided to go back before.
      q: { _id: id, refunded: { $lte: refunded } },
      u: { $set: { state, refunded } },
    })),
  );
  if (matched !== changes.length) throw new GuardError('payments');
}

async function writeOrders(
  at: In,
  { orders, now }: { readonly orders: BookingChanges['orders']; readonly now: number },
) {
  const documents = orders.map((order) => toMoneyOrderDocument(order, now));
  await insertAll({ ...at, to: moneyOrders, owners: orders.map(({ bookingId }) => bookingId) }, documents);
}

async function writeTickets({ mongo, session }: In, { ticketsIssued, ticketsVoided }: BookingChanges) {
  if (ticketsVoided.length > 0) {
    await native(mongo, tickets).deleteMany({ _id: { $in: [...ticketsVoided] } }, { session });
  }
  const owners = ticketsIssued.map(({ bookingId }) => bookingId);
  await insertAll({ mongo, session, to: tickets, owners }, ticketsIssued.map(toTicketDocument));
}
