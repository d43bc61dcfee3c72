import type { JoinedView, PlaceView, Problem } from '@onsale/contracts';
import { testMongo, testRedis, waitFor } from '@onsale/testkit';
import { PRESENCE_CHUNK, presenceAt, readPresence } from '@onsale/waiting-room-redis';
import { startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
});
afterAll(() => room.stop());

test('a page says that it was closed: its fan is there for a moment more, and again with the next check-in', async () => {
  const saleId = await room.openSale();
  const ask = async <Body>(method: string, path: string, token?: string) => {
    const reply = await fetch(`${room.url}/api/v1/sales/${saleId}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Place ${token}` }) },
      ...(method === 'POST' && { body: '{}' }),
    });
    const text = await reply.text();
    return { status: reply.status, body: (text === '' ? null : JSON.parse(text)) as Body };
  };
  expect(await ask<Problem>('POST', '/place/away')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  const { placeToken } = (await ask<JoinedView>('POST', '/places')).body;
  expect((await ask('POST', '/place/away', placeToken)).status).toBe(204); // before the draw: nothing changes
  await room.draw(saleId);
  const look = async () => (await ask<PlaceView>('GET', '/place', placeToken)).body;
  await waitFor(async () => (await look()).number !== null, 20_000);
  const inSeconds = async (seconds: number) => {
    const entries = await readPresence(room.line, saleId, { chunk: 0, from: 0, to: PRESENCE_CHUNK });
    return presenceAt(entries.readUInt16BE(0), Date.now() + seconds * 1000).kind;
  };
  expect(await inSeconds(30)).toBe('present');
  expect((await ask('POST', '/place/away', placeToken)).status).toBe(204);
  expect([await inSeconds(5), await inSeconds(30)]).toEqual(['present', 'silent']);
  expect(await look()).toMatchObject({ state: 'waiting', number: 1 });
  expect(await inSeconds(30)).toBe('present');
});
