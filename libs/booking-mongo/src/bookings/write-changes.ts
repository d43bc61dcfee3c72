// Writes what a batch decided. Every write is guarded by what the decision was based on; a guard that does not match
// means the world was not as thought, and the whole transaction is given up.
import { type BookingChanges, claimKey, countKey, fanKey, isBlockId, type SeatOwner } from '@onsale/domain';
import type { ClientSession } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { blocks, bookings, claims, counts, fanCounts, payments, tallies, tickets } from './booking-collections.ts';
import { claimFieldsOf, toBlockDocument, toBookingDocument, toTicketDocument } from './booking-mapping.ts';
import { moneyOrders, toMoneyOrderDocument } from './money-orders.ts';

export class GuardError extends Error {
  constructor(guard: string) {
    super(`the guard of ${guard} did not match`);
    this.name = 'GuardError';
  }
}

export async function writeChanges(
  mongo: Mongo,
  session: ClientSession,
  { changes, now }: { readonly changes: BookingChanges; readonly now: number },
): Promise<void> {
  await writeBookings(mongo, session, changes);
  await writeClaims(mongo, session, changes.claims);
  await writeCounts(mongo, session, changes.counts);
  await writeFans(mongo, session, changes.fans);
  await writeTallies(mongo, session, changes.tallies);
  await writeBlocks(mongo, session, changes.blocks);
  await writePayments(mongo, session, changes.payments);
  await writeOrders(mongo, session, { orders: changes.orders, now });
  await writeTickets(mongo, session, changes);
}

async function writeBookings(mongo: Mongo, session: ClientSession, { created, changed }: BookingChanges) {
  const collection = native(mongo, bookings);
  if (created.length > 0) await collection.insertMany(created.map(toBookingDocument), { session });
  if (changed.length === 0) return;
  const { matchedCount } = await collection.bulkWrite(
    changed.map(({ before, after }) => {
      const { _id, ...fields } = toBookingDocument(after);
      return { updateOne: { filter: { _id, state: before.state }, update: { $set: fields } } };
    }),
    { session },
  );
  if (matchedCount !== changed.length) throw new GuardError('bookings');
}

async function writeClaims(mongo: Mongo, session: ClientSession, changes: BookingChanges['claims']) {
  const collection = native(mongo, claims);
  const given = changes.filter(({ to }) => to === null);
  const taken = changes.filter(({ from }) => from === null);
  const handed = changes.filter(({ from, to }) => from !== null && to !== null);
  if (given.length > 0) {
    const { deletedCount } = await collection.bulkWrite(
      given.map(({ performanceId, seatId, from }) => ({
        deleteOne: { filter: { _id: claimKey(performanceId, seatId), ...(from !== null && claimFieldsOf(from)) } },
      })),
      { session },
    );
    if (deletedCount !== given.length) throw new GuardError('released claims');
  }
  if (handed.length > 0) {
    const { matchedCount } = await collection.bulkWrite(
      handed.flatMap(({ performanceId, seatId, from, to }) =>
        from === null || to === null
          ? []
          : [
              {
                updateOne: {
                  filter: { _id: claimKey(performanceId, seatId), ...claimFieldsOf(from) },
                  update: handOver(from, to),
                },
              },
            ],
      ),
      { session },
    );
    if (matchedCount !== handed.length) throw new GuardError('handed claims');
  }
  if (taken.length > 0) {
    await collection.insertMany(
      taken.flatMap(({ performanceId, seatId, to }) =>
        to === null ? [] : [{ _id: claimKey(performanceId, seatId), performanceId, seatId, ...claimFieldsOf(to) }],
      ),
      { session },
    );
  }
}

function handOver(from: SeatOwner, to: SeatOwner) {
  if (isBlockId(from) === isBlockId(to)) return { $set: claimFieldsOf(to) };
  return { $set: claimFieldsOf(to), $unset: isBlockId(from) ? { blockId: 1 as const } : { bookingId: 1 as const } };
}

async function writeCounts(mongo: Mongo, session: ClientSession, changes: BookingChanges['counts']) {
  if (changes.length === 0) return;
  const { matchedCount } = await native(mongo, counts).bulkWrite(
    changes.map(({ performanceId, categoryId, held, sold, blocked, heldOfPool }) => ({
      updateOne: {
        // Never below zero, whatever the decision believed to be free.
        filter: { _id: countKey(performanceId, categoryId), free: { $gte: held + sold + blocked } },
        update: { $inc: { held, sold, blocked, heldOfPool, free: -held - sold - blocked, version: 1 } },
      },
    })),
    { session },
  );
  if (matchedCount !== changes.length) throw new GuardError('counts');
}

async function writeFans(mongo: Mongo, session: ClientSession, changes: BookingChanges['fans']) {
  if (changes.length === 0) return;
  await native(mongo, fanCounts).bulkWrite(
    changes.map(({ saleId, fanId, seats, heldMs }) => ({
      updateOne: {
        filter: { _id: fanKey(saleId, fanId) },
        update: { $inc: { seats, heldMs }, $setOnInsert: { saleId, fanId } },
        upsert: true,
      },
    })),
    { session },
  );
}

async function writeTallies(mongo: Mongo, session: ClientSession, changes: BookingChanges['tallies']) {
  if (changes.length === 0) return;
  await native(mongo, tallies).bulkWrite(
    changes.map(({ key, saleId, seats }) => ({
      updateOne: { filter: { _id: key }, update: { $inc: { seats }, $setOnInsert: { saleId } }, upsert: true },
    })),
    { session },
  );
}

async function writeBlocks(mongo: Mongo, session: ClientSession, changes: BookingChanges['blocks']) {
  const collection = native(mongo, blocks);
  const made = changes.filter(({ before }) => before === null);
  if (made.length > 0)
    await collection.insertMany(
      made.map(({ after }) => toBlockDocument(after)),
      { session },
    );
  const changed = changes.flatMap(({ before, after }) => (before === null ? [] : [{ before, after }]));
  if (changed.length === 0) return;
  const { matchedCount } = await collection.bulkWrite(
    changed.map(({ before, after }) => {
      const { state, left } = toBlockDocument(after);
      return { updateOne: { filter: { _id: after.id, state: before.state }, update: { $set: { state, left } } } };
    }),
    { session },
  );
  if (matchedCount !== changed.length) throw new GuardError('blocks');
}

async function writePayments(mongo: Mongo, session: ClientSession, changes: BookingChanges['payments']) {
  if (changes.length === 0) return;
  const { matchedCount } = await native(mongo, payments).bulkWrite(
    changes.map(({ id, state, refunded }) => ({
      // Never less than was decided to go back before.
      updateOne: { filter: { _id: id, refunded: { $lte: refunded } }, update: { $set: { state, refunded } } },
    })),
    { session },
  );
  if (matchedCount !== changes.length) throw new GuardError('payments');
}

async function writeOrders(
  mongo: Mongo,
  session: ClientSession,
  { orders, now }: { readonly orders: BookingChanges['orders']; readonly now: number },
) {
  if (orders.length === 0) return;
  const documents = orders.map((order) => toMoneyOrderDocument(order, now));
  await native(mongo, moneyOrders).insertMany(documents, { session });
}

async function writeTickets(mongo: Mongo, session: ClientSession, { ticketsIssued, ticketsVoided }: BookingChanges) {
  const collection = native(mongo, tickets);
  if (ticketsVoided.length > 0) await collection.deleteMany({ _id: { $in: [...ticketsVoided] } }, { session });
  if (ticketsIssued.length > 0) await collection.insertMany(ticketsIssued.map(toTicketDocument), { session });
}
