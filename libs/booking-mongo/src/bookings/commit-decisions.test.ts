import { setTimeout as pause } from 'node:timers/promises';
import {
  type BookingId,
  type FanId,
  occupy,
  type PaymentId,
  type Reserve,
  type SeatId,
  type WantedItem,
} from '@onsale/domain';
import { insertTestSale, STALLS, STANDING, type TestSale, testMongo } from '@onsale/testkit';
import { connectMongo, type Mongo } from '../connect-mongo.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { bookings, claims, counts, fanCounts, partitions, payments, tickets } from './booking-collections.ts';
import { commitDecisions } from './commit-decisions.ts';
import { databaseTime, findDueHolds } from './find-bookings.ts';
import { moneyOrders } from './money-orders.ts';
import { readStock } from './open-stock.ts';
import { emptyMemory } from './partition-memory.ts';
import { notePaymentFailed, openPayment } from './payments.ts';
import { StaleLeaseError, takePartition } from './take-partition.ts';

const database = testMongo();
let mongo: Mongo;
let sale: TestSale;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
afterAll(() => mongo.close());
beforeEach(async () => {
  await database.clear();
  sale = await insertTestSale(database.db);
});

const seats = (...ids: string[]): WantedItem[] => [{ seatIds: ids as SeatId[] }];

function reserve(name: string, items: readonly WantedItem[], over: Partial<Reserve> = {}): Reserve {
  return {
    type: 'reserve',
    ...sale,
    bookingId: `bk_${name}` as BookingId,
    fanId: `fan-${name}` as FanId,
    bodyHash: '0'.repeat(64),
    items,
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
    ...over,
  };
}

async function owner() {
  const lease = await takePartition(mongo, 0, 'test');
  const memory = emptyMemory();
  return {
    lease,
    memory,
    commit: (...commands: Parameters<typeof commitDecisions>[1]['commands']) =>
      commitDecisions(mongo, { lease, memory, commands }),
  };
}

const stateOf = async (name: string) => (await bookings(mongo).findById(`bk_${name}`).lean())?.state;

test('a batch becomes bookings, claims, counts and fan counts in one transaction', async () => {
  const { commit } = await owner();
  const { outcomes } = await commit(
    reserve('a', seats('A1', 'A2')),
    reserve('b', seats('A2', 'A3')),
    reserve('c', [{ categoryId: STANDING, quantity: 3 }]),
  );
  expect(outcomes.map(({ booking }) => booking?.state)).toEqual(['held', 'rejected', 'held']);
  expect((await claims(mongo).find().sort({ _id: 1 }).lean()).map(({ seatId }) => seatId)).toEqual(['A1', 'A2']);
  expect(await counts(mongo).findById(`${sale.performanceId}:${STANDING}`).lean()).toMatchObject({
    capacity: 20,
    held: 3,
    sold: 0,
    free: 17,
    version: 1,
  });
  expect(await fanCounts(mongo).findById(`${sale.saleId}:fan-a`).lean()).toMatchObject({ seats: 2 });
  expect(await readStock(mongo, sale.saleId)).toEqual({ capacity: 40, free: 35, openHolds: 5, sold: 0 });
});

test('INV-2: the same batch committed again changes nothing and gives the same answers', async () => {
  const { commit } = await owner();
  const batch = [reserve('a', seats('A1')), reserve('b', [{ categoryId: STALLS, quantity: 2 }])];
  const first = await commit(...batch);
  const before = await dump();
  const other = await owner();
  const again = await other.commit(...batch);
  expect(again.outcomes.map(({ kind }) => kind)).toEqual(['repeated', 'repeated']);
  expect(again.outcomes.map(({ booking }) => booking)).toEqual(first.outcomes.map(({ booking }) => booking));
  expect(await dump()).toEqual(before);
});

test('INV-3: an owner whose epoch is no longer the latest cannot commit', async () => {
  const former = await owner();
  await former.commit(reserve('a', seats('A1')));
  const latter = await owner();
  await expect(former.commit(reserve('b', seats('A2')))).rejects.toThrow(StaleLeaseError);
  expect(await stateOf('b')).toBeUndefined();
  await latter.commit(reserve('c', seats('A2')));
  expect(await stateOf('c')).toBe('held');
});

