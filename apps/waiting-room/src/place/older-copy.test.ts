// Redis killed in mid-sale and brought back from a copy taken earlier: its counter lies behind what was given out since.
import { checkpoints } from '@onsale/booking-mongo';
import type { JoinedView, MoveLinkView, PlaceView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { testMongo, testOwnRedis, waitFor } from '@onsale/testkit';
import { startRoom, type TestRoom } from '../test-room.ts';

let room: TestRoom;
let saleId: SaleId;
afterAll(() => room.stop()); // hooks run in the order they stand here: before the stores it needs
const mongo = testMongo();
const redis = testOwnRedis();

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
  saleId = await room.openSale();
}, 60_000);

async function ask<Body>(method: string, path: string, options: { as?: string; body?: object } = {}) {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(options.as !== undefined && { authorization: options.as }) },
    ...(method !== 'GET' && { body: JSON.stringify(options.body ?? {}) }),
  });
  return { status: reply.status, body: (await reply.json()) as Body };
}
const join = async (as?: string) => (await ask<JoinedView>('POST', '/places', as === undefined ? {} : { as })).body;
const joinMany = (count: number) => Promise.all(Array.from({ length: count }, () => join()));
const look = async ({ placeToken }: { placeToken: string }) =>
  (await ask<PlaceView>('GET', '/place', { as: `Place ${placeToken}` })).body;

test('INV-40: from an older copy of Redis no index is given twice, every shown place stands, and the epoch is raised', async () => {
  const early = await joinMany(50);
  const copy = await redis.copy();
  const later = await joinMany(300);
  const [laptop, leaver] = early as [JoinedView, JoinedView];
  const place = { as: `Place ${laptop.placeToken}` };
  const link = (await ask<MoveLinkView>('POST', '/place/move-link', place)).body;
  const phone = (await ask<JoinedView>('POST', '/place/take-over', { body: { moveToken: link.moveToken } })).body;

  await redis.restart(copy);
  // The copy says 50 have joined: counting on from there would give 300 indexes twice.
  await waitFor(async () => (await ask('POST', '/places')).status === 503, 20_000);
  await waitFor(
    () =>
      room.restore(saleId).then(
        () => true,
        () => false,
      ),
    20_000,
  );
  const newcomers = await joinMany(300);
  const indexes = [...early, ...later, ...newcomers].map(({ index }) => index);
  expect(new Set(indexes).size).toBe(650);
  expect((await checkpoints(room.mongo).findById(saleId).lean())?.epoch).toBe(2);
  for (const fan of [...later, ...early.slice(1)]) {
    expect(await look(fan)).toMatchObject({ index: fan.index, state: 'prequeue' });
  }

  // What the copy knows still holds; what came after it is proven by the token that is shown, and by nothing else.
  expect((await join(`Fan ${leaver.fanToken}`)).index).toBe(leaver.index);
  expect((await look(phone)).state).toBe('prequeue');
  expect((await look(laptop)).state).toBe('moved');
  const forgotten = later[299] as JoinedView;
  expect((await join(`Fan ${forgotten.fanToken}`)).index).not.toBe(forgotten.index);

  await room.draw(saleId);
  await waitFor(async () => (await look(phone)).number, 20_000);
  const numbers = await Promise.all(
    [phone, ...early.slice(1), ...later, ...newcomers].map(async (fan) => (await look(fan)).number),
  );
  expect(numbers).not.toContain(null);
  expect(new Set(numbers).size).toBe(650);
}, 120_000);
