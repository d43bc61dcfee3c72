// One place for each confirmed mailbox, through the running product and the mail a developer can see.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IdentityView, JoinedView, Problem, SaleView } from '@onsale/contracts';
import { testStack, waitFor } from '@onsale/testkit';
import { call } from './fan-client.ts';

const stack = testStack({ prequeueSeconds: 60 });
const LONG_MS = 120_000;
let staff: Record<string, string>;
let made = 0;

const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const post = <Body>(path: string, body: unknown, headers: Record<string, string> = {}) =>
  call<Body & Problem>(`${stack.origin}/api/v1${path}`, { method: 'POST', headers, body });

beforeAll(async () => {
  const signedIn = await post<{ csrfToken: string }>('/session', stack.admin);
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]);
  staff = { cookie: cookie.join('; '), 'x-csrf-token': signedIn.body.csrfToken };
}, LONG_MS);

async function saleFor(identity: SaleView['identity'], needsCode = false) {
  made += 1;
  const venue = { name: 'Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const event = await post<{ id: string }>(
    '/organizer/events',
    { slug: `identity-${made}`, title: 'E', description: '', venue },
    staff,
  );
  const price = { amount: 100, currency: 'EUR' };
  const categories = [{ id: 'standing', name: 'Standing', kind: 'general', price, color: '#000000', capacity: 50 }];
  const performance = await post<{ id: string }>(
    '/organizer/performances',
    { eventId: event.body.id, name: 'P', startsAt: after(86_400), planId: null, categories },
    staff,
  );
  return post<SaleView>(
    '/organizer/sales',
    {
      eventId: event.body.id,
      name: 'Sale',
      performanceIds: [performance.body.id],
      currency: 'EUR',
      phases: [{ kind: 'general', needsCode, prequeueOpensAt: after(-1), opensAt: after(3600), closesAt: after(7200) }],
      limits: { seatsPerBooking: 2, seatsPerFan: 2 },
      holdSeconds: 60,
      callWindowSeconds: 60,
      passSeconds: 600,
      admission: {
        mode: 'manual',
        ratePerMinute: 600,
        maxActive: 100,
        floor: 0,
        ceiling: 0,
        noShowCompensation: false,
        stockAware: false,
        autoSlow: false,
      },
      identity,
    },
    staff,
  );
}

const joinSale = (saleId: string, fanToken?: string) =>
  post<JoinedView>(`/sales/${saleId}/places`, {}, fanToken === undefined ? {} : { authorization: `Fan ${fanToken}` });

/** The link of the newest mail to an address that was not read before. */
async function linkMailedTo(email: string, known: ReadonlySet<string>): Promise<{ url: string; file: string }> {
  return waitFor(() => {
    const files = (existsSync(stack.mailDir) ? readdirSync(stack.mailDir) : []).filter(
      (file) => file.endsWith('.eml') && !known.has(file),
    );
    for (const file of files) {
      const text = readFileSync(join(stack.mailDir, file), 'utf8');
      if (!text.includes(`To: <${email}>`)) continue;
      const body = Buffer.from(text.split('\r\n\r\n')[1] ?? '', 'base64').toString();
      const url = /https?:\S+/.exec(body)?.[0];
      if (url !== undefined) return { url, file };
    }
    return null;
  }, 30_000);
}

async function confirm(email: string, saleId?: string, known: Set<string> = new Set()): Promise<string> {
  const asked = await post('/identity/links', { email, locale: 'fi', ...(saleId !== undefined && { saleId }) });
  expect(asked.status).toBe(202);
  const { url, file } = await linkMailedTo(email, known);
  known.add(file);
  expect(url.startsWith(`${stack.origin}${saleId === undefined ? '/' : `/sales/${saleId}`}#identity=`)).toBe(true);
  const { status, body, headers } = await post<IdentityView>('/identity', {
    identityToken: url.split('#identity=')[1],
  });
  expect([status, body.email]).toEqual([200, email]);
  expect(headers.getSetCookie()[0]).toMatch(/^onsale_fan=.*HttpOnly/);
  return body.fanToken;
}

test(
  'a sale for mailboxes gives each one place, whatever the device',
  async () => {
    const { id: saleId } = (await saleFor('email')).body;
    expect(await joinSale(saleId)).toMatchObject({ status: 403, body: { code: 'identity_required' } });
    const stranger = (await joinSale((await saleFor('anonymous')).body.id)).body.fanToken;
    expect(await joinSale(saleId, stranger)).toMatchObject({ status: 403, body: { code: 'identity_required' } });
    const known = new Set<string>();
    const laptop = await joinSale(saleId, await confirm('aino@example.org', saleId, known));
    expect([laptop.status, laptop.body.index]).toEqual([201, 0]);
    const phone = await joinSale(saleId, await confirm('aino@example.org', saleId, known));
    expect([phone.status, phone.body.index]).toEqual([200, 0]);
    expect((await joinSale(saleId, await confirm('eino@example.org', saleId, known))).body.index).toBe(1);
    // The mailbox is proven for this sale alone.
    expect((await joinSale((await saleFor('email')).body.id, phone.body.fanToken)).status).toBe(403);
    await post('/identity/links', { email: 'aino@example.org', saleId });
    expect((await post('/identity/links', { email: 'aino@example.org', saleId })).status).toBe(429);
    expect(await post('/identity', { identityToken: 'x' })).toMatchObject({
      status: 410,
      body: { code: 'identity_link_invalid' },
    });
    expect((await post('/identity/links', { email: 'aino@example.org', saleId: 'nothing' })).status).toBe(404);
  },
  LONG_MS,
);

test(
  'an account is proven once for all sales that ask for one; where the code is the identity every phase needs codes',
  async () => {
    const account = await confirm('hilja@example.org');
    for (const { body } of [await saleFor('account'), await saleFor('account')]) {
      expect((await joinSale(body.id)).status).toBe(403);
      expect((await joinSale(body.id, account)).status).toBe(201);
      expect((await joinSale(body.id, account)).status).toBe(200);
    }
    expect((await saleFor('code')).body.fields).toMatchObject([{ field: 'identity' }]);
    const { id: saleId } = (await saleFor('code', true)).body;
    const set = { name: 'C', count: 1, usesMax: 9, phaseIds: [], expiresAt: null, invite: null };
    const { body } = await post<{ id: string }>(`/organizer/sales/${saleId}/code-sets`, set, staff);
    const file = await fetch(`${stack.origin}/api/v1/organizer/sales/${saleId}/code-sets/${body.id}/codes`, {
      headers: staff,
    });
    const accessCode = (await file.text()).split('\r\n')[1]?.split(',')[0];
    expect((await post(`/sales/${saleId}/places`, { accessCode })).status).toBe(201);
    expect(await post(`/sales/${saleId}/places`, { accessCode })).toMatchObject({
      status: 409,
      body: { code: 'code_used' },
    });
  },
  LONG_MS,
);