test('the epoch is held to the end: a take-over cannot slip in between the match and the commit', async () => {
  const { lease, commit } = await owner();
  const { session } = lease;
  const finish = session.commitTransaction.bind(session);
  let raised = false;
  let raising: Promise<unknown> = Promise.resolve();
  let raisedBeforeCommit = true;
  session.commitTransaction = async () => {
    raising = partitions(mongo)
      .updateOne({ _id: 0 }, { $inc: { epoch: 1 } })
      .then(() => {
        raised = true;
      });
    await pause(200); // far longer than an update that nothing holds up
    raisedBeforeCommit = raised;
    await finish();
  };
  await commit(reserve('a', seats('A1')));
  await raising;
  expect(raisedBeforeCommit).toBe(false);
});

test('the end of a hold is counted by the clock of the database', async () => {
  const { commit } = await owner();
  const before = (await databaseTime(mongo)).getTime();
  const { outcomes } = await commit(reserve('a', seats('A1')));
  const after = (await databaseTime(mongo)).getTime();
  const end = outcomes[0]?.booking?.holdExpiresAt ?? 0;
  expect(end).toBeGreaterThanOrEqual(before + 600_000);
  expect(end).toBeLessThanOrEqual(after + 600_000);
});

test('a failure that is told after a success does not undo it', async () => {
  const { commit } = await owner();
  const booking = (await commit(reserve('a', seats('A1')))).outcomes[0]?.booking;
  if (!booking) throw new Error('no booking');
  const { _id: paymentId, amount } = await openPayment(mongo, { booking, provider: 'sandbox', now: new Date() });
  const { performanceId } = sale;
  await commit({ type: 'confirm', performanceId, bookingId: booking.id, paymentId, amount, captured: true });
  await notePaymentFailed(mongo, paymentId);
  expect(await payments(mongo).findById(paymentId).lean()).toMatchObject({ state: 'succeeded' });
});

test('INV-4: a seat that is claimed behind the memory of the owner is refused by the claim itself', async () => {
  const { commit, memory } = await owner();
  await commit(reserve('a', seats('A1')));
  // As if this owner had forgotten: its memory says that the seat is free.
  const [occupancy, facts] = [memory.claims.get(sale.performanceId), memory.facts.get(sale.performanceId)?.facts];
  if (occupancy === undefined || facts === undefined) throw new Error('the owner has no memory');
  occupy(occupancy, facts.seatMap, 'A1' as SeatId, null);
  await expect(commit(reserve('b', seats('A1')))).rejects.toThrow();
  expect(await stateOf('b')).toBeUndefined();
  // The failure emptied the memory, so the next attempt sees the truth.
  const { outcomes } = await commit(reserve('b', seats('A1')));
  expect(outcomes[0]?.booking).toMatchObject({ state: 'rejected', reason: 'seat_taken' });
});

test('paid, the hold becomes a sale with tickets; refunded, everything is free again', async () => {
  const { commit } = await owner();
  const { outcomes } = await commit(reserve('a', seats('A1', 'A2')));
  const booking = outcomes[0]?.booking;
  if (!booking) throw new Error('no booking');
  const payment = await openPayment(mongo, { booking, provider: 'sandbox', now: new Date() });
  const about = { performanceId: sale.performanceId, bookingId: booking.id };
  const confirm = {
    ...about,
    type: 'confirm',
    paymentId: payment._id,
    amount: payment.amount,
    captured: true,
  } as const;
  await commit(confirm, confirm);
  expect(await stateOf('a')).toBe('confirmed');
  expect(await tickets(mongo).countDocuments({ bookingId: booking.id })).toBe(2);
  expect(await readStock(mongo, sale.saleId)).toMatchObject({ openHolds: 0, sold: 2 });
  await commit({ ...about, type: 'refund', paymentId: payment._id, ticketIds: null });
  expect(await stateOf('a')).toBe('refunded');
  expect(await tickets(mongo).countDocuments()).toBe(0);
  expect(await claims(mongo).countDocuments()).toBe(0);
  expect(await payments(mongo).findById(payment._id).lean()).toMatchObject({ state: 'succeeded', refunded: 9000 });
  expect(await moneyOrders(mongo).find().lean()).toMatchObject([
    { kind: 'refund', state: 'due', amount: { amount: 9000 } },
  ]);
  expect(await readStock(mongo, sale.saleId)).toMatchObject({ openHolds: 0, sold: 0, free: 40 });
});

