import { testMongo } from '@onsale/testkit';
import type { mongo as driver } from 'mongoose';
import { connectMongo, type Mongo } from '../connect-mongo.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { audit } from './audit.ts';
import { plantHouse } from './test-books.ts';

const database = testMongo();
let mongo: Mongo;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
afterAll(() => mongo.close());
beforeEach(() => plantHouse(db()));

function db(): driver.Db {
  if (mongo.db === undefined) throw new Error('not connected');
  return mongo.db;
}

/** Collections of string ids, as everything here has. */
const of = (name: string) => db().collection<{ _id: string } & driver.Document>(name);

async function broken(): Promise<Record<string, readonly string[]>> {
  const { findings } = await audit(mongo);
  return Object.fromEntries(findings.filter(({ faults }) => faults.length > 0).map(({ id, faults }) => [id, faults]));
}

test('a house in order breaks no rule, and says how much was looked at', async () => {
  expect(await broken()).toEqual({});
  expect((await audit(mongo)).looked).toEqual({ sales: 1, bookings: 4, claims: 2, tickets: 2 });
});

test('INV-10: a claim whose booking does not have the seat is found', async () => {
  await of('claims').insertOne({ _id: 'perf:s-3', performanceId: 'perf', seatId: 's-3', bookingId: 'over' });
  expect(await broken()).toEqual({ 'INV-10': ['claim perf:s-3 of booking over'] });
});

test('INV-10: a claim whose key tells another seat is found', async () => {
  await of('claims').insertOne({ _id: 'perf:s-9', performanceId: 'perf', seatId: 's-1', bookingId: 'paid' });
  expect((await broken())['INV-10']).toEqual(['claim perf:s-9 says perf s-1']);
});

test('INV-11: a sold seat that nobody claims is found', async () => {
  await of('claims').deleteOne({ _id: 'perf:s-2' });
  expect(await broken()).toEqual({ 'INV-11': ['booking paid: seat s-2 is claimed by nobody'] });
});

test('INV-12: a seat in two bookings is found', async () => {
  await of('bookings').updateOne(
    { _id: 'held' },
    { $set: { 'items.0.seatId': 's-1', 'items.0.categoryId': 'stalls' } },
  );
  expect((await broken())['INV-12']).toEqual(['perf s-1: booking paid and booking held']);
});

test('INV-13: a count that is not the sum over its bookings is found', async () => {
  await of('counts').updateOne({ _id: 'perf:standing' }, { $set: { held: 0, free: 5 } });
  expect(await broken()).toEqual({
    'INV-13': ['count perf:standing: held 0 and sold 0, but the bookings say 1 and 0'],
  });
});

test('INV-13: a count that is not there and a free that does not add up are found', async () => {
  await of('counts').deleteOne({ _id: 'perf:standing' });
  await of('counts').updateOne({ _id: 'perf:stalls' }, { $set: { free: 0 } });
  expect((await broken())['INV-13']).toHaveLength(2);
});

test('INV-14: a category sold beyond its capacity is found', async () => {
  await of('performances').updateOne({ _id: 'perf' }, { $set: { 'categories.0.capacity': 1 } });
  await of('counts').updateOne({ _id: 'perf:stalls' }, { $set: { capacity: 1, free: -1 } });
  expect(await broken()).toEqual({ 'INV-14': ['count perf:stalls: held 0, sold 2, free -1 of 1'] });
});

test('INV-14: a capacity raised in the count alone is found', async () => {
  await of('counts').updateOne({ _id: 'perf:stalls' }, { $set: { capacity: 9, free: 7 } });
  expect(await broken()).toEqual({ 'INV-14': ['count perf:stalls: capacity 9, the performance says 3'] });
});

test('INV-15: a missing ticket and a ticket of a booking that is not confirmed are found', async () => {
  await of('tickets').deleteOne({ _id: 'ticket-1' });
  await of('tickets').insertOne({
    _id: 'odd',
    bookingId: 'held',
    performanceId: 'perf',
    categoryId: 'standing',
    seatId: null,
  });
  expect((await broken())['INV-15']).toEqual([
    'booking paid (confirmed): 1 tickets for 2 items',
    'booking held (held): 1 tickets for 0 items',
  ]);
});

test('INV-16: a confirmed booking that was not paid in full is found', async () => {
  await of('payments').updateOne({ _id: 'pay' }, { $set: { 'amount.amount': 999 } });
  expect(Object.keys(await broken())).toEqual(['INV-16']);
});

