// Whatever the edge accepts the worker can read: nothing a fan, a pass or a body holds may bury a command that was
// answered with 202.
import {
  type BookingCommand,
  bookingCommand,
  bookingRequest,
  idempotencyKey,
  passHolder,
  shopRoutes,
} from '@onsale/contracts';
import type { FanId, PerformanceId, SaleId } from '@onsale/domain';
import { generatePassKeyJwk, parsePassKeys, signPass } from '@onsale/pass';
import { ProblemError } from '@onsale/runtime';
import fc from 'fast-check';
import { passGate } from '../credentials.ts';
import { recentRequests } from './recent-requests.ts';
import { requestBooking } from './request-booking.ts';

const NOW = 1_800_000_000_000;
const ISSUER = 'https://onsale.test';
const keys = parsePassKeys(JSON.stringify([generatePassKeyJwk('test')]));
const buyerOf = passGate({ keys: keys.verifying, issuer: ISSUER, now: () => NOW });

/** Mostly what is right, often what is nearly right, sometimes anything. */
const nearly = (...right: string[]) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 70 }) },
    { weight: 1, arbitrary: fc.string({ maxLength: 70 }) },
    { weight: 1, arbitrary: fc.constantFrom('', '+', 'a+b', 'a b', 'a/b', 'å', '\u0000', '\ud800', 'x'.repeat(65)) },
  );
const id = nearly('s-1', 'A1', 'a.b~c_d-', 'x'.repeat(64));
const numbers = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, -1, 1.5, 21, 1e9, 2 ** 53) },
);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });
const item = fc.oneof(
  fc.record({ seatIds: fc.array(id, { minLength: 1, maxLength: 4 }), accessible: optional(numbers) }),
  fc.record({
    categoryId: id,
    quantity: numbers,
    bestAvailable: optional(fc.boolean()),
    accessible: optional(numbers),
  }),
);
const asked = fc.record({
  claims: fc.record({
    sub: nearly('fan-1', 'Zm9vYmFyYmF6cXV4'),
    code: optional(fc.record({ codeSetId: id, codeId: id })),
    channel: optional(nearly('box_office', 'shop')),
  }),
  key: nearly('key', '"quoted"', '+', '!~'),
  body: fc.record({
    items: fc.array(item, { minLength: 1, maxLength: 3 }),
    contact: fc.record({
      name: nearly(' Aino Salo ', 'Åsa', '\u00a0x', 'a'.repeat(120)),
      email: nearly('aino@example.org', 'a+b@example.org', 'aino@example'),
    }),
    expectedTotal: optional(fc.record({ amount: numbers, currency: nearly('EUR', 'eur') })),
  }),
  performanceId: nearly('perf-1'),
});
type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

/** As the route does it, step by step; null when a step refuses. */
async function commandOf({ claims, key, body, performanceId }: Asked): Promise<BookingCommand | null> {
  const read = {
    key: idempotencyKey.safeParse(key),
    body: bookingRequest.safeParse(JSON.parse(JSON.stringify(body))),
    params: shopRoutes.requestBooking.params.safeParse({ performanceId }),
  };
  if (!read.key.success || !read.body.success || !read.params.success) return null;
  const buyer = holderOf(claims);
  if (buyer === null) return null;
  const published: BookingCommand[] = [];
  await requestBooking(
    {
      recent: recentRequests(() => NOW),
      findBodyHash: async () => null,
      publish: async (command) => void published.push(command),
      now: () => NOW,
    },
    {
      performance: { _id: performanceId as PerformanceId, saleId: 'sale' as SaleId },
      seatsPerBooking: 20,
      buyer,
      key: read.key.data,
      body: read.body.data,
      trace: `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`,
    },
  );
  return published[0] ?? null;
}

function holderOf({ sub, code, channel }: Asked['claims']) {
  const pass = signPass(keys, {
    ...{ iss: ISSUER, aud: 'sale' as SaleId, sub: sub as FanId, jti: 'j', number: 1 },
    ...{ iat: NOW / 1000, exp: NOW / 1000 + 60 },
    ...(code && { code }),
    ...(channel !== undefined && { channel }),
  });
  try {
    return buyerOf({ headers: { authorization: `Bearer ${pass}` } }, 'sale' as SaleId);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'pass_required') return null;
    throw error;
  }
}

test('whatever is accepted at the edge, the worker reads, and reads the same', async () => {
  let accepted = 0;
  const property = fc.asyncProperty(asked, async (request) => {
    const command = await commandOf(request);
    if (command === null) return;
    accepted += 1;
    const delivered: unknown = JSON.parse(Buffer.from(JSON.stringify(command)).toString('utf8'));
    expect(bookingCommand.parse(delivered)).toEqual(command);
  });
  await fc.assert(property, { numRuns: 1_000 });
  // So that the generator keeps to what is mostly right.
  expect(accepted).toBeGreaterThan(100);
});

test('a pass whose fan no command could name is refused at the door, not buried behind it', () => {
  for (const sub of ['a+b', '', 'a b', 'x'.repeat(65)]) {
    expect(holderOf({ sub, code: undefined, channel: undefined })).toBeNull();
    expect(passHolder.safeParse({ fanId: sub }).success).toBe(false);
  }
  expect(holderOf({ sub: 'fan', code: undefined, channel: 'Box Office' })).toBeNull();
  expect(holderOf({ sub: 'fan', code: undefined, channel: undefined })).toEqual({ fanId: 'fan' });
});
