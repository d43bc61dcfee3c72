import type { JoinedView, PlaceView, Problem } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { testMongo, testRedis, waitFor } from '@onsale/testkit';
import { startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;
let saleId: SaleId;
let fans: JoinedView[];

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
});
beforeEach(async () => {
  saleId = await room.openSale();
  fans = await Promise.all(Array.from({ length: 4 }, async () => (await ask<JoinedView>('POST', '/places')).body));
});
afterAll(() => room.stop());

async function ask<Body>(method: string, path: string, { as, body }: { as?: JoinedView; body?: object } = {}) {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(as !== undefined && { authorization: `Place ${as.placeToken}` }),
    },
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  });
  return { status: reply.status, body: (await reply.json()) as Body };
}
const defer = (as: JoinedView, minutes: number) =>
  ask<PlaceView & Problem>('POST', '/place/defer', { as, body: { minutes } });
const look = async (as: JoinedView) => (await ask<PlaceView>('GET', '/place', { as })).body;

/** The fans in the order of their numbers, once they are drawn. */
async function drawn(): Promise<JoinedView[]> {
  await room.draw(saleId);
  const numbers = await Promise.all(fans.map((fan) => waitFor(async () => (await look(fan)).number)));
  return fans
    .map((fan, i) => ({ fan, number: numbers[i] ?? 0 }))
    .sort((a, b) => a.number - b.number)
    .map(({ fan }) => fan);
}

test('before the draw there is nothing to defer, and minutes are bounded', async () => {
  const [fan] = fans as [JoinedView];
  expect(await defer(fan, 5)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  for (const minutes of [0, 61, 1.5]) expect((await defer(fan, minutes)).status).toBe(400);
});

test('who lets others go first is passed over, is called next when back, and has no more than three times', async () => {
  const [first, second] = (await drawn()) as [JoinedView, JoinedView];
  const until = Date.now() + 5 * 60_000;
  const { body } = await defer(first, 5);
  expect(Math.abs(Date.parse(body.deferredUntil ?? '') - until)).toBeLessThan(20_000);
  expect(body).toMatchObject({ state: 'waiting', deferralsLeft: 2 });
  expect(await room.call(saleId, 1)).toBe(1);
  expect((await look(second)).state).toBe('called');
  expect((await look(first)).state).toBe('waiting');
  expect((await ask<PlaceView>('DELETE', '/place/defer', { as: first })).body).toMatchObject({
    state: 'waiting',
    ahead: 0,
    deferredUntil: null,
  });
  expect(await room.call(saleId, 1)).toBe(1);
  expect((await look(first)).state).toBe('called');
  expect((await defer(first, 60)).status).toBe(200);
  expect((await defer(first, 60)).body).toMatchObject({ deferralsLeft: 0 });
  expect(await defer(first, 60)).toMatchObject({ status: 422, body: { code: 'rule_violated' } });
});

test('a call that is deferred is free for the next at once, and one in the shop defers nothing', async () => {
  const [first, second, third] = (await drawn()) as [JoinedView, JoinedView, JoinedView];
  await room.call(saleId, 1);
  expect((await look(first)).state).toBe('called');
  expect((await defer(first, 1)).body.state).toBe('waiting');
  expect(await ask<Problem>('POST', '/pass', { as: first })).toMatchObject({
    status: 409,
    body: { code: 'not_called' },
  });
  await room.call(saleId, 2);
  expect([(await look(second)).state, (await look(third)).state]).toEqual(['called', 'called']);
  expect((await ask('POST', '/pass', { as: second })).status).toBe(200);
  expect(await defer(second, 1)).toMatchObject({ status: 409, body: { code: 'conflict' } });
});
