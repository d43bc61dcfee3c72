import {
  audit,
  bookings,
  commitDecisions,
  connectMongo,
  emptyMemory,
  findOrdersOf,
  findPayment,
  type Mongo,
  moneyOrders,
  noteOrderDone,
  noteOrderRefused,
  noteUncaptured,
  openPayment,
  payments,
  prepareDatabase,
  putOrderOff,
  sandboxLedger,
  takeOrder,
  takePartition,
} from '@onsale/booking-mongo';
import type { SandboxOutcome } from '@onsale/contracts';
import type { BookingId, BookingRecord, FanId, PaymentId, SeatId, StockCommand } from '@onsale/domain';
import { type SandboxProvider, sandboxProvider } from '@onsale/payment-providers';
import { insertTestSale, type TestSale, testMongo } from '@onsale/testkit';
import { type CarryOutOrdersDeps, carryOutOrders } from './carry-out-orders.ts';

const database = testMongo();
let mongo: Mongo;
let sale: TestSale;
let sandbox: SandboxProvider;
let commit: (...commands: StockCommand[]) => Promise<BookingRecord>;
let later = 0;
const now = () => Date.now() + later;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
afterAll(() => mongo.close());
beforeEach(openHouse);

/** Everything anew: one sale, nothing sold, one owner of its partition. */
async function openHouse(): Promise<void> {
  await database.clear();
  later = 0;
  sale = await insertTestSale(database.db);
  sandbox = sandboxProvider({ books: sandboxLedger(mongo), secret: 's', webhookUrl: 'http://127.0.0.1:1/', now });
  const lease = await takePartition(mongo, 0, 'test');
  const memory = emptyMemory();
  commit = async (...commands) => {
    const { outcomes } = await commitDecisions(mongo, { lease, memory, commands });
    const booking = outcomes.at(-1)?.booking;
    if (!booking) throw new Error('no booking');
    return booking;
  };
}

/** As far as the sandbox and the worker go: reserved, paid as said, and told to the worker. */
async function buy(outcome: SandboxOutcome): Promise<{ booking: BookingRecord; paymentId: PaymentId }> {
  const held = await commit({
    type: 'reserve',
    ...sale,
    bookingId: 'bk_a' as BookingId,
    fanId: 'fan-a' as FanId,
    bodyHash: '0'.repeat(64),
    items: [{ seatIds: ['A1', 'A2'] as SeatId[] }],
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  });
  const { _id: paymentId, amount } = await openPayment(mongo, { booking: held, provider: 'sandbox', now: new Date() });
  await sandbox.decide({ paymentId, amount, outcome });
  const captured = outcome === 'succeed';
  return { paymentId, booking: await commit({ ...about(held), type: 'confirm', paymentId, amount, captured }) };
}

const about = ({ id: bookingId, performanceId }: BookingRecord) => ({ bookingId, performanceId });

function depsOf(over: Partial<CarryOutOrdersDeps> = {}): CarryOutOrdersDeps {
  return {
    providers: new Map([[sandbox.name, sandbox]]),
    takeOrder: (taking) => takeOrder(mongo, taking),
    ordersOf: (id) => findOrdersOf(mongo, id),
    findPayment: (id) => findPayment(mongo, id),
    noteDone: (order) => noteOrderDone(mongo, order),
    noteRefused: (order) => noteOrderRefused(mongo, order),
    noteUncaptured: (id) => noteUncaptured(mongo, id),
    putOff: (order, tryAfter) => putOrderOff(mongo, order, tryAfter),
    publish: async (command) => void (await commit(command)),
    onTrouble: () => undefined,
    now,
    ...over,
  };
}

class Killed extends Error {}

/** The process dies at its n-th step; null when it needed fewer. */
function dyingAt(step: number): { deps: CarryOutOrdersDeps; died(): boolean } {
  let steps = 0;
  let dead = false;
  const whole = depsOf();
  const mortal = <Arguments extends unknown[], Result>(act: (...given: Arguments) => Promise<Result>) => {
    return async (...given: Arguments): Promise<Result> => {
      if (dead || ++steps === step) {
        dead = true;
        throw new Killed();
      }
      const result = await act(...given);
      // Dying after the effect, before anybody heard of it, is another death than dying before.
      if (++steps === step) {
        dead = true;
        throw new Killed();
      }
      return result;
    };
  };
  const names = [
    'takeOrder',
    'ordersOf',
    'findPayment',
    'noteDone',
    'noteRefused',
    'noteUncaptured',
    'putOff',
    'publish',
  ];
  const deps = Object.fromEntries(
    Object.entries(whole).map(([name, part]) => [name, names.includes(name) ? mortal(part as never) : part]),
  ) as unknown as CarryOutOrdersDeps;
  const provider = { carryOut: mortal(sandbox.carryOut) };
  return { deps: { ...deps, providers: new Map([[sandbox.name, provider]]) }, died: () => dead };
}

