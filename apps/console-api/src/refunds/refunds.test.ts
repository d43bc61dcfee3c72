import { bookings, findBooking, openStock, payments } from '@onsale/booking-mongo';
import type { BookingId, FanId, PaymentId } from '@onsale/domain';
import { insertTestSale } from '@onsale/testkit';
import { testConsole } from '../test-console.ts';

const house = testConsole();
const key = { 'idempotency-key': 'k-1' };

/** A bought booking of two tickets, as the worker leaves it. */
async function soldBooking(name: string) {
  const db = house.mongo.db;
  if (db === undefined) throw new Error('not connected');
  const sale = await insertTestSale(db as never, { name });
  await openStock(house.mongo, sale.performanceId);
  const id = `bk_${name}` as BookingId;
  const price = { amount: 4500, currency: 'EUR' };
  await db.collection<{ _id: string }>('bookings').insertOne({
    _id: id,
    ...sale,
    fanId: `fan-${name}`,
    state: 'confirmed',
    paymentId: `pay_${name}.0`,
    items: ['A1', 'A2'].map((seatId) => ({ categoryId: 'stalls', seatId, label: seatId, price })),
    total: { amount: 9000, currency: 'EUR' },
    decidedAt: new Date(),
    holdExpiresAt: null,
    alternatives: [],
  } as never);
  await payments(house.mongo).create({
    _id: `pay_${name}.0` as PaymentId,
    bookingId: id,
    performanceId: sale.performanceId,
    fanId: `fan-${name}` as FanId,
    provider: 'sandbox',
    amount: { amount: 9000, currency: 'EUR' },
    state: 'succeeded',
    refunded: 0,
    createdAt: new Date(),
    askedAt: new Date(),
  });
  const tickets = (await findBooking(house.mongo, id))?.items.map(({ ticketId }) => ticketId) ?? [];
  return { ...sale, id, tickets };
}

test('finance asks for a refund in part; the same key is the same refund, and another wish under it is refused', async () => {
  const { id, tickets } = await soldBooking('part');
  const ask = await house.as('finance');
  const path = `/api/v1/organizer/bookings/${id}/refunds`;
  const body = { ticketIds: [tickets[0]], reason: 'ill' };
  const first = await ask('POST', path, { body, headers: key });
  expect([first.status, first.body]).toMatchObject([202, { bookingId: id, state: 'requested', ...body }]);
  const again = await ask('POST', path, { body, headers: key });
  expect(again.body).toEqual(first.body);
  expect(await ask('POST', path, { body: { reason: 'ill' }, headers: key })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
  expect((await ask('GET', `/api/v1/organizer/refunds/${first.body.id}`)).body).toEqual(first.body);
});

test('tickets of another booking, a booking that is not bought and an unknown one are refused', async () => {
  const { id } = await soldBooking('strange');
  const ask = await house.as('organizer');
  const refund = (bookingId: string, body: object) =>
    ask('POST', `/api/v1/organizer/bookings/${bookingId}/refunds`, { body, headers: key });
  expect(await refund(id, { ticketIds: ['tk_other.0'], reason: 'x' })).toMatchObject({
    status: 422,
    body: { fields: [{ field: 'ticketIds.0' }] },
  });
  await bookings(house.mongo).updateOne({ _id: id }, { $set: { state: 'held' } });
  expect((await refund(id, { reason: 'x' })).status).toBe(409);
  expect((await refund('bk_nobody', { reason: 'x' })).status).toBe(404);
});

test('a performance is cancelled once, and its progress can be read', async () => {
  const { performanceId } = await soldBooking('off');
  const ask = await house.as('organizer');
  const path = `/api/v1/organizer/performances/${performanceId}/cancellation`;
  expect((await ask('GET', path)).status).toBe(404);
  const first = await ask('POST', path, { body: { reason: 'the singer is ill' } });
  expect([first.status, first.body]).toMatchObject([
    202,
    { performanceId, state: 'running', bookings: { cancelled: 0, remaining: 1 } },
  ]);
  expect((await ask('POST', path, { body: { reason: 'again' } })).body).toEqual(first.body);
  expect((await (await house.as('finance'))('GET', path)).body).toEqual(first.body);
});