test('a payment is opened once, however many ask at the same time', async () => {
  const { commit } = await owner();
  const booking = (await commit(reserve('a', seats('A1')))).outcomes[0]?.booking;
  if (!booking) throw new Error('no booking');
  const opened = await Promise.all(
    Array.from({ length: 8 }, () => openPayment(mongo, { booking, provider: 'sandbox', now: new Date() })),
  );
  expect(new Set(opened.map(({ _id }) => _id)).size).toBe(1);
  expect(await payments(mongo).countDocuments()).toBe(1);
});

test('a second pending payment of a booking cannot exist, whatever id it is given', async () => {
  const payment = { bookingId: 'bk_two', state: 'pending', refund: 'none' };
  const collection = database.db.collection<{ _id: string }>('payments');
  await collection.insertOne({ ...payment, _id: 'pay_two.0' });
  await expect(collection.insertOne({ ...payment, _id: 'pay_two.1' })).rejects.toMatchObject({ code: 11_000 });
});

test('only holds past their end by the clock of the database are due', async () => {
  const { commit } = await owner();
  await commit(reserve('a', seats('A1')), reserve('b', seats('A2')));
  await bookings(mongo).updateOne(
    { _id: 'bk_a' as BookingId },
    { $set: { holdExpiresAt: new Date(Date.now() - 1_000) } },
  );
  expect((await findDueHolds(mongo, 10)).map(({ bookingId }) => bookingId)).toEqual(['bk_a']);
  const { outcomes } = await commit(
    { type: 'expire', performanceId: sale.performanceId, bookingId: 'bk_a' as BookingId },
    { type: 'expire', performanceId: sale.performanceId, bookingId: 'bk_b' as BookingId },
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(['decided', 'ignored']);
  expect(await stateOf('a')).toBe('expired');
});

test('a worker that dies in the middle of a transaction does not keep the next one from the partition', async () => {
  const dead = await owner();
  await dead.commit(reserve('a', seats('A1')));
  const { session } = dead.lease;
  session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
  await partitions(mongo).updateOne({ _id: 0 }, { $inc: { commits: 1 } }, { session });
  await claims(mongo).deleteMany({}, { session });
  const before = performance.now();
  const next = await owner();
  await next.commit(reserve('b', seats('A2')));
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(await claims(mongo).countDocuments()).toBe(2);
  await session.abortTransaction().catch(() => undefined);
});

test('a take-over raises the epoch by one each time and names the owner', async () => {
  const first = await takePartition(mongo, 3, 'one');
  const second = await takePartition(mongo, 3, 'two');
  expect(second.epoch).toBe(first.epoch + 1);
  expect(await partitions(mongo).findById(3).lean()).toMatchObject({ epoch: second.epoch, owner: 'two' });
});

test('money for a booking nobody knows is not taken', async () => {
  const { commit } = await owner();
  const { outcomes } = await commit({
    type: 'confirm',
    performanceId: sale.performanceId,
    bookingId: 'bk_x' as BookingId,
    paymentId: 'pay_x' as PaymentId,
    amount: { amount: 1, currency: 'EUR' },
    captured: true,
  });
  expect(outcomes[0]).toMatchObject({ kind: 'ignored' });
});

async function dump() {
  const models = [bookings, claims, counts, fanCounts, tickets, payments, moneyOrders] as const;
  return Promise.all(models.map((of) => (of(mongo) as ReturnType<typeof bookings>).find().sort({ _id: 1 }).lean()));
}
