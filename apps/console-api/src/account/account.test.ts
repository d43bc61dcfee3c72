// A member's own account, as a browser and a program meet it.
import { auditLog } from '@onsale/booking-mongo';
import { CSRF_HEADER } from '@onsale/contracts';
import { Secret, TOTP } from 'otpauth';
import { type Answer, testConsole } from '../test-console.ts';

const house = testConsole();
const first = { email: 'owner@example.org', password: 'mit Eimern voll Regen' };
const account = '/api/v1/account';

const signIn = (body: { email: string; password: string; code?: string }) =>
  house.ask('POST', '/api/v1/session', { body });
const setUp = (setupCode: string, email = first.email) =>
  house.ask('POST', `${account}/setup`, { body: { setupCode, ...first, email } });

/** Asks as the browser that got this answer. */
function browserOf({ headers, body }: Answer) {
  const credentials = { cookie: headers.get('set-cookie')?.split(';')[0] ?? '', [CSRF_HEADER]: String(body.csrfToken) };
  return (method: string, path: string, sent?: unknown) =>
    house.ask(method, path, { body: sent, headers: credentials });
}

/** The token of the last mail to this address. */
async function mailedToken(to: string): Promise<string> {
  const mail = await house.mongo.collection('mailOutbox').findOne({ to }, { sort: { createdAt: -1, _id: -1 } });
  return mail?.values.url?.split('#')[1] ?? '';
}

