// The auditor before books that the engine itself wrote: a small sale with everything that can happen to a booking. As it
// is, no rule of the shop has anything to say; with one thing broken behind the engine's back, exactly those rules
// speak that should.
import type { BlockId, BookingId, FanId, PaymentId, SeatId, StockCommand, WantedItem } from '@onsale/domain';
import { ticketIdOf } from '@onsale/domain';
import { insertTestSale, STALLS, STANDING, type TestSale, testMongo } from '@onsale/testkit';
import { commitDecisions } from '../bookings/commit-decisions.ts';
import { findBooking } from '../bookings/find-bookings.ts';
import { findOrdersOf, noteOrderDone } from '../bookings/money-orders.ts';
import { emptyMemory } from '../bookings/partition-memory.ts';
import { openPayment } from '../bookings/payments.ts';
import { sandboxLedger } from '../bookings/sandbox-ledger.ts';
import { takePartition } from '../bookings/take-partition.ts';
import { connectMongo, type Mongo } from '../connect-mongo.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { audit } from './audit.ts';

const database = testMongo();
let mongo: Mongo;
let sale: TestSale;
let decide: (...commands: StockCommand[]) => Promise<unknown>;
let asWritten: ReadonlyMap<string, readonly Stored[]>;

/** As it lies in the database. */
type Stored = { _id: string } & Record<string, unknown>;

/** What the admitter writes, not the engine: a test sale has no true draw. */
const OF_THE_LINE = ['INV-20', 'INV-21'];

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
  sale = await insertTestSale(database.db);
  await of('sales').updateOne({ _id: sale.saleId }, { $set: { 'limits.seatsPerEmail': 8 } });
  const lease = await takePartition(mongo, 0, 'test');
  const memory = emptyMemory();
  decide = (...commands) => commitDecisions(mongo, { lease, memory, commands });
  await playSale();
  asWritten = await readAll();
});
afterAll(() => mongo.close());

const of = (name: string) => database.db.collection<Stored>(name);
const idOf = (name: string) => `bk_${name}` as BookingId;
const seats = (...seatIds: string[]): WantedItem[] => [{ seatIds: seatIds as SeatId[] }];
const about = (name: string) => ({ performanceId: sale.performanceId, bookingId: idOf(name) });
const reserve = (name: string, items: readonly WantedItem[]): StockCommand => ({
  type: 'reserve',
  ...sale,
  ...about(name),
  fanId: `fan-${name}` as FanId,
  bodyHash: '0'.repeat(64),
  items,
  contact: { name, email: `${name}@example.org` },
});

/** Bought, bought and given back in part, paid too late, held, let go, refused, kept back. */
async function playSale(): Promise<void> {
  const { performanceId } = sale;
  const kept = { blockId: 'blk_camera' as BlockId, label: 'Camera', audience: null, releaseAt: null } as const;
  const items = [{ seatIds: ['B1', 'B2'] as SeatId[] }, { categoryId: STANDING, quantity: 3 }];
  await decide({ type: 'block', performanceId, ...kept, items, requestedBy: 'staff' });
  await decide(
    reserve('bought', seats('A1', 'A2')),
    reserve('refused', seats('A2', 'A3')),
    reserve('part', seats('A5', 'A6')),
    reserve('late', seats('A7')),
    reserve('held', [{ categoryId: STANDING, quantity: 2 }]),
    reserve('gone', [{ categoryId: STALLS, quantity: 2 }]),
  );
  await decide({ type: 'release', ...about('gone'), by: 'fan' }, { type: 'release', ...about('late'), by: 'fan' });
  for (const name of ['bought', 'part', 'late']) await pay(name);
  const ticketIds = [ticketIdOf(idOf('part'), 0)];
  await decide({ type: 'refund', ...about('part'), paymentId: 'pay_part.0' as PaymentId, ticketIds });
  for (const name of ['part', 'late']) await carryOut(`pay_${name}.0` as PaymentId);
}

async function pay(name: string): Promise<void> {
  const booking = await findBooking(mongo, idOf(name));
  if (booking === null) throw new Error(`no booking ${name}`);
  const now = new Date();
  const { _id: paymentId, amount } = await openPayment(mongo, { booking, provider: 'sandbox', now });
  const entry = { outcome: 'succeeded', at: now, amount: amount.amount, refusesCapture: false } as const;
  await sandboxLedger(mongo).write(paymentId, entry);
  await decide({ type: 'confirm', ...about(name), paymentId, amount, captured: true });
}

async function carryOut(paymentId: PaymentId): Promise<void> {
  const orders = await findOrdersOf(mongo, paymentId);
  expect(orders.map(({ kind }) => kind)).toEqual(['refund']);
  for (const order of orders) {
    await sandboxLedger(mongo).refund(paymentId, { orderId: order._id, amount: order.amount.amount });
    await noteOrderDone(mongo, order);
  }
}

