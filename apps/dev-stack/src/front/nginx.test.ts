// The configuration that real installations use, in a real nginx, before apps that only count.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, runFoldersIn } from '@onsale/local-services';
import { startNginx } from './start-nginx.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
type Reply = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string };

const APPS = ['waiting-room', 'booking-api', 'console-api', 'web'] as const;
const apps = new Map<string, Server>();
const seen = new Map<string, number>();
let answer: Record<string, Answer>;
let base: string;
let port: number;
let nginx: Awaited<ReturnType<typeof startNginx>>;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'onsale-nginx-'));
  const pages = join(base, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>built</title>');
  writeFileSync(join(pages, 'assets/a-1.js'), `// ${'x'.repeat(2_000)}`);
  for (const app of APPS) apps.set(app, await listenAs(app, 0));
  port = await freePort();
  nginx = await startNginx({
    configuration: 'config/nginx',
    folders: runFoldersIn(base),
    pages,
    host: '127.0.0.1',
    port,
    healthPort: portOf('console-api'),
    copies: APPS.map((app) => ({ app, port: portOf(app) })),
    unlimited: ['127.0.0.1/32'],
  });
}, 60_000);
beforeEach(() => {
  answer = {};
  seen.clear();
});
afterAll(async () => {
  await nginx?.stop();
  for (const server of apps.values()) server.closeAllConnections();
  for (const server of apps.values()) server.close();
  rmSync(base, { recursive: true, force: true });
});

const portOf = (app: string) => ((apps.get(app) as Server).address() as AddressInfo).port;

async function listenAs(app: string, at: number): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    seen.set(app, (seen.get(app) ?? 0) + 1);
    const own: Answer = (_request, response) => response.end(app);
    (answer[app] ?? own)(incoming, outgoing);
  });
  await once(server.listen(at, '127.0.0.1'), 'listening');
  return server;
}

type Ask = { method?: string; headers?: Record<string, string>; body?: string | Buffer; from?: string };

async function ask(path: string, { method = 'GET', headers = {}, body, from }: Ask = {}): Promise<Reply> {
  const to = { host: '127.0.0.1', port, path, method, headers, agent: false as const };
  const outgoing = request({ ...to, ...(from !== undefined && { localAddress: from }) });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await text(incoming) };
}

test.each([
  ['/api/v1/sales/s-1/places', 'waiting-room'],
  ['/api/v1/sales/s-1', 'booking-api'],
  ['/api/v1/organizer/sales', 'console-api'],
  ['/.well-known/jwks.json', 'booking-api'],
  ['/events/sibelius', 'web'],
])('%s is answered by %s', async (path, app) => {
  expect((await ask(path)).body).toBe(app);
});

test('five hundred who fetch a line are one fetch a second at the app, and who has it already gets 304', async () => {
  answer['waiting-room'] = async (_request, response) => {
    await sleep(50); // all others arrive meanwhile
    response.setHeader('ETag', '"7"').setHeader('Cache-Control', 'public, s-maxage=1').end('{"seq":7}');
  };
  const path = '/api/v1/sales/s-line/line';
  const begunAt = performance.now();
  const mostByNow = () => 1 + Math.floor((performance.now() - begunAt) / 1000); // a busy machine asks for longer than a second
  const all = await Promise.all(Array.from({ length: 500 }, () => ask(path, { headers: { cookie: 'a=b' } })));
  expect(new Set(all.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(['200 {"seq":7}']));
  expect(seen.get('waiting-room')).toBeLessThanOrEqual(mostByNow());
  expect((await ask(path, { headers: { 'if-none-match': '"7"' } })).status).toBe(304);
  await sleep(1_200);
  await Promise.all(Array.from({ length: 100 }, () => ask(path)));
  expect(seen.get('waiting-room')).toBeLessThanOrEqual(1 + mostByNow());
});

test('an app that is away is told as a problem document; a page then draws itself', async () => {
  const [web, room] = [portOf('web'), portOf('waiting-room')];
  for (const app of ['web', 'waiting-room']) {
    apps.get(app)?.closeAllConnections();
    await new Promise((resolve) => apps.get(app)?.close(resolve));
  }
  try {
    const join = await ask('/api/v1/sales/s-1/places', { method: 'POST', body: '{}' });
    expect([join.status, join.headers['content-type'], join.headers['retry-after']]).toEqual([
      503,
      'application/problem+json',
      '1',
    ]);
    expect(JSON.parse(join.body)).toMatchObject({ code: 'unavailable', status: 503, detail: 'waiting-room is away.' });
    const page = await ask('/sales/s-1');
    expect([page.status, page.body]).toEqual([200, '<!doctype html><title>built</title>']);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  } finally {
    apps.set('web', await listenAs('web', web));
    apps.set('waiting-room', await listenAs('waiting-room', room));
  }
});

test('what a client claims to have forwarded is not believed', async () => {
  let headers: IncomingMessage['headers'] = {};
  answer['booking-api'] = (incoming, response) => {
    headers = incoming.headers;
    response.end();
  };
  await ask('/api/v1/events', { headers: { 'x-forwarded-for': '9.9.9.9', 'x-forwarded-proto': 'https' } });
  expect(headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
  expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
});

test('a flood from one address is refused in the form of the API, and others are not', async () => {
  const flood = Array.from({ length: 2_500 }, () => ask('/api/v1/events', { from: '127.0.0.9' }));
  const replies = await Promise.all(flood);
  const refused = replies.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(100);
  expect(refused[0]?.headers).toMatchObject({ 'content-type': 'application/problem+json', 'retry-after': '5' });
  expect(JSON.parse(refused[0]?.body ?? '')).toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 5 });
  expect((await ask('/api/v1/events', { from: '127.0.0.10' })).status).toBe(200);
}, 30_000);

test('a body beyond the largest is refused in the form of the API', async () => {
  const reply = await ask('/api/v1/organizer/plans', { method: 'POST', body: Buffer.alloc(5 * 1024 * 1024) });
  expect([reply.status, JSON.parse(reply.body).code]).toEqual([413, 'body_too_large']);
});

test('built files bear their lifetime and are compressed; internal addresses are not there', async () => {
  const asset = await ask('/assets/a-1.js', { headers: { 'accept-encoding': 'gzip' } });
  expect(asset.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'gzip',
    'x-content-type-options': 'nosniff',
  });
  for (const path of ['/metrics', '/readyz']) expect((await ask(path)).status).toBe(404);
});

test('a WebSocket is passed on, both ways', async () => {
  const room = apps.get('waiting-room') as Server;
  room.once('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.on('data', (piece) => socket.end(`heard ${piece}`));
  });
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'GET /live/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  );
  await once(socket, 'data');
  socket.write('hello');
  expect(await text(socket)).toContain('heard hello');
});
