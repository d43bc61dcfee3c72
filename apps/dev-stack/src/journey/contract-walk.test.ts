// Walks the route table of the contract on the running product: whatever is wrong is told as problem+json with the field
// named, and what belongs to somebody else does not exist.
import { gzipSync } from 'node:zlib';
import { httpRoutes, type Problem, type RouteDescription } from '@onsale/contracts';
import { testStack, waitFor } from '@onsale/testkit';
import { call, contact, FanClient, firstEvent } from './fan-client.ts';

const stack = testStack({ prequeueSeconds: 2, front: 'nginx' });
let fan: FanClient;
let stranger: FanClient;
let bookingId: string;
let performanceId: string;
let categoryId: string;
let staffHeaders: Record<string, string>;

beforeAll(async () => {
  const event = await firstEvent(stack.origin);
  const saleId = event.sales[0]?.id ?? '';
  fan = await admitted(saleId);
  stranger = await admitted(saleId);
  staffHeaders = await signIn();
  const general = event.performances.at(-1);
  performanceId = general?.id ?? '';
  const { body: performance } = await call<{ categories: { id: string }[] }>(
    `${fan.api}/performances/${performanceId}`,
  );
  categoryId = performance.categories[0]?.id ?? '';
  const { body } = await fan.book(performanceId, 'walk', [{ categoryId, quantity: 1 }]);
  bookingId = body.bookingId;
  await waitFor(async () => (await fan.booking(bookingId)).body.state === 'held');
}, 60_000);

async function admitted(saleId: string): Promise<FanClient> {
  const one = new FanClient(stack.origin, saleId);
  await one.join();
  await waitFor(async () => (await one.takePass()).status === 200, 30_000);
  return one;
}

