// The fan's whole journey on the running product, by the contract's routes and live events, through nginx as in a real
// installation.

import type {
  AvailabilityView,
  BookingView,
  EventView,
  FairnessView,
  LineDocument,
  PerformanceView,
} from '@onsale/contracts';
import { fromHex, numberOf, permutation } from '@onsale/domain';
import { testStack, waitFor } from '@onsale/testkit';
import { decodeJwt } from 'jose';
import { io } from 'socket.io-client';
import { call, FanClient, firstEvent } from './fan-client.ts';

const stack = testStack({ prequeueSeconds: 3, front: 'nginx' });
let event: EventView;
let saleId: string;

beforeAll(async () => {
  event = await firstEvent(stack.origin);
  saleId = event.sales[0]?.id ?? '';
});

async function admittedFan(): Promise<FanClient> {
  const fan = new FanClient(stack.origin, saleId);
  await fan.join();
  await waitFor(async () => (await fan.takePass()).status === 200, 30_000);
  return fan;
}

async function plan(which: 'reserved' | 'general'): Promise<PerformanceView> {
  for (const { id } of event.performances) {
    const { body } = await call<PerformanceView>(`${stack.origin}/api/v1/performances/${id}`);
    if (body.categories.some(({ kind }) => kind === which)) return body;
  }
  throw new Error(`no ${which} performance in the demo`);
}

const availability = async (id: string) =>
  (await call<AvailabilityView>(`${stack.origin}/api/v1/performances/${id}/availability`)).body;

function reaches(fan: FanClient, bookingId: string, state: BookingView['state']): Promise<BookingView> {
  return waitFor(async () => {
    const { body } = await fan.booking(bookingId);
    return body.state === state ? body : null;
  });
}

test('a fan joins before the opening, is drawn, called, and the number is the one the published draw gives', async () => {
  const early = Array.from({ length: 5 }, () => new FanClient(stack.origin, saleId));
  for (const fan of early) expect((await fan.join()).status).toBe(201);
  const again = await early[0]?.join();
  expect([again?.status, again?.body.index]).toEqual([200, (await early[0]?.place())?.body.index]);
  for (const fan of early) await waitFor(async () => (await fan.place()).body.number !== null, 20_000);
  const { body: fairness } = await call<FairnessView>(`${stack.origin}/api/v1/sales/${saleId}/fairness`);
  const draw = fairness.draws.find(({ seed }) => seed !== null);
  const seed = fromHex(draw?.seed ?? '');
  const size = draw?.size ?? 0;
  const firstIndex = draw?.firstIndex ?? 0;
  expect(size).toBeGreaterThan(0);
  for (const fan of early) {
    const { index, number } = (await fan.place()).body;
    expect(number).toBe(numberOf(index, { draws: [{ firstIndex, size, seed }], firstUndrawnIndex: null }));
    if (index < size) expect(number).toBe(permutation(seed, index, size) + 1);
  }
  const { body: line } = await call<LineDocument>(`${stack.origin}/api/v1/sales/${saleId}/line`);
  expect(line.phase).toBe('open');
  expect(Buffer.byteLength(JSON.stringify(line))).toBeLessThanOrEqual(512);
}, 60_000);

