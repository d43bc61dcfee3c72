import { auditLog } from '@onsale/booking-mongo';
import { CSRF_HEADER, STAFF_COOKIE } from '@onsale/contracts';
import { testConsole } from '../test-console.ts';
import { ensureFirstOwner } from './first-owner.ts';

const house = testConsole();
const owner = { email: 'Owner@Example.org', password: 'correct horse battery' };

beforeAll(async () => {
  await ensureFirstOwner(house, owner);
});

const signIn = (email: string, password: string) => house.ask('POST', '/api/v1/session', { body: { email, password } });

test('the first owner is made once, and another password in the environment replaces the old one', async () => {
  const other = { email: 'other@example.org', password: 'first password' };
  expect(await ensureFirstOwner(house, other)).toBe('made');
  expect(await ensureFirstOwner(house, other)).toBe('known');
  expect(await ensureFirstOwner(house, { ...other, password: 'second password' })).toBe('password_changed');
  expect((await signIn(other.email, 'first password')).status).toBe(401);
  expect((await signIn(other.email, 'second password')).status).toBe(200);
});

test('signing in opens a session by a cookie no script can read', async () => {
  const { status, body, headers } = await signIn('owner@example.org', owner.password);
  expect(status).toBe(200);
  expect(body).toMatchObject({ email: 'owner@example.org', role: 'owner' });
  const cookie = headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^onsale_staff=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
  const me = await house.ask('GET', '/api/v1/session', { headers: { cookie } });
  expect(me.body).toEqual(body);
});

test('a change without the CSRF token of its session is refused, with it the session ends', async () => {
  const { body, headers } = await signIn('owner@example.org', owner.password);
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  expect((await house.ask('DELETE', '/api/v1/session', { headers: { cookie } })).body).toMatchObject({
    code: 'csrf_rejected',
  });
  const wrong = { cookie, [CSRF_HEADER]: 'x'.repeat(43) };
  expect((await house.ask('DELETE', '/api/v1/session', { headers: wrong })).status).toBe(403);
  const right = { cookie, [CSRF_HEADER]: String(body.csrfToken) };
  expect((await house.ask('DELETE', '/api/v1/session', { headers: right })).status).toBe(204);
  expect((await house.ask('GET', '/api/v1/session', { headers: { cookie } })).status).toBe(401);
});

test('an unknown cookie, no cookie and a session that is over are unauthenticated', async () => {
  expect((await house.ask('GET', '/api/v1/session')).body).toMatchObject({ status: 401, code: 'unauthenticated' });
  const unknown = { cookie: `${STAFF_COOKIE}=${'a'.repeat(43)}` };
  expect((await house.ask('GET', '/api/v1/session', { headers: unknown })).status).toBe(401);
  const ask = await house.as('organizer');
  expect((await ask('GET', '/api/v1/session')).status).toBe(200);
  await house.clock.advance(3601_000);
  expect((await ask('GET', '/api/v1/session')).status).toBe(401);
});

test('a session ends two hours after it was used last, and twelve after its beginning however busy', async () => {
  const { headers } = await signIn('owner@example.org', owner.password);
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  const isOpen = async () => (await house.ask('GET', '/api/v1/session', { headers: { cookie } })).status === 200;
  for (let hours = 0; hours < 12; hours += 1.5) {
    expect([hours, await isOpen()]).toEqual([hours, true]);
    await house.clock.advance(1.5 * 3600_000);
  }
  expect(await isOpen()).toBe(false);
  const idle = await signIn('owner@example.org', owner.password);
  await house.clock.advance(2 * 3600_000);
  const later = { cookie: idle.headers.get('set-cookie')?.split(';')[0] ?? '' };
  expect((await house.ask('GET', '/api/v1/session', { headers: later })).status).toBe(401);
});

test('five failures shut an account for the rest of five minutes, whatever the address and the password', async () => {
  const guess = () => signIn('guessed@example.org', 'wrong');
  for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(401);
  const refused = await guess();
  expect(refused.body).toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 300 });
  expect(refused.headers.get('retry-after')).toBe('300');
  await house.clock.advance(300_000);
  expect((await guess()).status).toBe(401);
  await house.clock.advance(300_000);
});

test('making the owner is in the audit log', async () => {
  const acts = await auditLog(house.mongo).distinct('act');
  expect(acts).toEqual(
    expect.arrayContaining(['owner made from the environment', 'password set from the environment']),
  );
});