async function signIn(): Promise<Record<string, string>> {
  const answer = await call<{ csrfToken: string }>(`${stack.origin}/api/v1/session`, {
    method: 'POST',
    body: stack.admin,
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { cookie, 'x-csrf-token': answer.body.csrfToken };
}

/** Everything a route could ask for, so that only what a test breaks is wrong. */
function credentials(route: RouteDescription): Record<string, string> {
  const required = { 'idempotency-key': 'walk-2', 'if-match': '"1"' };
  if (route.credential === 'staff') return { ...required, ...staffHeaders };
  if (route.credential === 'pass') return { ...required, authorization: `Bearer ${fan.pass}` };
  if (route.credential === 'place') return { ...required, authorization: `Place ${fan.placeToken}` };
  return { ...required, authorization: `Fan ${fan.fanToken}` };
}

function urlOf(route: RouteDescription, value?: string): string {
  const known: Record<string, string> = {
    saleId: fan.saleId,
    bookingId,
    performanceId,
    slug: 'nothing-here',
    provider: 'sandbox',
  };
  return stack.origin + route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => value ?? known[name] ?? 'unknown-id');
}

const withBody = httpRoutes.filter(({ body }) => body !== undefined);
const byId = (routes: readonly RouteDescription[]) => routes.map((route) => [route.id, route] as const);

function expectProblem(answer: { status: number; headers: Headers; body: unknown }, status: number): Problem {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  const problem = answer.body as Problem;
  expect(problem.status).toBe(status);
  expect(problem.traceId).toMatch(/^[0-9a-f]{32}$/);
  return problem;
}

test.each(byId(withBody))('%s names an unknown field', async (_id, route) => {
  const answer = await call(urlOf(route), {
    method: route.method.toUpperCase(),
    headers: credentials(route),
    body: { surprise: 1 },
  });
  const problem = expectProblem(answer, 400);
  expect(problem.fields?.map(({ field }) => field)).toContain('surprise');
});

test.each(byId(withBody))('%s refuses a compressed body', async (_id, route) => {
  const response = await fetch(urlOf(route), {
    method: route.method.toUpperCase(),
    headers: { ...credentials(route), 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: new Uint8Array(gzipSync('{}')),
  });
  expectProblem({ status: response.status, headers: response.headers, body: await response.json() }, 415);
});

test.each(byId(withBody))('%s refuses what is not JSON', async (_id, route) => {
  for (const [type, body, status] of [
    ['application/json', '{"a":', 400],
    ['text/plain', 'hello', 415],
  ] as const) {
    const response = await fetch(urlOf(route), {
      method: route.method.toUpperCase(),
      headers: { ...credentials(route), 'content-type': type },
      body,
    });
    expectProblem({ status: response.status, headers: response.headers, body: await response.json() }, status);
  }
});

test.each(byId(httpRoutes.filter(({ params }) => params !== undefined)))(
  '%s names a wrong path parameter',
  async (_id, route) => {
    const answer = await call(urlOf(route, '%21%21'), {
      method: route.method.toUpperCase(),
      headers: credentials(route),
      ...(route.body && { body: {} }),
    });
    const problem = expectProblem(answer, 400);
    expect(problem.fields?.some(({ field }) => field.startsWith('path.'))).toBe(true);
  },
);

test.each(byId(httpRoutes.filter(({ requires }) => requires !== undefined)))(
  '%s misses its required header',
  async (_id, route) => {
    const { 'idempotency-key': _key, 'if-match': _match, ...headers } = credentials(route);
    expectProblem(await call(urlOf(route), { method: route.method.toUpperCase(), headers, body: {} }), 428);
  },
);

test.each(byId(httpRoutes.filter(({ credential }) => ['staff', 'fan', 'place'].includes(credential))))(
  '%s asks who is there',
  async (_id, route) => {
    const answer = await call(urlOf(route) + (minimalQueries[route.id] ?? ''), {
      method: route.method.toUpperCase(),
      headers: { 'if-match': '"1"', 'idempotency-key': 'walk-3' },
      ...(route.body && { body: minimalBodies[route.id] ?? {} }),
    });
    expectProblem(answer, 401);
  },
);

const minimalQueries: Record<string, string> = { findBookings: '?search=abc', exportPlan: '?format=json' };

const emptyDraft = { eventId: 'e', performanceIds: [], phases: [], codeSets: [], allocations: [] };

/** The smallest body that passes the shape, so that only the credential is missing. */
const minimalBodies: Record<string, unknown> = {
  decideSandboxPayment: { outcome: 'succeed' },
  changePassword: { current: 'x', password: 'y' },
  startTotp: { password: 'x' },
  confirmTotp: { code: '000000' },
  stopTotp: { password: 'x' },
  createApiKey: { name: 'K', scopes: ['checkin'], expiresAt: null },
  inviteMember: { email: 'a@example.org', role: 'door' },
  refundBooking: { reason: 'R' },
  cancelPerformance: { reason: 'R' },
  createEvent: { slug: 'a', title: 'A', description: '', venue: { name: 'V', city: 'C', timeZone: 'UTC' } },
  createSaleDraft: emptyDraft,
  changeSaleDraft: emptyDraft,
  importPlan: { file: { json: null }, repairs: [], dryRun: true },
  setPerformancePlan: { planId: 'p' },
  createPlan: { name: 'P', plan: { width: 1, height: 1, focus: { x: 0, y: 0 }, sections: [] } },
  createPerformance: {
    eventId: 'e',
    name: 'P',
    startsAt: '2030-01-01T00:00:00Z',
    planId: null,
    categories: [
      { id: 'c', name: 'C', kind: 'general', price: { amount: 1, currency: 'EUR' }, color: '#000000', capacity: 1 },
    ],
  },
  createSale: {
    eventId: 'e',
    name: 'S',
    performanceIds: ['p'],
    currency: 'EUR',
    phases: [
      {
        kind: 'general',
        prequeueOpensAt: '2030-01-01T00:00:00Z',
        opensAt: '2030-01-01T01:00:00Z',
        closesAt: '2030-01-02T00:00:00Z',
        needsCode: false,
      },
    ],
    limits: { seatsPerBooking: 1, seatsPerFan: 1 },
    holdSeconds: 60,
    callWindowSeconds: 60,
    passSeconds: 60,
    admission: {
      mode: 'manual',
      ratePerMinute: 1,
      maxActive: 1,
      floor: 0,
      ceiling: 1,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    },
  },
  createCodeSet: { name: 'X', count: 1, usesMax: 1, phaseIds: [], expiresAt: null, invite: null },
  deferPlace: { minutes: 1 },
  setRoom: { mode: 'queue_all', thresholdPerMinute: 600 },
  giveBypass: { note: 'X', count: 1, minutes: 5 },
  callFans: { count: 1 },
  enterPublicValue: { value: '1' },
  createBlock: { label: 'B', items: [{ categoryId: 'c', quantity: 1 }], audience: null, releaseAt: null },
  unblockSeats: { seatIds: ['s'] },
  replayDeadLetters: { count: 1 },
  setNotice: { notice: null },
};

/** Requests that a route accepts, each another; for the test of its key. */
const acceptable: Record<string, (variant: 1 | 2) => unknown> = {
  requestBooking: (quantity) => ({ items: [{ categoryId, quantity }], contact }),
  createBlock: (quantity) => ({ label: 'B', items: [{ categoryId, quantity }], audience: null, releaseAt: null }),
  refundBooking: (variant) => ({ reason: `reason ${variant}` }),
};

/** What can be given back must have been bought. */
async function buy(): Promise<void> {
  const begun = await fan.asFan<{ paymentId: string }>(`/bookings/${bookingId}/payment`, { method: 'POST' });
  await fan.asFan(`/payments/sandbox/${begun.body.paymentId}`, { method: 'POST', body: { outcome: 'succeed' } });
  await waitFor(async () => (await fan.booking(bookingId)).body.state === 'confirmed');
}

test.each(byId(httpRoutes.filter(({ requires = [] }) => requires.includes('idempotency-key'))))(
  '%s answers a repeated request alike, and refuses another one under the same key',
  async (_id, route) => {
    if (route.id === 'refundBooking') await buy();
    const send = (body: unknown) =>
      call<Record<string, unknown>>(urlOf(route), {
        method: route.method.toUpperCase(),
        headers: { ...credentials(route), 'idempotency-key': `once-${route.id}` },
        body,
      });
    const { status, body } = await send(acceptable[route.id]?.(1));
    expect([route.id, status]).toEqual([route.id, 202]);
    const again = await send(acceptable[route.id]?.(1));
    const named = Object.entries(body).filter(([name]) => /id$/i.test(name));
    expect([again.status, again.body]).toEqual([202, expect.objectContaining(Object.fromEntries(named))]);
    expect(expectProblem(await send(acceptable[route.id]?.(2)), 422).code).toBe('idempotency_key_reused');
  },
);

test('buying without a pass is refused', async () => {
  const answer = await call(`${fan.api}/performances/${performanceId}/bookings`, {
    method: 'POST',
    headers: { 'idempotency-key': 'no-pass' },
    body: { items: [{ seatIds: ['x'] }], contact: { name: 'A', email: 'a@example.org' } },
  });
  expect(expectProblem(answer, 401).code).toBe('pass_required');
});

test("somebody else's booking does not exist, by any verb", async () => {
  expect((await stranger.booking(bookingId)).status).toBe(404);
  expect((await stranger.asFan(`/bookings/${bookingId}`, { method: 'DELETE' })).status).toBe(404);
  expect((await stranger.asFan(`/bookings/${bookingId}/payment`, { method: 'POST' })).status).toBe(404);
  expect((await stranger.tickets(bookingId)).status).toBe(404);
  expect((await fan.booking(bookingId)).status).toBe(200);
});

test('internal addresses are not reachable through the origin', async () => {
  for (const path of ['/metrics', '/readyz']) expect((await fetch(stack.origin + path)).status).toBe(404);
  expect((await fetch(`${stack.origin}/healthz`)).status).toBe(200);
});