test('seats: pass, hold told by socket and by GET, sandbox payment, tickets; a second fan cannot have the seat', async () => {
  const performance = await plan('reserved');
  const fan = await admittedFan();
  expect(decodeJwt(fan.pass)).toMatchObject({ aud: saleId });
  const { body: jwks } = await call<{ keys: { kty: string; crv: string }[] }>(`${stack.origin}/.well-known/jwks.json`);
  expect(jwks.keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });

  const events: { bookingId: string; state: string }[] = [];
  const socket = io(stack.origin, {
    path: '/live',
    transports: ['websocket'],
    auth: { fan: fan.fanToken, place: fan.placeToken, pass: fan.pass },
  });
  socket.on('booking', (one) => events.push(one));
  await waitFor(() => socket.connected);
  const seats = performance.plan?.sections[2]?.rows[3]?.seats.slice(4, 6).map(({ id }) => id) ?? [];
  const { status, headers, body } = await fan.book(performance.id, 'seats-1', [{ seatIds: seats }]);
  expect([status, headers.get('location')]).toEqual([202, `/api/v1/bookings/${body.bookingId}`]);
  const held = await reaches(fan, body.bookingId, 'held');
  expect(held.items.map(({ seatId }) => seatId).sort()).toEqual([...seats].sort());
  expect(new Date(held.holdExpiresAt ?? 0).getTime()).toBeGreaterThan(Date.now());
  await waitFor(() => events.some((one) => one.bookingId === body.bookingId && one.state === 'held'));
  await waitFor(async () => {
    const { taken } = await availability(performance.id);
    return seats.every((id) => taken.includes(id));
  });

  const same = await fan.book(performance.id, 'seats-1', [{ seatIds: seats }]);
  expect(same.body.bookingId).toBe(body.bookingId);
  expect((await fan.book(performance.id, 'seats-1', [{ seatIds: seats.slice(1) }])).status).toBe(422);

  const rival = await admittedFan();
  const lost = await rival.book(performance.id, 'rival', [{ seatIds: seats.slice(0, 1) }]);
  expect((await reaches(rival, lost.body.bookingId, 'rejected')).reason).toBe('seat_taken');

  const payment = await fan.asFan<{ paymentId: string; action: { url: string } }>(
    `/bookings/${body.bookingId}/payment`,
    { method: 'POST' },
  );
  expect(payment.status).toBe(200);
  await fan.asFan(`/payments/sandbox/${payment.body.paymentId}`, { method: 'POST', body: { outcome: 'succeed' } });
  const confirmed = await reaches(fan, body.bookingId, 'confirmed');
  expect(confirmed.tickets).toHaveLength(2);
  const { body: tickets } = await fan.tickets(body.bookingId);
  expect(tickets.tickets.map(({ seatId }) => seatId).sort()).toEqual([...seats].sort());
  expect(tickets.tickets[0]?.qr.length).toBeGreaterThan(40);
  socket.disconnect();
}, 90_000);

test('general admission: a hold that is released goes back to the stock', async () => {
  const performance = await plan('general');
  const categoryId = performance.categories[0]?.id ?? '';
  const free = async () =>
    (await availability(performance.id)).categories.find((one) => one.categoryId === categoryId)?.free ?? 0;
  const before = await free();
  const fan = await admittedFan();
  const { body } = await fan.book(performance.id, 'general-1', [{ categoryId, quantity: 3 }]);
  await reaches(fan, body.bookingId, 'held');
  await waitFor(async () => (await free()) === before - 3);
  expect((await fan.asFan(`/bookings/${body.bookingId}`, { method: 'DELETE' })).status).toBe(202);
  await reaches(fan, body.bookingId, 'released');
  await waitFor(async () => (await free()) === before);
}, 60_000);

test('an operator changes admission while the sale runs, guarded against two hands', async () => {
  const session = await call<{ csrfToken: string }>(`${stack.origin}/api/v1/session`, {
    method: 'POST',
    body: stack.admin,
  });
  const headers = {
    cookie: session.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
    'x-csrf-token': session.body.csrfToken,
  };
  const url = `${stack.origin}/api/v1/ops/sales/${saleId}/admission`;
  const seen = await call<{ version: number }>(url, { headers });
  const etag = seen.headers.get('etag') ?? '';
  expect((await call(`${stack.origin}/api/v1/ops/sales/${saleId}/pause`, { method: 'POST', headers })).status).toBe(
    200,
  );
  await waitFor(
    async () => (await call<LineDocument>(`${stack.origin}/api/v1/sales/${saleId}/line`)).body.phase === 'paused',
  );
  const late = new FanClient(stack.origin, saleId);
  await late.join();
  expect((await late.takePass()).status).toBe(409);
  expect(
    (await call(url, { method: 'PATCH', headers: { ...headers, 'if-match': etag }, body: { ratePerMinute: 100 } }))
      .status,
  ).toBe(412);
  expect((await call(`${stack.origin}/api/v1/ops/sales/${saleId}/resume`, { method: 'POST', headers })).status).toBe(
    200,
  );
  await waitFor(async () => (await late.takePass()).status === 200);
  const fresh = (await call(url, { headers })).headers.get('etag') ?? '';
  const changed = await call<{ settings: { ratePerMinute: number } }>(url, {
    method: 'PATCH',
    headers: { ...headers, 'if-match': fresh },
    body: { ratePerMinute: 100 },
  });
  expect(changed.body.settings.ratePerMinute).toBe(100);
}, 60_000);
