import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiScopes, CSRF_HEADER, scopeOf, staffRoutes } from '@onsale/contracts';
import { testConsole } from '../test-console.ts';
import { roleTable } from './role-table.ts';

const house = testConsole();
const roles = ['owner', 'organizer', 'operator', 'finance', 'door'] as const;
const guarded = Object.values(staffRoutes).filter(({ credential }) => credential === 'staff');

test('the table names every staff route and no other', () => {
  expect(Object.keys(roleTable).sort()).toEqual(guarded.map(({ id }) => id).sort());
});

test('docs/roles.md shows this table', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/roles.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \|((?: (?:yes|–) \|){5})$/gm)].map(([, id = '', cells = '']) => {
    const marks = cells.split('|').map((cell) => cell.trim());
    return [id, roles.filter((_, i) => marks[i] === 'yes')] as const;
  });
  expect(Object.fromEntries(rows)).toEqual(roleTable);
});

type Guarded = (typeof guarded)[number];

/** A request of the right shape to this route, so that the answer is about who asks; what it names does not exist. */
const requestTo = (route: Guarded, headers: Record<string, string> = {}) => {
  const query = exampleQueries[route.id] ?? '';
  const path = route.path.replaceAll(/\{\w+\}/g, 'nothing') + query;
  const options = {
    headers: { 'if-match': '"1"', 'idempotency-key': 'walk', ...headers },
    ...(route.method !== 'get' && { body: exampleBodies[route.id] ?? {} }),
  };
  return [route.method.toUpperCase(), path, options] as const;
};

test.each(roles)('the role %s passes where the table says so and is forbidden elsewhere', async (role) => {
  const ask = await house.as(role);
  for (const route of guarded) {
    if (route.id === 'signOut') continue; // would end the session the walk needs
    const { status, body } = await ask(...requestTo(route));
    expect([route.id, status === 403]).toEqual([route.id, !(roleTable[route.id] ?? []).includes(role)]);
    if (status === 403) expect(body).toMatchObject({ code: 'forbidden' });
  }
});

test('every route asks a stranger, an ended session and an unknown key who is there', async () => {
  const ask = await house.as('owner');
  expect((await ask('DELETE', '/api/v1/session')).status).toBe(204);
  for (const route of guarded) {
    const answers = await Promise.all([
      house.ask(...requestTo(route)),
      ask(...requestTo(route)),
      house.ask(...requestTo(route, { authorization: `Bearer onsale_key_${'x'.repeat(43)}` })),
    ]);
    expect([route.id, ...answers.map(({ body }) => body.code)]).toEqual([
      route.id,
      ...Array(3).fill('unauthenticated'),
    ]);
  }
});

test('every change is refused with a wrong CSRF token and without one', async () => {
  const ask = await house.as('owner');
  for (const route of guarded.filter(({ method }) => method !== 'get')) {
    const answers = await Promise.all(['wrong', ''].map((token) => ask(...requestTo(route, { [CSRF_HEADER]: token }))));
    expect([route.id, ...answers.map(({ body }) => body.code)]).toEqual([route.id, 'csrf_rejected', 'csrf_rejected']);
  }
});

const withKey = async (route: Guarded, key = '') =>
  (await house.ask(...requestTo(route, { authorization: `Bearer ${key}` }))).status;

test.each(roles)('a key of the role %s passes with the scope of the route, and never beyond the role', async (role) => {
  const keys = new Map<string, string>();
  for (const scope of apiScopes) keys.set(scope, await house.keyOf(role, [scope]));
  for (const route of guarded) {
    const scope = scopeOf(route);
    if (scope === null) continue;
    const isForbidden = !(roleTable[route.id] ?? []).includes(role);
    expect([route.id, (await withKey(route, keys.get(scope))) === 403]).toEqual([route.id, isForbidden]);
  }
});

test('an owner with every scope but the one of a route passes it nowhere, nor a route for people', async () => {
  const lacking = new Map<string | null, string>([[null, await house.keyOf('owner', apiScopes)]]);
  for (const scope of apiScopes) {
    const others = apiScopes.filter((one) => one !== scope);
    lacking.set(scope, await house.keyOf('owner', others));
  }
  for (const route of guarded) {
    expect([route.id, await withKey(route, lacking.get(scopeOf(route)))]).toEqual([route.id, 403]);
  }
});

const exampleQueries: Readonly<Record<string, string>> = {
  findBookings: '?search=nothing',
  exportPlan: '?format=json',
};

const at = '2027-01-01T12:00:00.000Z';
/** Of the right shape, so that the answer is about the role; what they name does not exist. */
const exampleBodies: Readonly<Record<string, unknown>> = {
  createEvent: { slug: 'x', title: 'X', description: '', venue: { name: 'X', city: 'X', timeZone: 'nowhere' } },
  createPlan: { name: 'X', plan: { width: 1, height: 1, focus: { x: 0, y: 0 }, sections: [] } },
  createSaleDraft: { eventId: 'nothing', performanceIds: [], phases: [], codeSets: [], allocations: [] },
  changeSaleDraft: { eventId: 'nothing', performanceIds: [], phases: [], codeSets: [], allocations: [] },
  importPlan: { file: { json: null }, repairs: [], dryRun: true },
  setPerformancePlan: { planId: 'nothing' },
  createPerformance: {
    eventId: 'nothing',
    name: 'X',
    startsAt: at,
    planId: null,
    categories: [{ id: 'a', name: 'A', kind: 'general', price: { amount: 1, currency: 'EUR' }, color: '#000000' }],
  },
  createSale: {
    eventId: 'nothing',
    name: 'X',
    performanceIds: ['nothing'],
    currency: 'EUR',
    phases: [{ kind: 'general', needsCode: false, prequeueOpensAt: at, opensAt: at, closesAt: at }],
    limits: { seatsPerBooking: 1, seatsPerFan: 1 },
    holdSeconds: 60,
    callWindowSeconds: 60,
    passSeconds: 60,
    admission: {
      mode: 'manual',
      ratePerMinute: 0,
      maxActive: 0,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    },
  },
  createCodeSet: { name: 'X', count: 1, usesMax: 1, phaseIds: [], expiresAt: null, invite: null },
  changePerformance: {},
  refundBooking: { reason: 'X' },
  cancelPerformance: { reason: 'X' },
  createBlock: { label: 'X', items: [{ seatIds: ['a'] }], audience: null, releaseAt: null },
  unblockSeats: { seatIds: ['a'] },
  setRoom: { mode: 'queue_all', thresholdPerMinute: 600 },
  giveBypass: { note: 'X', count: 1, minutes: 5 },
  callFans: { count: 1 },
  replayDeadLetters: { count: 1 },
  setNotice: { notice: null },
  enterPublicValue: { value: '1' },
  changePassword: { current: 'x', password: 'x' },
  startTotp: { password: 'x' },
  confirmTotp: { code: '000000' },
  stopTotp: { password: 'x' },
  createApiKey: { name: 'X', scopes: ['checkin'], expiresAt: '2000-01-01T00:00:00Z' },
  inviteMember: { email: 'owner@example.org', role: 'door' },
};
