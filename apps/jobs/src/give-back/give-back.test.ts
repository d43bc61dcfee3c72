import {
  type Actor,
  audit,
  auditLog,
  bookings,
  cancelPerformance,
  commitDecisions,
  connectMongo,
  emptyMemory,
  findBooking,
  findBookingsToCancel,
  findOpenRequests,
  type Mongo,
  noteRequestDone,
  openPayment,
  prepareDatabase,
  readCancellation,
  requestRefund,
  takePartition,
  tickets,
} from '@onsale/booking-mongo';
import type { BookingId, BookingRecord, FanId, SeatId, StaffId, StockCommand, TicketId } from '@onsale/domain';
import { insertTestSale, type TestSale, testMongo } from '@onsale/testkit';
import { type GiveBackDeps, giveBack } from './give-back.ts';

const database = testMongo();
const actor: Actor = { staffId: 'finance' as StaffId, address: '127.0.0.1', at: new Date() };
let mongo: Mongo;
let sale: TestSale;
let commit: (...commands: StockCommand[]) => Promise<BookingRecord | null>;
let later = 0;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
afterAll(() => mongo.close());
beforeEach(async () => {
  await database.clear();
  later = 0;
  sale = await insertTestSale(database.db);
  const lease = await takePartition(mongo, 0, 'test');
  const memory = emptyMemory();
  // One after the other, as a partition's owner decides.
  let turn: Promise<unknown> = Promise.resolve();
  commit = (...commands) => {
    const decided = turn.then(() => commitDecisions(mongo, { lease, memory, commands }));
    turn = decided.catch(() => undefined);
    return decided.then(({ outcomes }) => outcomes.at(-1)?.booking ?? null);
  };
});

async function hold(name: string, ...seatIds: string[]): Promise<BookingRecord> {
  const held = await commit({
    type: 'reserve',
    ...sale,
    bookingId: `bk_${name}` as BookingId,
    fanId: `fan-${name}` as FanId,
    bodyHash: '0'.repeat(64),
    items: [{ seatIds: seatIds as SeatId[] }],
    contact: { name: 'Aino Salo', email: `${name}@example.org` },
  });
  if (held === null) throw new Error('no booking');
  return held;
}

async function buy(name: string, ...seatIds: string[]): Promise<BookingRecord> {
  const { id: bookingId, performanceId, ...held } = await hold(name, ...seatIds);
  const opening = { booking: { ...held, id: bookingId, performanceId }, provider: 'sandbox', now: new Date() };
  const { _id: paymentId, amount } = await openPayment(mongo, opening);
  const sold = await commit({ type: 'confirm', bookingId, performanceId, paymentId, amount, captured: true });
  if (sold?.state !== 'confirmed') throw new Error('not sold');
  return sold;
}

const deps = (over: Partial<GiveBackDeps> = {}): GiveBackDeps => ({
  findOpenRequests: (limit) => findOpenRequests(mongo, limit),
  findBooking: (id) => findBooking(mongo, id),
  findBookingsToCancel: (what) => findBookingsToCancel(mongo, what),
  noteDone: (id) => noteRequestDone(mongo, id),
  publish: async (command) => void (await commit(command)),
  now: () => Date.now() + later,
  ...over,
});
const stateOf = async (name: string) => (await bookings(mongo).findById(`bk_${name}`).lean())?.state;
const faults = async () =>
  (await audit(mongo)).findings.filter(({ id, faults: found }) => id < 'INV-20' && found.length > 0);
const asked = ({ id, performanceId }: BookingRecord, key: string, ticketIds: TicketId[] | null = null) =>
  requestRefund(mongo, { bookingId: id, performanceId, ticketIds, reason: 'ill', key }, actor);

test('a refund in part that staff asks for is decided once, written down, and repeatable by its key', async () => {
  const sold = await buy('a', 'A1', 'A2');
  const one = sold.items[0]?.ticketId as TicketId;
  const first = await asked(sold, 'k-1', [one]);
  expect(await asked(sold, 'k-1', [one])).toEqual(first);
  expect(await asked(sold, 'k-1')).toBe('key_reused');
  // The broker has the command twice; the process that noted the end died before it could.
  await giveBack(deps({ noteDone: async () => Promise.reject(new Error('killed')) })).catch(() => undefined);
  await giveBack(deps());
  await giveBack(deps());
  expect(await findBooking(mongo, sold.id)).toMatchObject({ state: 'confirmed', total: { amount: 4500 } });
  expect(await tickets(mongo).countDocuments()).toBe(1);
  expect(await findOpenRequests(mongo, 10)).toEqual([]);
  expect(await auditLog(mongo).countDocuments({ act: 'refund asked for' })).toBe(1);
  expect(await faults()).toEqual([]);
});

test('a cancelled performance gives everything back, goes on after a death, and tells how far it has come', async () => {
  for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) await buy(name, `A${i * 2 + 1}`, `A${i * 2 + 2}`);
  await hold('e', 'B1', 'B2');
  const { performanceId } = sale;
  expect(await cancelPerformance(mongo, { performanceId, reason: 'ill' }, actor)).toBe(true);
  expect(await cancelPerformance(mongo, { performanceId, reason: 'again' }, actor)).toBe(true);
  let left = 2;
  const dying = deps({
    publish: async (command) => {
      if (left-- <= 0) throw new Error('killed');
      await commit(command);
    },
    findBookingsToCancel: async (what) => (await findBookingsToCancel(mongo, what)).slice(0, 3),
  });
  await giveBack(dying).catch(() => undefined);
  // What was sent before the death is decided by the worker, which lives.
  await hold('late', 'B3', 'B4').then(({ reason }) => expect(reason).toBe('performance_cancelled'));
  const halfWay = await readCancellation(mongo, performanceId);
  expect(halfWay).toMatchObject({ isDecided: false, bookings: { cancelled: 2, remaining: 3 } });
  await giveBack(deps());
  later = 60_000;
  await giveBack(deps());
  expect(await readCancellation(mongo, performanceId)).toMatchObject({
    isDecided: true,
    bookings: { cancelled: 5, remaining: 0 },
    money: { due: 4, done: 0, stuck: 0 },
  });
  expect([await stateOf('a'), await stateOf('e')]).toEqual(['cancelled', 'cancelled']);
  expect(await tickets(mongo).countDocuments()).toBe(0);
  expect(await auditLog(mongo).countDocuments({ act: 'performance cancelled' })).toBe(1);
  expect(await faults()).toEqual([]);
});
