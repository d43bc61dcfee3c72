import { addCodeSet, type CodeSetRecord, codeUses, type NewCodeSet, sales } from '@onsale/booking-mongo';
import type { JoinedView, PlaceView, Problem } from '@onsale/contracts';
import type { PhaseId, SaleId } from '@onsale/domain';
import { type CodeBearer, signAccessCode } from '@onsale/pass';
import { testMongo, testRedis, waitFor } from '@onsale/testkit';
import { phaseId, startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;
let saleId: SaleId;

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
});
beforeEach(async () => {
  saleId = await room.openSale();
  const sale = await sales(room.mongo).findById(saleId).orFail().lean();
  await sales(room.mongo).updateOne(
    { _id: saleId },
    { $set: { phases: sale.phases.map((p) => ({ ...p, needsCode: true })) } },
  );
});
afterAll(() => room.stop());

let sets = 0;
async function newSet(wish: Partial<NewCodeSet> = {}): Promise<CodeSetRecord> {
  sets += 1;
  const plain = { purpose: 'access', count: 10, usesMax: 1, boundTo: 'none', recipients: [], phaseIds: [] } as const;
  const set = await addCodeSet(
    room.mongo,
    { _id: `codes-${sets}`, saleId, name: 'Test', ...plain, recipients: [], phaseIds: [], expiresAt: null, ...wish },
    { actor: { staffId: null, address: 'test', at: new Date() }, act: 'codes made' },
  );
  // The room sees it within a second; asked for, it is seen at once by a sale that was never looked at.
  return set as CodeSetRecord;
}
const codeOf = ({ secret, number }: CodeSetRecord, serial: number, bearer: CodeBearer = null) =>
  signAccessCode(secret, { saleId, setNumber: number, serial, bearer });

async function join(body: object, as?: string) {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(as !== undefined && { authorization: as }) },
    body: JSON.stringify(body),
  });
  return { status: reply.status, body: (await reply.json()) as JoinedView & Problem };
}

test('where a code is needed nobody joins without one, and a true one may be typed carelessly', async () => {
  const set = await newSet();
  expect(await join({})).toMatchObject({
    status: 422,
    body: { code: 'code_invalid', fields: [{ field: 'accessCode', message: 'this sale needs a code now' }] },
  });
  expect(await join({ accessCode: 'HELLO' })).toMatchObject({ status: 422, body: { code: 'code_invalid' } });
  const typed = codeOf(set, 3).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
  const { status, body } = await join({ accessCode: typed });
  expect([status, body.index]).toEqual([201, 0]);
  expect(await join({ accessCode: typed }, `Fan ${body.fanToken}`)).toMatchObject({ status: 200, body: { index: 0 } });
  expect(await join({}, `Fan ${body.fanToken}`)).toMatchObject({ status: 200, body: { index: 0 } });
  expect(await join({ accessCode: typed })).toMatchObject({ status: 409, body: { code: 'code_used' } });
});

test('one single-use code raced by 64 requests admits one', async () => {
  const set = await newSet();
  const races = await Promise.all(Array.from({ length: 64 }, () => join({ accessCode: codeOf(set, 0) })));
  expect(races.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(races.filter(({ body }) => body.code === 'code_used')).toHaveLength(63);
});

test('a code of many uses ends at its cap, and its uses stand in the database', async () => {
  const set = await newSet({ usesMax: 7, count: 1 });
  const races = await Promise.all(Array.from({ length: 20 }, () => join({ accessCode: codeOf(set, 0) })));
  expect(races.filter(({ status }) => status === 201)).toHaveLength(7);
  const kept = await codeUses(room.mongo).find({ saleId }).lean();
  expect(kept).toMatchObject([{ setNumber: set.number, serial: 0, uses: 7, usedBy: null }]);
});

test('a code that was used stays used when Redis has lost everything', async () => {
  const set = await newSet();
  const { body } = await join({ accessCode: codeOf(set, 1) });
  await redis.clear();
  await room.restore(saleId);
  expect(await join({ accessCode: codeOf(set, 1) })).toMatchObject({ body: { code: 'code_used' } });
  expect((await join({ accessCode: codeOf(set, 1) }, `Fan ${body.fanToken}`)).status).toBe(201);
  expect((await join({ accessCode: codeOf(set, 2) })).status).toBe(201);
});

test('invitations are for their address alone; withdrawn, late, foreign and bypass codes are refused in words', async () => {
  const invited = await newSet({ boundTo: 'email', recipients: ['aino@example.org', 'eino@example.org'], count: 2 });
  const late = await newSet({ expiresAt: new Date(Date.now() - 1000) });
  const elsewhere = await newSet({ phaseIds: ['another' as PhaseId] });
  const here = await newSet({ phaseIds: [phaseId] });
  const bypass = await newSet({ purpose: 'bypass' });
  const invitation = codeOf(invited, 0, { kind: 'email', id: 'aino@example.org' });
  const why = async (body: object) => (await join(body)).body.fields?.[0];
  expect(await why({ accessCode: invitation })).toMatchObject({ field: 'email' });
  const unknown = { field: 'accessCode', message: 'this code is not known here' };
  expect(await why({ accessCode: invitation, email: 'eino@example.org' })).toEqual(unknown);
  expect(await why({ accessCode: codeOf(late, 0) })).toMatchObject({ message: 'the time of this code is over' });
  expect(await why({ accessCode: codeOf(elsewhere, 0) })).toMatchObject({ message: expect.stringContaining('phase') });
  expect(await why({ accessCode: codeOf(bypass, 0) })).toEqual(unknown);
  expect(await why({ accessCode: codeOf(here, 10) })).toEqual(unknown);
  expect((await join({ accessCode: invitation, email: 'Aino@example.org' })).status).toBe(201);
  expect((await join({ accessCode: codeOf(here, 9) })).status).toBe(201);
});

test('the pass of a fan who came with a code says which', async () => {
  const set = await newSet();
  const { body: fan } = await join({ accessCode: codeOf(set, 5) });
  await room.draw(saleId);
  const authorization = `Place ${fan.placeToken}`;
  const url = `${room.url}/api/v1/sales/${saleId}`;
  await waitFor(async () => {
    const place = (await (await fetch(`${url}/place`, { headers: { authorization } })).json()) as PlaceView;
    return place.number;
  });
  await room.call(saleId, 1);
  const reply = await fetch(`${url}/pass`, { method: 'POST', headers: { authorization } });
  const { pass } = (await reply.json()) as { pass: string };
  expect(JSON.parse(Buffer.from(pass.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    code: { codeSetId: set._id, codeId: `${set._id}.5` },
  });
});