test('INV-16: money kept for an expired booking, and money that goes back by nobody, are found', async () => {
  await of('payments').updateOne({ _id: 'late' }, { $set: { refunded: 0 } });
  expect(await broken()).toEqual({
    'INV-16': ['payment late was kept, but bought nothing', 'payment late: 0 go back, but 500 were ordered'],
  });
});

test('INV-16: a booking refunded in part keeps what its items cost, no more and no less', async () => {
  const back = { paymentId: 'pay', kind: 'refund', amount: { amount: 500, currency: 'EUR' }, state: 'due' };
  await of('moneyOrders').insertOne({ _id: 'pay.refund-0', ...back });
  await of('payments').updateOne({ _id: 'pay' }, { $set: { refunded: 500 } });
  expect((await broken())['INV-16']).toEqual(['booking paid: payment pay is succeeded, keeps 500 of 1000']);
});

test('INV-16: an authorisation that nobody captures, and one let go that nobody was told of, are found', async () => {
  await of('payments').updateOne({ _id: 'pay' }, { $set: { state: 'authorised' } });
  await of('payments').insertOne({
    _id: 'gone',
    bookingId: 'over',
    amount: { amount: 500, currency: 'EUR' },
    state: 'voided',
    refunded: 0,
  });
  expect((await broken())['INV-16']).toEqual([
    'booking paid: payment pay is authorised, keeps 1000 of 1000',
    'payment gone is void and nobody was told',
  ]);
});

test('INV-26: money that the sandbox moved by itself, twice or not at all is found', async () => {
  const set = (id: string, $set: object) => of('sandboxPayments').updateOne({ _id: id }, { $set });
  await set('pay', { outcome: 'failed' });
  await set('late', { refunds: [{ orderId: 'other', amount: 501 }] });
  expect(await broken()).toEqual({
    'INV-26': [
      'payment pay was not taken',
      'payment late: 501 went back by no order of ours',
      'payment late: 501 went back of 500',
      'order late.refund-0 is done, but no money went back',
    ],
  });
});

test('INV-17: a fan with more seats than the sale allows is found', async () => {
  await of('sales').updateOne({ _id: 'sale' }, { $set: { 'limits.seatsPerFan': 2 } });
  expect(await broken()).toEqual({ 'INV-17': ['fan sale:aino has 3 seats of 2'] });
});

test('INV-17: a booking over the limit and a fan miscounted are found', async () => {
  await of('sales').updateOne({ _id: 'sale' }, { $set: { 'limits.seatsPerBooking': 1 } });
  await of('fanCounts').updateOne({ _id: 'sale:aino' }, { $set: { seats: 1 } });
  expect((await broken())['INV-17']).toEqual([
    'booking paid: 2 seats of 1',
    'fan sale:aino has 3 seats and is counted with 1',
  ]);
});

test('INV-18: a hold that lives on after its end is found', async () => {
  await of('bookings').updateOne({ _id: 'held' }, { $set: { holdExpiresAt: new Date(Date.now() - 60_000) } });
  expect(Object.keys(await broken())).toEqual(['INV-18']);
});

test('INV-23: a hold longer than the sale grants and a fan who held for ever are found', async () => {
  await of('bookings').updateOne({ _id: 'held' }, { $set: { decidedAt: new Date(Date.now() - 600_000) } });
  await of('fanCounts').updateOne({ _id: 'sale:aino' }, { $set: { heldMs: 2_000_000 } });
  expect((await broken())['INV-23']).toEqual([
    expect.stringMatching(/^booking held is held for 6\d{5} ms of 240000$/),
    'fan sale:aino is charged with 2000000 ms of holds, 720000 are granted',
  ]);
});

test('INV-10: a claim of a block that is over, and of a booking and a block at once, are found', async () => {
  const claim = { performanceId: 'perf', seatId: 's-3' };
  await of('claims').insertOne({ _id: 'perf:s-3', ...claim, blockId: 'blk_gone' });
  expect((await broken())['INV-10']).toEqual(['claim perf:s-3 of block blk_gone']);
  await of('claims').updateOne({ _id: 'perf:s-3' }, { $set: { bookingId: 'paid' } });
  expect((await broken())['INV-10']).toEqual(['claim perf:s-3 of paid and of blk_gone']);
});

