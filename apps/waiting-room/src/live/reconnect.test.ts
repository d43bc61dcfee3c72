// All connections are lost at once, in small; `npm run bench -- waiting-room --only R5` does it with ten thousand.
import type { JoinedView } from '@onsale/contracts';
import { testMongo, testRedis } from '@onsale/testkit';
import { openLiveLoad } from '../bench/live-load.ts';
import { cutAll } from '../bench/measure-returns.ts';
import { startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;
const SOCKETS = 200;

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
});
afterAll(() => room.stop());

test('connections that are cut at once come back within the announced time, spread over it, and none is refused', async () => {
  const saleId = await room.openSale();
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}/places`, { method: 'POST' });
  const { placeToken } = (await reply.json()) as JoinedView;
  const port = Number(new URL(room.url).port);
  const result = await cutAll({ port, sockets: SOCKETS, authOf: () => ({ place: placeToken }), cut: 'network' });
  expect(result).toMatchObject({ withinSeconds: 2, returned: SOCKETS, refused: [] });
  expect(result.chosenTenths.filter((share) => share > 0).length).toBeGreaterThanOrEqual(5);
  expect(Math.max(...result.chosenTenths)).toBeLessThan(0.5);
});

test('without a valid token nobody is connected, however often', async () => {
  const port = Number(new URL(room.url).port);
  await expect(openLiveLoad({ port, count: 1, authOf: () => ({ place: 'k.e30.AAAA' }) })).rejects.toThrow('44');
});