test('INV-60: an empty house is opened once, by the set-up code alone, also when two race', async () => {
  expect((await house.ask('GET', `${account}/setup`)).body).toEqual({ isOpen: true });
  expect((await setUp('a wrong code')).body).toMatchObject({ code: 'unauthenticated' });
  const weak = { setupCode: 'a code for a test', email: first.email, password: 'password1234' };
  expect((await house.ask('POST', `${account}/setup`, { body: weak })).body).toMatchObject({
    code: 'rule_violated',
    fields: [{ field: 'password' }],
  });
  const code = 'a code for a test';
  const race = await Promise.all([setUp(code), setUp(code, 'second@example.org'), setUp(code, 'third@example.org')]);
  expect(race.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  const winner = race.find(({ status }) => status === 201);
  expect(winner?.body).toMatchObject({ role: 'owner', secondFactor: 'off' });
  expect((await house.ask('GET', `${account}/setup`)).body).toEqual({ isOpen: false });
  expect((await setUp(code)).body).toMatchObject({ code: 'conflict' });
  const email = String(winner?.body.email);
  if (email !== first.email) first.email = email;
});

test('a password is changed with the present one, and every other session ends', async () => {
  const here = browserOf(await signIn(first));
  const there = browserOf(await signIn(first));
  const wrong = await here('PUT', `${account}/password`, { current: 'not it', password: 'twelve green summer trees' });
  expect(wrong.body).toMatchObject({ code: 'rule_violated', fields: [{ field: 'current' }] });
  const like = await here('PUT', `${account}/password`, { current: first.password, password: 'short' });
  expect(like.body).toMatchObject({ fields: [{ field: 'password', message: 'must have at least 12 characters' }] });
  const change = { current: first.password, password: 'twelve green summer trees' };
  expect((await here('PUT', `${account}/password`, change)).status).toBe(204);
  expect((await here('GET', '/api/v1/session')).status).toBe(200);
  expect((await there('GET', '/api/v1/session')).status).toBe(401);
  expect((await signIn(first)).status).toBe(401);
  first.password = change.password;
  expect((await signIn(first)).status).toBe(200);
});

test('sessions are listed with device and address, and ended one by one or all others', async () => {
  const here = browserOf(await signIn(first));
  await house.clock.advance(120_000);
  const there = browserOf(await signIn(first));
  const third = browserOf(await signIn(first));
  type Listed = { id: string; isThisOne: boolean; device: string; address: string };
  const listed = async () => (await here('GET', `${account}/sessions`)).body.sessions as Listed[];
  const all = await listed();
  expect(all.filter(({ isThisOne }) => isThisOne)).toHaveLength(1);
  expect(all[0]).toMatchObject({ device: 'node', address: expect.stringContaining('127.0.0.1') });
  const theirs = ((await there('GET', `${account}/sessions`)).body.sessions as Listed[]).find((one) => one.isThisOne);
  expect((await here('DELETE', `${account}/sessions/${theirs?.id}`)).status).toBe(204);
  expect((await here('DELETE', `${account}/sessions/${theirs?.id}`)).status).toBe(404);
  expect((await there('GET', '/api/v1/session')).status).toBe(401);
  expect((await third('GET', '/api/v1/session')).status).toBe(200);
  const stranger = await house.as('organizer');
  const own = (await listed()).find(({ isThisOne }) => isThisOne);
  expect((await stranger('DELETE', `${account}/sessions/${own?.id}`)).status).toBe(404);
  expect((await here('DELETE', `${account}/sessions`)).status).toBe(204);
  expect((await third('GET', '/api/v1/session')).status).toBe(401);
  expect(await listed()).toHaveLength(1);
});

test('a password is reset by a mailed link that works once and ends; the answer is the same for any address', async () => {
  const ask = (email: string) => house.ask('POST', `${account}/password-reset`, { body: { email } });
  const reset = (token: string, password: string) =>
    house.ask('PUT', `${account}/password-reset`, { body: { token, password } });
  const known = await ask(first.email.toUpperCase());
  const unknown = await ask('nobody@example.org');
  expect([known.status, known.text]).toEqual([202, unknown.text]);
  expect(await house.mongo.collection('mailOutbox').countDocuments({ to: 'nobody@example.org' })).toBe(0);
  const replaced = await mailedToken(first.email);
  await ask(first.email);
  const token = await mailedToken(first.email);
  expect((await reset(replaced, 'a river under seven bridges')).body).toMatchObject({ code: 'staff_link_invalid' });
  const open = browserOf(await signIn(first));
  expect((await reset(token, 'password1234')).body).toMatchObject({ code: 'rule_violated' });
  first.password = 'a river under seven bridges';
  expect((await reset(token, first.password)).status).toBe(204);
  expect((await reset(token, 'another river, other bridges')).body).toMatchObject({ code: 'staff_link_invalid' });
  expect((await open('GET', '/api/v1/session')).status).toBe(401);
  expect((await signIn(first)).status).toBe(200);
  await house.clock.advance(3600_000);
  await ask(first.email);
  await house.clock.advance(3600_000);
  expect((await reset(await mailedToken(first.email), first.password)).body).toMatchObject({
    code: 'staff_link_invalid',
  });
});

test('INV-62: an authenticator is asked for at sign-in, and neither its code nor a recovery code works twice', async () => {
  const here = browserOf(await signIn(first));
  expect((await here('POST', `${account}/totp`, { password: 'wrong' })).body).toMatchObject({ code: 'rule_violated' });
  const { body: shown } = await here('POST', `${account}/totp`, { password: first.password });
  expect(shown.uri).toMatch(/^otpauth:\/\/totp\/Onsale:/);
  const totp = new TOTP({ secret: Secret.fromBase32(String(shown.secret)) });
  const code = () => totp.generate({ timestamp: house.clock.now() });
  expect((await signIn(first)).status).toBe(200); // not in force yet
  expect((await here('PUT', `${account}/totp`, { code: '000000' })).body).toMatchObject({ code: 'rule_violated' });
  const { body: set } = await here('PUT', `${account}/totp`, { code: code() });
  const [recovery = '', second = ''] = set.recoveryCodes as string[];
  expect(recovery).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);

  expect((await signIn(first)).body).toMatchObject({ status: 401, code: 'second_factor_required' });
  expect((await signIn({ ...first, code: code() })).body).toMatchObject({ code: 'unauthenticated' }); // used to confirm
  await house.clock.advance(60_000);
  const race = await Promise.all([1, 2, 3].map(() => signIn({ ...first, code: code() })));
  expect(race.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  await house.clock.advance(400_000); // out of the throttle
  expect((await signIn({ ...first, code: recovery.toUpperCase() })).status).toBe(200);
  expect((await signIn({ ...first, code: recovery })).status).toBe(401);
  const again = browserOf(await signIn({ ...first, code: second.replaceAll('-', ' ') }));
  expect((await again('POST', `${account}/totp/off`, { password: first.password })).status).toBe(204);
  expect((await signIn(first)).status).toBe(200);
});

test('a key is shown once, works until it ends or is taken back, and its acts name it', async () => {
  const here = browserOf(await signIn(first));
  const newKey = async (expiresAt: string | null) =>
    (await here('POST', `${account}/api-keys`, { name: 'Box office', scopes: ['organizer:write'], expiresAt }))
      .body as {
      key: string;
      apiKey: { id: string; prefix: string };
    };
  const { key, apiKey } = await newKey(null);
  const { key: short } = await newKey(new Date(house.clock.now() + 60_000).toISOString());
  expect(key.startsWith(apiKey.prefix)).toBe(true);
  const venue = { name: 'Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const make = (slug: string, by: string) =>
    house.ask('POST', '/api/v1/organizer/events', {
      body: { slug, title: 'By a program', description: '', venue },
      headers: { authorization: `Bearer ${by}` },
    });
  expect((await make('by-a-program', key)).status).toBe(201);
  expect((await make('by-a-short-one', short)).status).toBe(201);
  const entry = await auditLog(house.mongo).findOne({ apiKeyId: apiKey.id }).lean();
  expect(entry).toMatchObject({ act: 'event published', staffId: expect.stringMatching(/^staff/) });
  await house.clock.advance(60_000);
  expect((await make('too-late', short)).status).toBe(401);
  const { body } = await here('GET', `${account}/api-keys`);
  expect(JSON.stringify(body)).not.toContain(key);
  expect((body.apiKeys as { lastUsedAt: string | null }[]).every(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true);
  expect((await here('DELETE', `${account}/api-keys/${apiKey.id}`)).status).toBe(204);
  expect((await make('taken-back', key)).status).toBe(401);
});

test('no secret is in the audit log', async () => {
  const entries = JSON.stringify(await auditLog(house.mongo).find().lean());
  for (const act of [
    'first owner signed up',
    'signed in',
    'password changed',
    'password reset by mail',
    'recovery code used',
  ]) {
    expect(entries).toContain(act);
  }
  for (const secret of [first.password, 'a code for a test', '$argon2id', 'onsale_key_']) {
    const found = entries.replaceAll(/"prefix":"onsale_key_.{6}"/g, '');
    expect(found).not.toContain(secret);
  }
});
