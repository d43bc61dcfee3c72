import { gzipSync } from 'node:zlib';
import type { JoinedView, PassView, PlaceView, Problem } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { testMongo, testRedis, waitFor } from '@onsale/testkit';
import { startRoom, type TestRoom } from './test-room.ts';

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

type Reply<Body> = { status: number; body: Body; headers: Headers };

async function ask<Body>(path: string, options: RequestInit = {}): Promise<Reply<Body>> {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}${path}`, options);
  const text = await reply.text();
  return { status: reply.status, body: (text === '' ? null : JSON.parse(text)) as Body, headers: reply.headers };
}

const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
const join = (authorization?: string) =>
  ask<JoinedView>('/places', { ...post, headers: { ...post.headers, ...(authorization && { authorization }) } });
const withPlace = ({ placeToken }: { placeToken: string }, method = 'GET') => ({
  method,
  headers: { authorization: `Place ${placeToken}` },
});

/** Draws, waits until this process knows the numbers, and calls everybody. */
async function callEverybody(fan: JoinedView): Promise<PlaceView> {
  await room.draw(saleId);
  await waitFor(async () => (await ask<PlaceView>('/place', withPlace(fan))).body.number);
  await room.call(saleId, 1000);
  return (await ask<PlaceView>('/place', withPlace(fan))).body;
}

test('a stranger gets a place and an identity, and the identity gets the same place again', async () => {
  const first = await join();
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ index: 0, number: null, state: 'prequeue', ahead: null });
  const cookies = first.headers.getSetCookie();
  expect(cookies.every((cookie) => cookie.includes('HttpOnly') && cookie.includes('SameSite=Lax'))).toBe(true);
  expect(await join()).toMatchObject({ status: 201, body: { index: 1 } });
  expect(await join(`Fan ${first.body.fanToken}`)).toMatchObject({ status: 200, body: { index: 0 } });
  const cookie = cookies.map((line) => line.split(';')[0]).join('; ');
  expect(await ask('/places', { ...post, headers: { ...post.headers, cookie } })).toMatchObject({
    status: 200,
    body: { index: 0 },
  });
});

test('twenty tabs that join at once with one identity share one place', async () => {
  const { fanToken, index } = (await join()).body;
  const tabs = await Promise.all(Array.from({ length: 20 }, () => join(`Fan ${fanToken}`)));
  expect(new Set(tabs.map(({ body }) => body.index))).toEqual(new Set([index]));
});

test('a called fan gets one pass, however many requests race for it, and leaves the shop again', async () => {
  const fan = (await join()).body;
  expect(await ask<Problem>('/pass', withPlace(fan, 'POST'))).toMatchObject({
    status: 409,
    body: { code: 'not_called' },
  });
  expect(await callEverybody(fan)).toMatchObject({ state: 'called', number: 1 });
  const races = await Promise.all(Array.from({ length: 64 }, () => ask<PassView>('/pass', withPlace(fan, 'POST'))));
  expect(new Set(races.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(races.map(({ body }) => body.pass)).size).toBe(1);
  expect((await ask<PlaceView>('/place', withPlace(fan))).body.state).toBe('admitted');
  expect((await ask('/pass', withPlace(fan, 'DELETE'))).status).toBe(204);
  expect(await ask('/pass', withPlace(fan, 'POST'))).toMatchObject({ status: 410, body: { code: 'call_expired' } });
});

test('a place that was left is gone, and its fan may join anew at the end', async () => {
  const fan = (await join()).body;
  await join();
  expect((await ask('/place', withPlace(fan, 'DELETE'))).status).toBe(204);
  expect((await ask<PlaceView>('/place', withPlace(fan))).body.state).toBe('left');
  expect(await ask('/place/check-in', withPlace(fan, 'POST'))).toMatchObject({ status: 410 });
  expect(await ask('/pass', withPlace(fan, 'POST'))).toMatchObject({ body: { code: 'not_called' } });
  expect(await join(`Fan ${fan.fanToken}`)).toMatchObject({ status: 201, body: { index: 2 } });
});

test('INV-35: after Redis lost the line every shown place keeps its number and no index is given twice', async () => {
  const fans = await Promise.all(Array.from({ length: 300 }, async () => (await join()).body));
  await room.draw(saleId);
  const numberOf = async (fan: JoinedView) => (await ask<PlaceView>('/place', withPlace(fan))).body.number;
  await waitFor(async () => numberOf(fans[0] as JoinedView));
  const before = await Promise.all(fans.map(numberOf));
  expect(new Set(before).size).toBe(300);
  await redis.clear();
  await room.restore(saleId);
  expect(await Promise.all(fans.map(numberOf))).toEqual(before);
  const later = await Promise.all(Array.from({ length: 300 }, async () => (await join()).body.index));
  expect(new Set([...fans.map(({ index }) => index), ...later]).size).toBe(600);
});

test.each([
  ['an unknown field', '/places', { ...post, body: '{"x":1}' }, 400, 'invalid_request'],
  ['a field of the wrong form', '/places', { ...post, body: '{"email":"no"}' }, 400, 'invalid_request'],
  ['no JSON', '/places', { ...post, body: '{' }, 400, 'invalid_json'],
  [
    'another media type',
    '/places',
    { ...post, headers: { 'content-type': 'text/plain' } },
    415,
    'unsupported_media_type',
  ],
  [
    'a body too large',
    '/places',
    { ...post, body: JSON.stringify({ challenge: 'x'.repeat(99_000) }) },
    413,
    'body_too_large',
  ],
  ['a method that is not there', '/places', { method: 'PUT' }, 405, 'method_not_allowed'],
  ['no place', '/place', {}, 401, 'unauthenticated'],
  ['no place for a pass', '/pass', { method: 'POST' }, 401, 'unauthenticated'],
  ['a place that is none', '/place', { headers: { authorization: 'Place k.e30.AAAA' } }, 401, 'unauthenticated'],
  [
    'a fan that is none',
    '/places',
    { ...post, headers: { ...post.headers, authorization: 'Fan x' } },
    401,
    'unauthenticated',
  ],
  ['an address that is not there', '/nothing', {}, 404, 'not_found'],
  ['a negative index', '/fairness?index=-1', {}, 400, 'invalid_request'],
] as const)('%s is refused with a problem document', async (_what, path, options, status, code) => {
  const reply = await ask<Problem>(path, options as RequestInit);
  expect(reply).toMatchObject({ status, body: { status, code } });
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  expect(reply.body.traceId).toMatch(/^[0-9a-f]{32}$/);
});

test('a compressed body is refused unread', async () => {
  const headers = { ...post.headers, 'content-encoding': 'gzip' };
  expect(await ask('/places', { method: 'POST', headers, body: gzipSync('{}') })).toMatchObject({ status: 415 });
});

test('a sale that is not there, or has an impossible id, is told apart', async () => {
  saleId = 'nowhere' as SaleId;
  expect(await join()).toMatchObject({ status: 404, body: { code: 'not_found' } });
  saleId = '%20' as SaleId;
  expect(await join()).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', fields: [{ field: 'path.saleId' }] },
  });
});
