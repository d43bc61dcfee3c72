// Money end to end, over HTTP and through every process: however the provider behaves, each booking comes to its end.
import { audit, bookings, connectMongo, type Mongo, moneyOrders, payments, tickets } from '@onsale/booking-mongo';
import type { BookingId } from '@onsale/domain';
import { insertTestSale, STANDING, type TestApp, type TestSale, waitFor } from '@onsale/testkit';
import { PATIENCE_MS, testShop } from './test-shop.ts';

const shop = testShop();
const standing = (quantity: number) => [{ categoryId: STANDING, quantity }];
const SHORT_HOLD_SECONDS = 4;
let mongo: Mongo;
let api: TestApp;
let sale: TestSale;

beforeAll(async () => {
  mongo = await connectMongo(shop.database.uri);
  sale = await insertTestSale(shop.database.db);
  [api] = await Promise.all([
    shop.apps.start('booking-api'),
    shop.apps.start('booking-worker'),
    shop.apps.start('jobs'),
  ] as const);
}, 120_000);
afterAll(() => mongo.close());

const paymentOf = (id: string) =>
  payments(mongo)
    .findOne({ _id: id as never })
    .lean();

/** No rule of stock, holds, money or tickets is broken. */
async function holdsTrue(): Promise<void> {
  const { findings } = await audit(mongo);
  const ofTheLine = ['INV-20', 'INV-21'];
  expect(findings.filter(({ id, faults }) => !ofTheLine.includes(id) && faults.length > 0)).toEqual([]);
}

test.each([
  ['succeed', 'confirmed', 'succeeded'],
  ['delay', 'confirmed', 'succeeded'],
  ['duplicate', 'confirmed', 'succeeded'],
  ['out_of_order', 'confirmed', 'succeeded'],
  ['lost', 'confirmed', 'succeeded'],
  ['authorise', 'confirmed', 'succeeded'],
  ['authorise_refused', 'cancelled', 'failed'],
  ['fail', 'held', 'failed'],
] as const)(
  'the provider will "%s": the booking ends %s, the payment %s',
  async (outcome, state, paid) => {
    const fan = shop.fan(api, sale, `fan-${outcome}`);
    const id = await fan.holds(standing(2));
    const { body } = await fan.pay(id);
    expect((await fan.answer(body.paymentId, outcome)).status).toBe(202);
    await waitFor(async () => (await paymentOf(body.paymentId))?.state === paid, PATIENCE_MS);
    await fan.reaches(id, state);
    expect(await tickets(mongo).countDocuments({ bookingId: id as BookingId })).toBe(state === 'confirmed' ? 2 : 0);
    if (outcome === 'fail') {
      // Who failed may try again, with a payment of its own.
      const again = await fan.pay(id);
      expect(again.body.paymentId).not.toBe(body.paymentId);
      await fan.answer(again.body.paymentId, 'succeed');
      await fan.reaches(id, 'confirmed');
    }
    await holdsTrue();
  },
  120_000,
);

test('the process that would have told of a delayed success is killed: the reconciliation asks, and the booking is paid', async () => {
  const doomed = await shop.apps.start('booking-api');
  const fan = shop.fan(doomed, sale, 'fan-doomed');
  const id = await fan.holds(standing(1));
  const { body } = await fan.pay(id);
  await fan.answer(body.paymentId, 'delay');
  await doomed.kill();
  await shop.fan(api, sale, 'fan-doomed').reaches(id, 'confirmed');
  await holdsTrue();
}, 120_000);

test('events repeated, late, forged, of strange payments or with too little money change nothing that was decided', async () => {
  const fan = shop.fan(api, sale, 'fan-events');
  const id = await fan.holds(standing(2));
  const { paymentId } = (await fan.pay(id)).body;
  const amount = (await paymentOf(paymentId))?.amount ?? { amount: 0, currency: '' };
  const event = (type: string, over: object = {}) => ({
    id: 'evt',
    type: `payment.${type}`,
    paymentId,
    amount,
    ...over,
  });
  expect((await shop.tell(api, event('succeeded'), 't=1,v1=00')).status).toBe(401);
  expect((await shop.tell(api, event('succeeded', { paymentId: 'pay_nobody' }))).status).toBe(200);
  await fan.answer(paymentId, 'lost');
  const told = await Promise.all(Array.from({ length: 20 }, () => shop.tell(api, event('succeeded'))));
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
  const { decidedAt, ...paid } = { decidedAt: null, ...(await fan.reaches(id, 'confirmed')) };
  for (const type of ['failed', 'succeeded', 'authorised', 'failed']) await shop.tell(api, event(type));
  // What was sent is decided in order: behind this request nothing of it is left.
  await shop.fan(api, sale, 'fan-behind').holds(standing(1));
  expect({ decidedAt, ...(await fan.booking(id)) }).toEqual({ decidedAt, ...paid });
  expect(await paymentOf(paymentId)).toMatchObject({ state: 'succeeded', refunded: 0 });
  expect(await tickets(mongo).countDocuments({ bookingId: id as BookingId })).toBe(2);
  await holdsTrue();
}, 120_000);

test('money after the hold is over: the same seats where they are free, an equal offer, or all of it back', async () => {
  const late = await insertTestSale(shop.database.db, {
    ...{ name: 'late', rows: [4, 4], standing: 2, holdSeconds: SHORT_HOLD_SECONDS },
  });
  await shop.database.db
    .collection<{ _id: string }>('sales')
    .updateOne({ _id: late.saleId }, { $set: { holdMaxSeconds: SHORT_HOLD_SECONDS } });
  const wishes = { again: [{ seatIds: ['A1', 'A2'] }], offer: [{ seatIds: ['B1', 'B2'] }], back: standing(2) };
  const begun = await Promise.all(
    Object.entries(wishes).map(async ([name, items]) => {
      const fan = shop.fan(api, late, `late-${name}`);
      const id = await fan.holds(items);
      const { paymentId } = (await fan.pay(id)).body;
      return { name, fan, id, paymentId };
    }),
  );
  for (const { fan, id } of begun) await fan.reaches(id, 'expired');
  const rival = shop.fan(api, late, 'late-rival');
  const taken = await rival.book('rival', [{ seatIds: ['B1', 'B2'] }, { categoryId: STANDING, quantity: 1 }]);
  const theirs = await rival.reaches(taken.body.bookingId, 'held');
  expect(theirs.items).toHaveLength(3);
  for (const { fan, paymentId } of begun) await fan.answer(paymentId, 'succeed');
  const of = (name: string) => begun.find((one) => one.name === name) ?? begun[0];
  const [again, offer, back] = [of('again'), of('offer'), of('back')];
  if (!again || !offer || !back) throw new Error('not begun');

  expect((await again.fan.reaches(again.id, 'confirmed')).items.map(({ seatId }) => seatId)).toEqual(['A1', 'A2']);
  const equal = await offer.fan.reaches(offer.id, 'held');
  expect(equal.items.map(({ seatId }) => seatId)).not.toContain('B1');
  expect((await offer.fan.act('POST', `${offer.id}/acceptance`)).status).toBe(202);
  await offer.fan.reaches(offer.id, 'confirmed');
  await waitFor(async () => {
    const [order] = await moneyOrders(mongo)
      .find({ paymentId: back.paymentId as never, kind: 'refund' })
      .lean();
    return order?.state === 'done';
  }, PATIENCE_MS);
  expect(await paymentOf(back.paymentId)).toMatchObject({ refunded: 5_000 });
  expect((await bookings(mongo).findById(back.id).lean())?.state).toBe('expired');
  await holdsTrue();
}, 120_000);
