import type { JoinedView, MoveLinkView, PassView, PlaceView, Problem } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
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

async function ask<Body>(method: string, path: string, options: { as?: string; body?: unknown } = {}) {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(options.as !== undefined && { authorization: options.as }),
    },
    ...(method !== 'GET' && { body: JSON.stringify(options.body ?? {}) }),
  });
  const text = await reply.text();
  return { status: reply.status, body: (text === '' ? null : JSON.parse(text)) as Body, headers: reply.headers };
}

const join = async () => (await ask<JoinedView>('POST', '/places')).body;
const place = ({ placeToken }: { placeToken: string }) => ({ as: `Place ${placeToken}` });
const linkOf = async (fan: { placeToken: string }) =>
  (await ask<MoveLinkView>('POST', '/place/move-link', place(fan))).body;
const takeOver = (moveToken: string) => ask<JoinedView>('POST', '/place/take-over', { body: { moveToken } });
const takeBack = (fan: { placeToken: string }) => ask<JoinedView>('POST', '/place/take-back', place(fan));
const look = async (fan: { placeToken: string }) => (await ask<PlaceView>('GET', '/place', place(fan))).body;

test('INV-36: a place that moved is on one device: the former one sees so and can do nothing but take it back', async () => {
  const laptop = await join();
  const link = await linkOf(laptop);
  expect(link.url).toBe(`http://localhost:3000/sales/${saleId}#move=${link.moveToken}`);
  const { status, body: phone, headers } = await takeOver(link.moveToken);
  expect([status, phone.index, phone.state]).toEqual([200, laptop.index, 'prequeue']);
  expect(headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
    `onsale_place_${saleId}`,
    'onsale_fan',
  ]);
  expect((await look(laptop)).state).toBe('moved');
  for (const [method, path] of [
    ['POST', '/place/check-in'],
    ['POST', '/place/move-link'],
    ['DELETE', '/place'],
  ] as const) {
    expect(await ask<Problem>(method, path, place(laptop))).toMatchObject({
      status: 409,
      body: { code: 'place_moved' },
    });
  }
  // Joining under the same identity gives no second claim either.
  const again = await ask<JoinedView>('POST', '/places', { as: `Fan ${laptop.fanToken}` });
  expect(again.body).toMatchObject({ index: laptop.index, state: 'moved' });
  expect((await look(phone)).state).toBe('prequeue');

  const { body: back } = await takeBack(laptop);
  expect([back.index, back.state]).toEqual([laptop.index, 'prequeue']);
  expect((await look(phone)).state).toBe('moved');
  expect((await takeBack(back)).body.placeToken).toBe(back.placeToken);
});

test('a called place that moved gives its one pass to the device that has it', async () => {
  const laptop = await join();
  await room.draw(saleId);
  await waitFor(async () => (await look(laptop)).number);
  await room.call(saleId, 10);
  const { body: first } = await ask<PassView>('POST', '/pass', place(laptop));
  const { body: phone } = await takeOver((await linkOf(laptop)).moveToken);
  expect(phone.state).toBe('admitted');
  expect((await ask<PassView>('POST', '/pass', place(phone))).body.pass).toBe(first.pass);
  for (const method of ['POST', 'DELETE']) {
    expect(await ask<Problem>(method, '/pass', place(laptop))).toMatchObject({ body: { code: 'place_moved' } });
  }
  expect((await look(phone)).state).toBe('admitted');
});

test('a link raced by 64 devices moves the place to one of them', async () => {
  const laptop = await join();
  const { moveToken } = await linkOf(laptop);
  const races = await Promise.all(Array.from({ length: 64 }, () => takeOver(moveToken)));
  expect(races.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(races.filter(({ status }) => status === 410)).toHaveLength(63);
  const older = await linkOf(races.find(({ status }) => status === 200)?.body as JoinedView);
  expect((await takeOver(older.moveToken)).status).toBe(200);
});

test('forged and foreign links are refused, and a place cannot move for ever', async () => {
  const laptop = await join();
  for (const moveToken of ['x', laptop.placeToken, `${(await linkOf(laptop)).moveToken}A`]) {
    expect(await takeOver(moveToken)).toMatchObject({ status: 410, body: { code: 'move_link_invalid' } });
  }
  let device = laptop;
  let moves = 0;
  for (; moves < 50; moves++) {
    const { status, body } = await takeOver((await linkOf(device)).moveToken);
    if (status === 409) break;
    device = body;
  }
  expect(moves).toBe(30);
  expect((await look(device)).state).toBe('prequeue');
});

test('after Redis lost the line no old link works, and the newest claim that is shown counts from then on', async () => {
  const laptop = await join();
  const link = await linkOf(laptop);
  const { body: phone } = await takeOver(link.moveToken);
  const unused = await linkOf(phone);
  await redis.clear();
  await room.restore(saleId);
  expect((await takeOver(link.moveToken)).status).toBe(410);
  expect((await takeOver(unused.moveToken)).status).toBe(410);
  // Nothing proves that a newer claim exists until it is shown.
  expect((await look(laptop)).state).toBe('prequeue');
  expect((await look(phone)).state).toBe('prequeue');
  expect((await look(laptop)).state).toBe('moved');
  expect((await takeBack(laptop)).body.state).toBe('prequeue');
});
