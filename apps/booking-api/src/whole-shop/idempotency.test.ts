// Requests that are sent again, over HTTP and through every process: by a browser that retries, by a proxy, to another copy.
import { bookings, connectMongo, type Mongo } from '@onsale/booking-mongo';
import type { FanId } from '@onsale/domain';
import { insertTestSale, STANDING, type TestApp, type TestSale } from '@onsale/testkit';
import { testShop } from './test-shop.ts';

const shop = testShop();
const items = [{ categoryId: STANDING, quantity: 2 }];
let mongo: Mongo;
let apis: TestApp[];
let sale: TestSale;

beforeAll(async () => {
  mongo = await connectMongo(shop.database.uri);
  sale = await insertTestSale(shop.database.db);
  const starts = ['booking-api', 'booking-api', 'booking-worker'].map((app) => shop.apps.start(app));
  apis = (await Promise.all(starts)).slice(0, 2);
}, 120_000);
afterAll(() => mongo.close());

const at = (copy: number, name: string) => {
  const api = apis[copy];
  if (api === undefined) throw new Error('no such copy');
  return shop.fan(api, sale, name);
};
const bookingsOf = (fan: string) => bookings(mongo).countDocuments({ fanId: fan as FanId });

test('twenty times the same request at once, to two copies: one booking, and each answer names it or says to wait', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => at(i % 2, 'many').book('k', items)));
  const accepted = answers.filter(({ status }) => status === 202);
  const waiting = answers.filter(({ status, body }) => status === 409 && body.code === 'request_in_progress');
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.length + waiting.length).toBe(20);
  const [id = ''] = [...new Set(accepted.map(({ body }) => body.bookingId))];
  expect(new Set(accepted.map(({ body }) => body.bookingId))).toEqual(new Set([id]));
  await at(0, 'many').reaches(id, 'held');
  expect((await at(1, 'many').book('k', items)).body.bookingId).toBe(id);
  expect(await bookingsOf('many')).toBe(1);
});

test('the same key with another body is refused by every copy, also by one that was started since; the first stands', async () => {
  const { body } = await at(0, 'other').book('k', items);
  await at(0, 'other').reaches(body.bookingId, 'held');
  const other = [{ categoryId: STANDING, quantity: 1 }];
  const fresh = await shop.apps.start('booking-api');
  for (const fan of [at(0, 'other'), at(1, 'other'), shop.fan(fresh, sale, 'other')]) {
    const refused = await fan.book('k', other);
    expect([refused.status, refused.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await fan.book('k', items)).body.bookingId).toBe(body.bookingId);
  }
  expect((await at(0, 'other').booking(body.bookingId)).items).toHaveLength(2);
  expect(await bookingsOf('other')).toBe(1);
  // A key is its fan's own: another fan may use the same word.
  expect((await at(0, 'stranger').book('k', other)).body.bookingId).not.toBe(body.bookingId);
}, 60_000);

test('a request without a key, or with one that is none, is told so', async () => {
  const without = await at(0, 'careless').book(null, items);
  expect([without.status, without.body.code]).toEqual([428, 'idempotency_key_required']);
  expect((await at(0, 'careless').book('x'.repeat(129), items)).status).toBe(400);
  expect(await bookingsOf('careless')).toBe(0);
});

test('prolonging, beginning to pay and letting go may be repeated: each happens once', async () => {
  const fan = at(0, 'again');
  const id = await fan.holds(items);
  const before = await bookings(mongo).findById(id).lean();
  const extended = await Promise.all(
    Array.from({ length: 5 }, (_, i) => at(i % 2, 'again').act('POST', `${id}/extension`)),
  );
  expect(extended.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  const begun = await Promise.all(Array.from({ length: 5 }, (_, i) => at(i % 2, 'again').pay(id)));
  expect(new Set(begun.map(({ body }) => body.paymentId)).size).toBe(1);
  const released = await Promise.all(Array.from({ length: 5 }, (_, i) => at(i % 2, 'again').act('DELETE', id)));
  expect(new Set(released.map(({ status }) => status))).toEqual(new Set([202]));
  await fan.reaches(id, 'released');
  const after = await bookings(mongo).findById(id).lean();
  expect(after?.extendedBy).toEqual(['fan']);
  expect(before?.extendedBy).toEqual([]);
  expect((await fan.act('DELETE', id)).status).toBe(202);
}, 60_000);
