import type { BookingCommand, BookingRequest } from '@onsale/contracts';
import type { CategoryId, FanId, PerformanceId, SaleId } from '@onsale/domain';
import { bodyHash } from './body-hash.ts';
import { recentRequests } from './recent-requests.ts';
import { type RequestBookingDeps, type RequestBookingInput, requestBooking } from './request-booking.ts';

const contact = { name: 'Aino Salo', email: 'aino@example.org' };
const body = (quantity: number): BookingRequest => ({ items: [{ categoryId: 'c' as CategoryId, quantity }], contact });

function shop(over: Partial<RequestBookingDeps> = {}) {
  let now = 0;
  const published: BookingCommand[] = [];
  const deps: RequestBookingDeps = {
    recent: recentRequests(() => now),
    findBodyHash: async () => null,
    publish: async (command) => void published.push(command),
    now: () => now,
    ...over,
  };
  const input = (more: Partial<RequestBookingInput> = {}): RequestBookingInput => ({
    performance: { _id: 'p' as PerformanceId, saleId: 's' as SaleId },
    seatsPerBooking: 4,
    buyer: { fanId: 'fan' as FanId },
    key: 'key',
    body: body(2),
    trace: 'trace',
    ...more,
  });
  const passTime = (ms: number) => {
    now += ms;
  };
  return { deps, input, published, passTime };
}

test('a request is accepted when the broker has it; repeated, it is accepted again and published once', async () => {
  const { deps, input, published } = shop();
  const first = await requestBooking(deps, input());
  expect(first.kind).toBe('accepted');
  expect(await requestBooking(deps, input())).toEqual(first);
  expect(published).toHaveLength(1);
  expect(published[0]).toMatchObject({ type: 'reserve', saleId: 's', fanId: 'fan', bodyHash: bodyHash(body(2)) });
});

test('the command carries the code and the channel of the pass, and the price that was shown', async () => {
  const { deps, input, published } = shop();
  const buyer = { fanId: 'fan' as FanId, code: { codeSetId: 'press', codeId: 'press.7' }, channel: 'box_office' };
  const expectedTotal = { amount: 9000, currency: 'EUR' };
  await requestBooking(deps, input({ buyer, body: { ...body(2), expectedTotal } } as object));
  expect(published[0]).toMatchObject({ ...buyer, expectedTotal });
});

test('the same key with another body is refused, from memory and from the stored booking', async () => {
  const { deps, input } = shop();
  await requestBooking(deps, input());
  expect(await requestBooking(deps, input({ body: body(3) }))).toEqual({ kind: 'key_reused' });
  const stored = shop({ findBodyHash: async () => bodyHash(body(2)) });
  expect(await requestBooking(stored.deps, stored.input({ body: body(3) }))).toEqual({ kind: 'key_reused' });
  expect((await requestBooking(stored.deps, stored.input())).kind).toBe('accepted');
  expect(stored.published).toHaveLength(0);
});

test('of two equal requests at once one is published and the other hears that it is still running', async () => {
  let confirm: () => void = () => undefined;
  const { deps, input } = shop({
    publish: () =>
      new Promise((resolve) => {
        confirm = resolve;
      }),
  });
  const first = requestBooking(deps, input());
  const second = await requestBooking(deps, input());
  expect(second).toEqual({ kind: 'still_running' });
  // The broker has it in hand by now, and has not said yes: nothing is accepted yet.
  expect(await requestBooking(deps, input())).toEqual({ kind: 'still_running' });
  confirm();
  expect((await first).kind).toBe('accepted');
});

test('what the broker did not confirm was not accepted and may be sent again with the same key', async () => {
  let away = true;
  const { deps, input } = shop({
    publish: async () => {
      if (away) throw new Error('away');
    },
  });
  await expect(requestBooking(deps, input())).rejects.toThrow('away');
  away = false;
  expect((await requestBooking(deps, input())).kind).toBe('accepted');
});

test('more seats than a booking may have, and a performance that is not on sale, are refused at the edge', async () => {
  const { deps, input, published } = shop();
  expect(await requestBooking(deps, input({ body: body(5) }))).toEqual({ kind: 'too_many_seats' });
  const nowhere = input({ performance: { _id: 'p' as PerformanceId, saleId: null } });
  expect(await requestBooking(deps, nowhere)).toEqual({ kind: 'not_on_sale' });
  expect(published).toHaveLength(0);
});

test('the hash of a body does not depend on the order of its fields, but on all else', () => {
  expect(bodyHash({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(bodyHash({ b: [{ d: 3, c: 2 }], a: 1 }));
  expect(bodyHash({ a: [1, 2] })).not.toBe(bodyHash({ a: [2, 1] }));
  expect(bodyHash({ a: '1' })).not.toBe(bodyHash({ a: 1 }));
});

test('a recent request is forgotten after its time', () => {
  let now = 0;
  const recent = recentRequests(() => now);
  recent.begin('bk', 'hash');
  recent.accept('bk');
  expect(recent.find('bk')).toMatchObject({ bodyHash: 'hash', state: 'accepted' });
  now = 3_600_000;
  expect(recent.find('bk')).toBeUndefined();
});