async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) {
    later += 700_000;
    await carryOutOrders(depsOf());
  }
}

async function faults() {
  const { findings } = await audit(mongo);
  return findings.filter(
    ({ id, faults: found }) => ['INV-16', 'INV-26', 'INV-15', 'INV-13'].includes(id) && found.length > 0,
  );
}

const stories = {
  'a capture': { outcome: 'authorise', refunds: [], state: 'confirmed', payment: { state: 'succeeded', refunded: 0 } },
  'a capture that is refused': {
    outcome: 'authorise_refused',
    refunds: [],
    state: 'cancelled',
    payment: { state: 'failed', refunded: 0 },
  },
  'a refund': {
    outcome: 'succeed',
    refunds: [null],
    state: 'refunded',
    payment: { state: 'succeeded', refunded: 9000 },
  },
  'a refund in part before the capture': {
    outcome: 'authorise',
    refunds: [['tk_a.0']],
    state: 'confirmed',
    payment: { state: 'succeeded', refunded: 4500 },
  },
  'two refunds in part': {
    outcome: 'succeed',
    refunds: [['tk_a.0'], ['tk_a.1']],
    state: 'refunded',
    payment: { state: 'succeeded', refunded: 9000 },
  },
} as const;

test.each(Object.entries(stories))(
  '%s comes to the same end wherever the process dies',
  async (_name, { outcome, refunds, state, payment }) => {
    for (let step = 1; ; step++) {
      await openHouse();
      const { booking, paymentId } = await buy(outcome);
      for (const ticketIds of refunds) {
        await commit({ ...about(booking), type: 'refund', paymentId, ticketIds: ticketIds as never });
      }
      const { deps, died } = dyingAt(step);
      await carryOutOrders(deps).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      await settle();
      expect([step, (await bookings(mongo).findById(booking.id).lean())?.state]).toEqual([step, state]);
      expect(await payments(mongo).findById(paymentId).lean()).toMatchObject(payment);
      expect(await moneyOrders(mongo).countDocuments({ state: 'due' })).toBe(0);
      expect(await faults()).toEqual([]);
      if (!died()) break;
    }
  },
  120_000,
);

test('an order of a provider that is away stays due, is tried again ever less often, and is done when it is back', async () => {
  const { booking, paymentId } = await buy('succeed');
  await commit({ ...about(booking), type: 'refund', paymentId, ticketIds: null });
  const away = { carryOut: () => Promise.reject(new Error('away')) };
  const pauses: number[] = [];
  const deps = depsOf({
    providers: new Map([[sandbox.name, away]]),
    putOff: async (order, tryAfter) => {
      pauses.push(Math.round((tryAfter.getTime() - now()) / 1000));
      later += tryAfter.getTime() - now() + 1;
      await putOrderOff(mongo, order, new Date(now() - 1));
    },
  });
  await carryOutOrders(deps);
  expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 8]);
  expect(Math.max(...pauses)).toBe(600);
  later += 700_000;
  expect(await carryOutOrders(depsOf())).toBe(1);
  expect(await faults()).toEqual([]);
});

test('of two processes one carries an order out', async () => {
  const { booking, paymentId } = await buy('succeed');
  await commit({ ...about(booking), type: 'refund', paymentId, ticketIds: null });
  const ended = await Promise.all([carryOutOrders(depsOf()), carryOutOrders(depsOf())]);
  expect(ended.reduce((sum, count) => sum + count, 0)).toBe(1);
});

test('a refund that the provider will never do stays to be seen by a person', async () => {
  const { booking, paymentId } = await buy('succeed');
  await commit({ ...about(booking), type: 'refund', paymentId, ticketIds: null });
  await database.db.collection('sandboxPayments').updateOne({}, { $set: { amount: 1 } });
  const troubles: string[] = [];
  await carryOutOrders(depsOf({ onTrouble: ({ kind }) => void troubles.push(kind) }));
  expect(troubles).toEqual(['refused']);
  expect(await moneyOrders(mongo).find().lean()).toMatchObject([{ state: 'refused' }]);
});
