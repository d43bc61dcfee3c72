// An owner and the team.
import { auditLog, staff } from '@onsale/booking-mongo';
import { CSRF_HEADER } from '@onsale/contracts';
import { type Answer, testConsole } from '../test-console.ts';

const house = testConsole();
const team = '/api/v1/organizer/team';
const password = 'mit Eimern voll Regen';

async function mailedToken(to: string): Promise<string> {
  const mail = await house.mongo.collection('mailOutbox').findOne({ to }, { sort: { createdAt: -1, _id: -1 } });
  return mail?.values.url?.split('#')[1] ?? '';
}
const accept = (token: string, chosen = password) =>
  house.ask('POST', '/api/v1/account/invitation', { body: { token, password: chosen } });

function browserOf({ headers, body }: Answer) {
  const credentials = { cookie: headers.get('set-cookie')?.split(';')[0] ?? '', [CSRF_HEADER]: String(body.csrfToken) };
  return (method: string, path: string, sent?: unknown) =>
    house.ask(method, path, { body: sent, headers: credentials });
}

test('INV-63: an invitation makes one member, once, in its role; its token is nowhere in the database', async () => {
  const owner = await house.as('owner');
  const invited = await owner('POST', `${team}/invitations`, { body: { email: 'Aino@Example.org', role: 'finance' } });
  expect(invited.body).toMatchObject({ email: 'aino@example.org', role: 'finance' });
  const token = await mailedToken('aino@example.org');
  expect(JSON.stringify(await house.mongo.collection('staffLinks').find().toArray())).not.toContain(token);
  expect((await accept(token, 'password1234')).body).toMatchObject({ code: 'rule_violated' });
  const race = await Promise.all([accept(token), accept(token), accept(token)]);
  expect(race.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
  const joined = race.find(({ status }) => status === 201);
  expect(joined?.body).toMatchObject({ email: 'aino@example.org', role: 'finance' });
  const { body } = await owner('GET', team);
  expect(body).toMatchObject({
    invitations: [],
    members: expect.arrayContaining([expect.objectContaining({ email: 'aino@example.org' })]),
  });
  const twice = await owner('POST', `${team}/invitations`, { body: { email: 'aino@example.org', role: 'door' } });
  expect(twice.body).toMatchObject({ code: 'conflict' });
});

test('an invitation that is replaced, withdrawn or over works no more', async () => {
  const owner = await house.as('owner');
  const invite = (email: string) => owner('POST', `${team}/invitations`, { body: { email, role: 'operator' } });
  await invite('eino@example.org');
  const replaced = await mailedToken('eino@example.org');
  const { body: second } = await invite('eino@example.org');
  expect((await accept(replaced)).status).toBe(410);
  const withdrawn = await mailedToken('eino@example.org');
  expect((await owner('DELETE', `${team}/invitations/${second.id}`)).status).toBe(204);
  expect((await owner('DELETE', `${team}/invitations/${second.id}`)).status).toBe(404);
  expect((await accept(withdrawn)).status).toBe(410);
  await invite('eino@example.org');
  const late = await mailedToken('eino@example.org');
  await house.clock.advance(7 * 24 * 3600_000);
  expect((await accept(late)).status).toBe(410);
});

/** Somebody who came in by an invitation. */
async function newMember(email: string, role: string) {
  const owner = await house.as('owner');
  await owner('POST', `${team}/invitations`, { body: { email, role } });
  const joined = await accept(await mailedToken(email));
  return { id: String(joined.body.staffId), ask: browserOf(joined) };
}

test('another role and removal end the sessions of the member at once', async () => {
  const owner = await house.as('owner');
  const { id, ask } = await newMember('minna@example.org', 'operator');
  expect((await ask('GET', '/api/v1/ops/audit')).status).toBe(200);
  expect((await owner('PATCH', `${team}/${id}`, { body: { role: 'door' } })).body).toMatchObject({ role: 'door' });
  expect((await ask('GET', '/api/v1/session')).status).toBe(401);
  const signedIn = await house.ask('POST', '/api/v1/session', { body: { email: 'minna@example.org', password } });
  const again = browserOf(signedIn);
  expect((await again('GET', '/api/v1/ops/audit')).status).toBe(403);
  const { body: made } = await again('POST', '/api/v1/account/api-keys', {
    name: 'K',
    scopes: ['checkin'],
    expiresAt: null,
  });
  expect((await owner('DELETE', `${team}/${id}`)).status).toBe(204);
  expect((await again('GET', '/api/v1/session')).status).toBe(401);
  const byKey = await house.ask('GET', '/api/v1/ops/audit', { headers: { authorization: `Bearer ${made.key}` } });
  expect(byKey.status).toBe(401);
  const removed = await auditLog(house.mongo)
    .findOne({ act: 'member removed', subject: `staff:${id}` })
    .lean();
  expect(removed).toMatchObject({ staffId: 'staff-owner', before: { email: 'minna@example.org', role: 'door' } });
});

test('INV-61: there is always an owner, also when two owners remove each other at once', async () => {
  const owner = await house.as('owner');
  const own = { body: { role: 'door' } };
  expect((await owner('PATCH', `${team}/staff-owner`, own)).body).toMatchObject({ code: 'rule_violated' });
  expect((await owner('DELETE', `${team}/staff-owner`)).body).toMatchObject({ code: 'rule_violated' });
  for (let round = 0; round < 3; round++) {
    const second = await newMember(`second-${round}@example.org`, 'owner');
    const first = await house.as('owner');
    const outcomes = await Promise.all([
      first('DELETE', `${team}/${second.id}`),
      second.ask('PATCH', `${team}/staff-owner`, { role: 'organizer' }),
    ]);
    expect(outcomes.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
    expect(await staff(house.mongo).countDocuments({ role: 'owner' })).toBe(1);
    await staff(house.mongo).deleteMany({ email: /^second-/ });
  }
});

test('of whom an authenticator is demanded, can do nothing else until it is there', async () => {
  const owner = await house.as('owner');
  const { id, ask } = await newMember('veera@example.org', 'operator');
  const { key } = (
    await ask('POST', '/api/v1/account/api-keys', { name: 'K', scopes: ['audit:read'], expiresAt: null })
  ).body as { key: string };
  const byKey = () => house.ask('GET', '/api/v1/ops/audit', { headers: { authorization: `Bearer ${key}` } });
  expect((await byKey()).status).toBe(200);
  await owner('PATCH', `${team}/${id}`, { body: { secondFactorDemanded: true } });
  expect((await ask('GET', '/api/v1/ops/audit')).body).toMatchObject({ code: 'second_factor_demanded' });
  expect((await byKey()).body).toMatchObject({ code: 'second_factor_demanded' });
  const { body: session } = await ask('GET', '/api/v1/session');
  expect(session).toMatchObject({ secondFactor: 'demanded' });
  expect(session.may).not.toContain('listAudit');
  const { body: totp } = await ask('POST', '/api/v1/account/totp', { password });
  const { Secret, TOTP } = await import('otpauth');
  const code = new TOTP({ secret: Secret.fromBase32(String(totp.secret)) }).generate({ timestamp: house.clock.now() });
  expect((await ask('PUT', '/api/v1/account/totp', { code })).status).toBe(200);
  expect((await ask('GET', '/api/v1/ops/audit')).status).toBe(200);
  expect((await ask('POST', '/api/v1/account/totp/off', { password })).body).toMatchObject({ code: 'rule_violated' });
});