async function readAll(): Promise<ReadonlyMap<string, readonly Stored[]>> {
  const names = (await database.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  return new Map(await Promise.all(names.map(async (name) => [name, await of(name).find().toArray()] as const)));
}

async function restore(): Promise<void> {
  for (const [name, documents] of asWritten) {
    await of(name).deleteMany({});
    if (documents.length > 0) await of(name).insertMany([...documents]);
  }
}

async function rulesThatSpeak(): Promise<string[]> {
  const { findings } = await audit(mongo);
  return findings.filter(({ id, faults }) => faults.length > 0 && !OF_THE_LINE.includes(id)).map(({ id }) => id);
}

test('no rule has anything to say about what the engine wrote', async () => {
  const states = await of('bookings').find().sort({ _id: 1 }).toArray();
  expect(states.map(({ state }) => state)).toEqual([
    ...['confirmed', 'released', 'held', 'released', 'confirmed', 'rejected'],
  ]);
  const { findings, looked } = await audit(mongo);
  expect(findings.filter(({ id, faults }) => faults.length > 0 && !OF_THE_LINE.includes(id))).toEqual([]);
  expect(looked).toEqual({ sales: 1, bookings: 6, claims: 5, tickets: 3 });
});

const set = (name: string, _id: string, $set: object) => () => of(name).updateOne({ _id }, { $set } as object);
const add = (name: string, _id: string, $inc: Record<string, number>) => () =>
  of(name).updateOne({ _id }, { $inc } as object);
const drop = (name: string, filter: object) => () => of(name).deleteOne(filter);
const ago = (ms: number) => new Date(Date.now() - ms);

/** Several rules where one thing is wrong in the eyes of each. */
const breaks: readonly (readonly [string, readonly string[], () => Promise<unknown>])[] = [
  [
    'a claim of a refused booking',
    ['INV-10'],
    () =>
      of('claims').insertOne({
        ...{ _id: 'perf-test:A9', performanceId: 'perf-test', seatId: 'A9', bookingId: 'bk_refused' },
      }),
  ],
  ['a claim given to another booking', ['INV-10', 'INV-11'], set('claims', 'perf-test:A1', { bookingId: 'bk_part' })],
  ['a sold seat that nobody claims', ['INV-11'], drop('claims', { _id: 'perf-test:A1' })],
  [
    'a seat in two bookings',
    ['INV-10', 'INV-11', 'INV-12', 'INV-15'],
    set('bookings', 'bk_part', { 'items.0.seatId': 'A1' }),
  ],
  ['a count that drifted', ['INV-13'], add('counts', 'perf-test:standing', { held: 1, free: -1 })],
  ['a capacity raised behind the catalogue', ['INV-14'], add('counts', 'perf-test:standing', { capacity: 1, free: 1 })],
  ['a ticket that is gone', ['INV-15'], drop('tickets', { bookingId: 'bk_bought' })],
  ['a refund that nobody ordered', ['INV-16'], add('payments', 'pay_bought.0', { refunded: 4500 })],
  ['a fan miscounted', ['INV-17'], add('fanCounts', 'sale-test:fan-bought', { seats: -1 })],
  ['a hold that outlived its end', ['INV-18'], set('bookings', 'bk_held', { holdExpiresAt: ago(5_000) })],
  ['a total that is not the sum', ['INV-19'], set('bookings', 'bk_held', { 'total.amount': 1 })],
  [
    'a state that is none',
    ['INV-13', 'INV-17', 'INV-19', 'INV-25'],
    set('bookings', 'bk_held', { state: 'requested' }),
  ],
  ['a hold that was granted long ago', ['INV-23'], set('bookings', 'bk_held', { decidedAt: ago(36_000_000) })],
  ['a kept-back seat that nobody claims', ['INV-24'], drop('claims', { blockId: 'blk_camera' })],
  ['a mailbox miscounted', ['INV-25'], () => of('tallies').updateMany({}, { $inc: { seats: 1 } } as object)],
  ['money the provider never took', ['INV-26'], set('sandboxPayments', 'pay_bought.0', { outcome: 'failed' })],
  ['a refund the provider never made', ['INV-26'], set('sandboxPayments', 'pay_late.0', { refunds: [] })],
];

test.each(breaks)('%s: %p speak, and no other', async (_what, rules, breakIt) => {
  await breakIt();
  const spoke = await rulesThatSpeak();
  await restore();
  expect(spoke).toEqual(rules);
  expect(await rulesThatSpeak()).toEqual([]);
});

test('a second payment made possible: INV-22 speaks, and no other', async () => {
  const unique = (await of('payments').indexes()).find((index) => index.unique === true);
  await of('payments').dropIndex(unique?.name ?? '');
  expect(await rulesThatSpeak()).toEqual(['INV-22']);
  await prepareDatabase(mongo);
  expect(await rulesThatSpeak()).toEqual([]);
});
