import { setTimeout as sleep } from 'node:timers/promises';
import { addCodeSet, type CodeSetRecord } from '@onsale/booking-mongo';
import type { BypassPass, Problem } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { signAccessCode } from '@onsale/pass';
import { testMongo, testRedis, waitFor } from '@onsale/testkit';
import { readFacts } from '@onsale/waiting-room-redis';
import { KNOWN_SALE_FRESH_MS } from '../sales/known-sales.ts';
import { startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;
let saleId: SaleId;

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
});
beforeEach(async () => {
  saleId = await room.openSale();
});
afterAll(() => room.stop());

type Caller = { readonly as?: string; readonly key?: string };

async function come(code: string, { as, key }: Caller = {}) {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}/bypass`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(as !== undefined && { authorization: `Fan ${as}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify({ code }),
  });
  return { status: reply.status, body: (await reply.json()) as BypassPass & Problem, headers: reply.headers };
}

const setOf = (purpose: CodeSetRecord['purpose']) =>
  addCodeSet(
    room.mongo,
    {
      _id: `${purpose}-${saleId}`,
      saleId,
      name: 'Box office',
      purpose,
      count: 5,
      usesMax: 1,
      boundTo: 'none',
      recipients: [],
      phaseIds: [],
      expiresAt: null,
    },
    { actor: { staffId: null, address: 'test', at: new Date() }, act: 'bypass given' },
  );
const codeOf = (set: CodeSetRecord | null, serial: number) =>
  signAccessCode(set?.secret ?? '', { saleId, setNumber: set?.number ?? 0, serial, bearer: null });

test('with the link of staff one comes straight to a pass, once, and an access code is no such link', async () => {
  const [bypass, access] = [await setOf('bypass'), await setOf('access')];
  expect(await come(codeOf(bypass, 0))).toMatchObject({ status: 409, body: { code: 'sale_not_open' } });
  await room.draw(saleId);
  await sleep(KNOWN_SALE_FRESH_MS);
  const first = await come(codeOf(bypass, 0));
  expect(first.status).toBe(200);
  const claims = JSON.parse(Buffer.from(first.body.pass.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ aud: saleId, channel: 'staff' });
  expect(first.headers.getSetCookie().map((one) => one.split('=')[0])).toEqual([`onsale_pass_${saleId}`, 'onsale_fan']);
  expect((await come(codeOf(bypass, 0), { as: first.body.fanToken })).body.pass).toBe(first.body.pass);
  expect(await come(codeOf(bypass, 0))).toMatchObject({ status: 409, body: { code: 'code_used' } });
  for (const wrong of [codeOf(access, 0), codeOf(bypass, 5), 'nonsense']) {
    expect(await come(wrong)).toMatchObject({
      status: 422,
      body: { code: 'code_invalid', fields: [{ field: 'code' }] },
    });
  }
});

test('a stranger whose answer was lost comes again with the same key; another key is another person', async () => {
  const set = await setOf('bypass');
  await room.draw(saleId);
  const first = await come(codeOf(set, 0), { key: 'lost-answer' });
  expect(first.status).toBe(200);
  const again = await come(codeOf(set, 0), { key: 'lost-answer' });
  expect(again).toMatchObject({ status: 200, body: { pass: first.body.pass } });
  expect(await come(codeOf(set, 0), { key: 'somebody-else' })).toMatchObject({
    status: 409,
    body: { code: 'code_used' },
  });
});

test('a link that was made after the sale was last looked at works at once', async () => {
  await room.draw(saleId);
  expect(await come('nonsense')).toMatchObject({ status: 422 }); // the sale is known from now on
  await sleep(KNOWN_SALE_FRESH_MS + 100);
  expect(await come(codeOf(await setOf('bypass'), 0))).toMatchObject({ status: 200 });
});

test('who came past the line leaves with the pass, and the slot is free', async () => {
  const bypass = await setOf('bypass');
  await room.draw(saleId);
  const { body } = await waitFor(async () => {
    const answer = await come(codeOf(bypass, 1));
    return answer.status === 409 ? null : answer;
  });
  const inside = async () => {
    const facts = await readFacts(room.line, { saleId, passMs: 600_000 });
    return facts.kind === 'facts' ? facts.active : null;
  };
  const leave = (headers: Record<string, string>) =>
    fetch(`${room.url}/api/v1/sales/${saleId}/pass`, { method: 'DELETE', headers });
  expect(await inside()).toBe(1);
  expect((await leave({})).status).toBe(401);
  expect((await leave({ authorization: `Bearer ${body.pass}x` })).status).toBe(401);
  expect((await leave({ cookie: `onsale_pass_${saleId}=${body.pass}` })).status).toBe(204);
  expect(await inside()).toBe(0);
  expect((await leave({ authorization: `Bearer ${body.pass}` })).status).toBe(204);
  expect((await come(codeOf(bypass, 1), { as: body.fanToken })).body.code).toBe('code_used');
});
