import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { staffRoutes } from '@onsale/contracts';
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
  const rows = [...page.matchAll(/^\| `(\w+)` \|(.+)\|$/gm)].map(([, id = '', cells = '']) => {
    const marks = cells.split('|').map((cell) => cell.trim());
    return [id, roles.filter((_, i) => marks[i] === 'yes')] as const;
  });
  expect(Object.fromEntries(rows)).toEqual(roleTable);
});

test.each(roles)('the role %s passes where the table says so and is forbidden elsewhere', async (role) => {
  for (const route of guarded) {
    if (route.id === 'signOut') continue; // would end the session the walk needs
    const ask = await house.as(role);
    const query = route.id === 'findBookings' ? '?search=nothing' : '';
    const path = route.path.replaceAll(/\{\w+\}/g, 'nothing') + query;
    const { status, body } = await ask(route.method.toUpperCase(), path, {
      headers: { 'if-match': '"1"', 'idempotency-key': 'walk' },
      ...(route.method !== 'get' && { body: exampleBodies[route.id] ?? {} }),
    });
    expect([route.id, status === 403]).toEqual([route.id, !(roleTable[route.id] ?? []).includes(role)]);
    if (status === 403) expect(body).toMatchObject({ code: 'forbidden' });
  }
});

const at = '2027-01-01T12:00:00.000Z';
/** Of the right shape, so that the answer is about the role; what they name does not exist. */
const exampleBodies: Readonly<Record<string, unknown>> = {
  createEvent: { slug: 'x', title: 'X', description: '', venue: { name: 'X', city: 'X', timeZone: 'nowhere' } },
  createPlan: { name: 'X', plan: { width: 1, height: 1, focus: { x: 0, y: 0 }, sections: [] } },
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
  setNotice: { notice: null },
  enterPublicValue: { value: '1' },
};
