import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AvailabilityEvent, type BookingEvent, LIVE_PATH, rooms } from '@onsale/contracts';
import type { BookingId, FanId, PerformanceId, SaleId } from '@onsale/domain';
import { tcpProxy, testRedis, waitFor } from '@onsale/testkit';
import { io as connect, type Socket } from 'socket.io-client';
import { type LiveEmitter, liveEmitter } from './live-emitter.ts';
import { type LiveServer, liveServer } from './live-server.ts';

const redis = testRedis();
const saleId = 'sale-of-the-live-test' as SaleId;
const pass = { saleId, number: 1, passId: 'p', issuedAt: 0, expiresAt: 60 };
const booking: BookingEvent = { bookingId: 'b-1' as BookingId, state: 'held' };
const availability: AvailabilityEvent = { performanceId: 'p-1' as PerformanceId, version: 3, taken: [], released: [] };

let https: Server[] = [];
let lives: LiveServer[] = [];
let clients: Socket[] = [];
let emitter: LiveEmitter;

async function startLive(redisUrl = redis.url): Promise<string> {
  const http = createServer();
  const live = liveServer({
    http,
    redisUrl,
    identify: ({ fan }) =>
      fan === undefined ? null : { fanId: fan as FanId, places: [{ saleId, index: 0, version: 0 }], passes: [pass] },
    onJoin: () => undefined,
    onLeave: () => undefined,
    onCheckIn: () => undefined,
  });
  await new Promise<void>((resolve) => http.listen(0, resolve));
  https.push(http);
  lives.push(live);
  return `http://localhost:${(http.address() as AddressInfo).port}`;
}

function client(url: string, auth: Record<string, string>): Socket {
  const socket = connect(url, { path: LIVE_PATH, transports: ['websocket'], auth, reconnection: false });
  clients.push(socket);
  return socket;
}

beforeEach(() => {
  [https, lives, clients] = [[], [], []];
  emitter = liveEmitter(redis.url);
});
afterEach(async () => {
  for (const socket of clients) socket.disconnect();
  await Promise.all(lives.map((live) => live.close()));
  for (const http of https) http.close();
  await emitter.close();
});

test('an event for a fan reaches the fan on whatever process the socket is, and nobody else', async () => {
  const [first, second] = [await startLive(), await startLive()];
  const [ann, bob] = [client(first, { fan: 'live-ann' }), client(second, { fan: 'live-bob' })];
  const heard: [string, unknown][] = [];
  for (const [name, socket] of [['live-ann', ann] as const, ['live-bob', bob] as const]) {
    for (const event of ['booking', 'availability']) socket.on(event, (body) => heard.push([`${name} ${event}`, body]));
  }
  await waitFor(() => ann.connected && bob.connected);
  emitter.toFan('live-bob' as FanId, booking);
  emitter.toShop(saleId, availability);
  await waitFor(() => heard.length === 3);
  expect(heard.sort()).toEqual([
    ['live-ann availability', availability],
    ['live-bob availability', availability],
    ['live-bob booking', booking],
  ]);
});

test('what is meant for the whole line is repeated by each process to its own sockets only', async () => {
  const [first, second] = [await startLive(), await startLive()];
  const [ann, bob] = [client(first, { fan: 'live-ann' }), client(second, { fan: 'live-bob' })];
  const heard: string[] = [];
  ann.on('notice', () => heard.push('live-ann'));
  bob.on('notice', () => heard.push('live-bob'));
  await waitFor(() => ann.connected && bob.connected);
  const toLine = (live: LiveServer | undefined) =>
    live?.io.local.to(rooms.line(saleId)).emit('notice', { saleId, notice: 'soon' });
  toLine(lives[0]);
  await waitFor(() => heard.length === 1);
  toLine(lives[1]);
  await waitFor(() => heard.length === 2);
  expect(heard).toEqual(['live-ann', 'live-bob']);
});

test.each([
  ['nothing', {}],
  ['an unknown field', { fan: 'live-ann', role: 'admin' }],
])('a socket that shows %s is refused', async (_what, auth) => {
  const socket = client(await startLive(), auth as Record<string, string>);
  const message = await new Promise((resolve) => socket.on('connect_error', (error) => resolve(error.message)));
  expect(message).toBe('unauthenticated');
});

test('a process that ends while Redis does not answer ends without a failure that nobody hears', async () => {
  const proxy = await tcpProxy({ port: Number(new URL(redis.url).port) });
  const ann = client(await startLive(proxy.url(redis.url)), { fan: 'live-ann' });
  let heard = 0;
  ann.on('notice', () => heard++);
  await waitFor(() => ann.connected);
  proxy.freeze();
  lives[0]?.io.to(rooms.line(saleId)).emit('notice', { saleId, notice: 'soon' });
  await waitFor(() => heard > 0); // its own sockets hear it; for the others it is on the way to Redis
  await lives.pop()?.close();
  await proxy.close();
});
