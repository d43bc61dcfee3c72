import { addCodeSet, type CodeSetRecord } from '@onsale/booking-mongo';
import type { BypassPass, Problem } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { signAccessCode } from '@onsale/pass';
import { testMongo, testRedis, waitFor } from '@onsale/testkit';
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

async function come(code: string, as?: string) {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}/bypass`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(as !== undefined && { authorization: `Fan ${as}` }) },
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
  const first = await waitFor(async () => {
    const answer = await come(codeOf(bypass, 0));
    return answer.status === 409 ? null : answer;
  });
  expect(first.status).toBe(200);
  const claims = JSON.parse(Buffer.from(first.body.pass.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ aud: saleId, channel: 'staff' });
  expect(first.headers.getSetCookie().map((one) => one.split('=')[0])).toEqual([`onsale_pass_${saleId}`, 'onsale_fan']);
  expect((await come(codeOf(bypass, 0), first.body.fanToken)).body.pass).toBe(first.body.pass);
  expect(await come(codeOf(bypass, 0))).toMatchObject({ status: 409, body: { code: 'code_used' } });
  for (const wrong of [codeOf(access, 0), codeOf(bypass, 5), 'nonsense']) {
    expect(await come(wrong)).toMatchObject({
      status: 422,
      body: { code: 'code_invalid', fields: [{ field: 'code' }] },
    });
  }
});