test('INV-24: kept-back seats that nobody claims, and kept-back places that are not counted, are found', async () => {
  await of('blocks').insertOne({
    _id: 'blk_a',
    performanceId: 'perf',
    state: 'active',
    audience: null,
    left: [
      { categoryId: 'stalls', quantity: 1 },
      { categoryId: 'standing', quantity: 2 },
    ],
  });
  expect(await broken()).toEqual({
    'INV-13': [
      'count perf:stalls: 0 kept back, but the blocks say 1',
      'count perf:standing: 0 kept back, but the blocks say 2',
    ],
    'INV-24': ['block blk_a: 1 left of stalls, but 0 claims'],
  });
  await of('claims').insertOne({ _id: 'perf:s-3', performanceId: 'perf', seatId: 's-3', blockId: 'blk_a' });
  await of('counts').updateOne({ _id: 'perf:stalls' }, { $set: { blocked: 1, free: 0 } });
  await of('counts').updateOne({ _id: 'perf:standing' }, { $set: { blocked: 2, free: 2 } });
  expect(await broken()).toEqual({});
});

test('INV-25: a mailbox over its limit, a tally miscounted and a booking outside its tally are found', async () => {
  const key = 'sale:email:digest';
  await of('sales').updateOne({ _id: 'sale' }, { $set: { 'limits.seatsPerEmail': 2 } });
  expect((await broken())['INV-25']).toEqual([
    'booking paid is not counted for its address',
    'booking held is not counted for its address',
  ]);
  await of('bookings').updateMany({ _id: { $in: ['paid', 'held'] } }, { $set: { tallies: [key] } });
  expect((await broken())['INV-25']).toEqual([`tally ${key}: 3 seats, counted 0`]);
  await of('tallies').insertOne({ _id: key, saleId: 'sale', seats: 3 });
  expect((await broken())['INV-25']).toEqual([`tally ${key}: 3 seats of 2`]);
});

test('INV-19: bookings that are undecided, reasonless, wrongly added up or of strange seats are found', async () => {
  const change = (id: string, $set: object) => of('bookings').updateOne({ _id: id }, { $set });
  await change('refused', { reason: null });
  await change('over', { 'items.0.seatId': 's-77' });
  await change('held', { 'total.amount': 1 });
  await of('bookings').insertOne({
    _id: 'stuck',
    saleId: 'sale',
    performanceId: 'perf',
    fanId: 'x',
    state: 'requested',
    items: [],
  });
  expect(await broken()).toEqual({
    'INV-19': [
      'booking held (held): total 1 EUR, items 300',
      'booking refused (rejected): reason null',
      'booking over (expired): seat s-77 is no seat of category stalls',
      'booking stuck (requested): this is no state of a decided booking',
    ],
  });
});

test.each([
  ['a secret that was exchanged', { secret: '00'.repeat(32) }, 'the secret does not fit the commitment'],
  ['a seed that does not follow', { seed: '00'.repeat(32) }, 'the seed does not follow from its parts'],
  ['a reveal without a frozen roster', { frozenAt: null }, 'it was revealed before the roster was frozen'],
  [
    'a roster frozen too early',
    { frozenAt: new Date('2026-01-01T11:59:59Z') },
    'the roster was frozen before the opening',
  ],
  ['another size', { size: 3 }, 'the root does not follow from size, roster and groups'],
  ['another roster', { rosterRoot: '11'.repeat(32) }, 'the root does not follow from size, roster and groups'],
  [
    'a public value that was not waited for',
    { publicValueSource: 'Lotto', publicValueWaitSeconds: 60 },
    'the public value was not waited for',
  ],
])('INV-20: %s is found', async (_what, $set, told) => {
  await of('draws').updateOne({ _id: 'sale:phase' }, { $set });
  expect(await broken()).toEqual({ 'INV-20': [`draw of sale phase: ${told}`] });
});

test('INV-20: a phase without a draw is found', async () => {
  await of('draws').deleteMany({});
  expect(await broken()).toEqual({ 'INV-20': ['draw of sale phase: there is none'] });
});

test('INV-21: more fans called than places leased is found', async () => {
  await of('checkpoints').updateOne({ _id: 'sale' }, { $set: { served: 101 } });
  expect(await broken()).toEqual({ 'INV-21': ['sale sale: 101 called of 100 leased'] });
});

test('INV-22: a guarding index that is gone is found', async () => {
  await db().collection('events').dropIndex('slug_1');
  expect(await broken()).toEqual({ 'INV-22': ['events has no unique index on slug'] });
});
