// The short way of a rush, by real requests over many connections: who shares a batch, the end of a lease, Redis away in
// the middle, what is no request, and a change of keys.
import { checkpoints } from '@onsale/booking-mongo';
import type { JoinedView, Problem } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { type TcpProxy, tcpProxy, testMongo, testRedis, waitFor } from '@onsale/testkit';
import { newTokenKey, type RoomStores, startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
const rooms: TestRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.stop();
});

const FANS = 450;
const LEASED_AT_FIRST = 100; // as the sales of these rooms begin
const LEASE_BLOCK = 20_000;
const PATIENCE_MS = 60_000;

async function start(wish: Partial<RoomStores> = {}): Promise<TestRoom> {
  const room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url, ...wish });
  rooms.push(room);
  return room;
}

type Reply = { readonly status: number; readonly body: JoinedView & Problem };

async function join(
  room: TestRoom,
  saleId: SaleId,
  { fanToken, body = '{}' }: { readonly fanToken?: string | undefined; readonly body?: string | Uint8Array } = {},
): Promise<Reply> {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(fanToken && { authorization: `Fan ${fanToken}` }) },
    body,
  });
  return { status: reply.status, body: (await reply.json()) as Reply['body'] };
}

const many = <Result>(count: number, act: (at: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, at) => act(at)));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const sorted = (indexes: readonly number[]) => [...indexes].sort((a, b) => a - b);
/** Identities that have no place in the sale of the test: each got one in another. */
const strangers = async (room: TestRoom, count: number): Promise<string[]> => {
  const elsewhere = await room.openSale();
  return many(count, async () => (await join(room, elsewhere)).body.fanToken);
};
const leased = async (room: TestRoom, saleId: SaleId) =>
  (await checkpoints(room.mongo).findById(saleId).orFail().lean()).leasedIndexes;

test('450 who join at once get the indexes 0 to 449, each its own', async () => {
  const room = await start();
  const saleId = await room.openSale();
  const joined = await many(FANS, () => join(room, saleId));
  expect(new Set(joined.map(({ status }) => status))).toEqual(new Set([201]));
  expect(sorted(joined.map(({ body }) => body.index))).toEqual(upTo(FANS));
  expect(new Set(joined.map(({ body }) => body.placeToken)).size).toBe(FANS);
});

test('three requests at once of each of 150 identities make 150 places, new exactly once', async () => {
  const room = await start();
  const fans = await strangers(room, FANS / 3);
  const saleId = await room.openSale();
  const joined = await many(FANS, (at) => join(room, saleId, { fanToken: fans[at % fans.length] }));
  const byFan = fans.map((_, fan) => joined.filter((_reply, at) => at % fans.length === fan));
  for (const replies of byFan) {
    expect(sorted(replies.map(({ status }) => status))).toEqual([200, 200, 201]);
    expect(new Set(replies.map(({ body }) => body.index)).size).toBe(1);
  }
  expect(sorted(byFan.map(([reply]) => reply?.body.index ?? -1))).toEqual(upTo(fans.length));
});

test('the last index of a lease is given out, and the next only after a new lease stands in MongoDB', async () => {
  const room = await start();
  const saleId = await room.openSale();
  const first = await many(LEASED_AT_FIRST, () => join(room, saleId));
  expect(sorted(first.map(({ body }) => body.index))).toEqual(upTo(LEASED_AT_FIRST));
  expect(await leased(room, saleId)).toBe(LEASED_AT_FIRST);
  const beyond = await many(20, () => join(room, saleId));
  expect(sorted(beyond.map(({ body }) => body.index))).toEqual(upTo(20).map((index) => LEASED_AT_FIRST + index));
  // Several batches may have met the end together; each asks for a block behind what had joined by then.
  const now = await leased(room, saleId);
  expect(now).toBeGreaterThanOrEqual(LEASED_AT_FIRST + LEASE_BLOCK);
  expect(now).toBeLessThanOrEqual(LEASED_AT_FIRST + 20 + LEASE_BLOCK);
});

test('with Redis away in the middle of a rush nobody gets two places and no index is lost', async () => {
  const direct = new URL(redis.url);
  const proxy: TcpProxy = await tcpProxy({ port: Number(direct.port), host: direct.hostname });
  try {
    const room = await start({ redisUrl: proxy.url(redis.url) });
    const fans = await strangers(room, 300);
    const saleId = await room.openSale();
    let refused = 0;
    const persist = (fanToken: string | undefined) =>
      waitFor(async () => {
        const reply = await join(room, saleId, { fanToken });
        if (reply.status === 200 || reply.status === 201) return reply.body;
        expect([reply.status, reply.body.code]).toEqual([503, 'unavailable']);
        refused++;
        return null;
      }, PATIENCE_MS);
    const before = await many(100, (at) => persist(fans[at]));
    const middle = many(100, (at) => persist(fans[100 + at]));
    proxy.cut();
    await waitFor(() => refused > 0, PATIENCE_MS);
    const after = many(100, (at) => persist(fans[200 + at]));
    proxy.heal();
    const indexes = [...before, ...(await middle), ...(await after)].map(({ index }) => index);
    expect(sorted(indexes)).toEqual(upTo(fans.length));
  } finally {
    await proxy.close();
  }
});

test('what is no request for a place takes none', async () => {
  const room = await start();
  const saleId = await room.openSale();
  const bodies = [
    'null',
    '[]',
    '"x"',
    '7',
    '{',
    '{}{}',
    '{"accessCode":1}',
    '{"email":""}',
    '{"x":1}',
    '{"locale":"!"}',
  ];
  const refused = await many(bodies.length * 3, async (at) => {
    const body = bodies[at % bodies.length] ?? '';
    return { body, status: (await join(room, saleId, { body })).status };
  });
  expect(refused.filter(({ status }) => status !== 400)).toEqual([]);
  expect((await join(room, saleId, { body: Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d) })).status).toBe(400);
  expect(await join(room, saleId)).toMatchObject({ status: 201, body: { index: 0 } });
});

test('a change of keys: both are known while both stand there, the first signs, a former one is refused', async () => {
  const [old, next] = [newTokenKey('old'), newTokenKey('next')];
  const before = await start({ tokenKeys: old });
  const saleId = await before.openSale();
  const fan = (await join(before, saleId)).body;
  const between = await start({ tokenKeys: `${next},${old}` });
  const again = (await join(between, saleId, { fanToken: fan.fanToken })).body;
  expect([again.index, again.placeToken === fan.placeToken]).toEqual([fan.index, false]);
  const after = await start({ tokenKeys: next });
  expect(await join(after, saleId, { fanToken: again.fanToken })).toMatchObject({ status: 200, body: { index: 0 } });
  expect(await join(after, saleId, { fanToken: fan.fanToken })).toMatchObject({ status: 401 });
  expect(await join(before, saleId, { fanToken: again.fanToken })).toMatchObject({ status: 401 });
});
