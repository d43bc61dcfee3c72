import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Gateway, startGateway } from './gateway.ts';
import { staticFiles } from './static-files.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answer: Answer;
let app: Server;
let gateway: Gateway;

beforeEach(async () => {
  app = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(app, 'listening');
  const address = app.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    appPorts: { 'waiting-room': [port], 'booking-api': [port] },
    pages: staticFiles(join(__dirname, 'nothing-here')),
    health: async () => ({ 'waiting-room': true, 'booking-api': false }),
  });
});

afterEach(async () => {
  await gateway.close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});

const at = (path: string) => `http://127.0.0.1:${gateway.port}${path}`;
const LINE = '/api/v1/sales/s-1/line';

test('passes method, path, query, headers and body on, and the answer back', async () => {
  answer = async (request, response) => {
    const body = await text(request);
    response.writeHead(201, { 'X-Seen': `${request.method} ${request.url} ${request.headers['idempotency-key']}` });
    response.end(body.toUpperCase());
  };
  const reply = await fetch(at('/api/v1/sales/s-1/places?a=%20b'), {
    method: 'POST',
    body: '{"locale":"fi"}',
    headers: { 'Idempotency-Key': 'k-1' },
  });
  expect(reply.status).toBe(201);
  expect(reply.headers.get('x-seen')).toBe('POST /api/v1/sales/s-1/places?a=%20b k-1');
  expect(await reply.text()).toBe('{"LOCALE":"FI"}');
});

test('tells the app who asked, whatever the client claims', async () => {
  answer = (request, response) => response.end(JSON.stringify(request.headers));
  const reply = await fetch(at(LINE), { headers: { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https' } });
  const seen = (await reply.json()) as Record<string, string>;
  expect(seen).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
  expect(seen['x-forwarded-host']).toBe(`127.0.0.1:${gateway.port}`);
});

test('hands repeated headers back as they are', async () => {
  answer = (_request, response) => {
    response.setHeader('Set-Cookie', ['fan=1; HttpOnly', 'place=2; HttpOnly']);
    response.end();
  };
  expect((await fetch(at(LINE))).headers.getSetCookie()).toEqual(['fan=1; HttpOnly', 'place=2; HttpOnly']);
});

test('streams: the first part arrives while the last is not yet written', async () => {
  let finish = () => {};
  answer = (_request, response) => {
    response.write('first');
    finish = () => response.end(' last');
  };
  const reader = (await fetch(at(LINE))).body?.getReader();
  expect(String(Buffer.from((await reader?.read())?.value ?? []))).toBe('first');
  finish();
  expect(String(Buffer.from((await reader?.read())?.value ?? []))).toBe(' last');
});

test('a client that goes away ends the request to the app', async () => {
  const ended = new Promise<void>((resolve) => {
    answer = (request, response) => {
      response.write('…');
      request.once('close', () => resolve());
    };
  });
  const stop = new AbortController();
  await fetch(at(LINE), { signal: stop.signal });
  stop.abort();
  await ended;
});

test('an app that is away is answered for: 503 with Retry-After, as a problem document', async () => {
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  const reply = await fetch(at(LINE));
  expect(reply.status).toBe(503);
  expect(reply.headers.get('retry-after')).toBe('1');
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  expect(await reply.json()).toMatchObject({ code: 'unavailable', status: 503 });
});

test('a connection that the app closed between two requests is not an error of the second', async () => {
  answer = (_request, response) => response.end('ok');
  expect((await fetch(at(LINE))).status).toBe(200);
  app.closeAllConnections();
  expect((await fetch(at(LINE))).status).toBe(200);
});

test('never shows what belongs to internal ports, and answers for the health of the whole', async () => {
  answer = (_request, response) => response.end('secret');
  for (const path of ['/metrics', '/readyz', '/metrics?x=1']) expect((await fetch(at(path))).status).toBe(404);
  const health = await fetch(at('/healthz'));
  expect(health.status).toBe(503);
  expect(await health.json()).toEqual({ status: 'not_ready', parts: { 'waiting-room': true, 'booking-api': false } });
});

test('joins the two ends of a WebSocket', async () => {
  app.on('upgrade', (request, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${request.headers.upgrade}\r\nConnection: Upgrade\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  const socket = connect(gateway.port, '127.0.0.1');
  socket.write('GET /live/?EIO=4 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  expect(String((await once(socket, 'data'))[0])).toContain('101 Switching Protocols');
  socket.write('ping');
  expect(String((await once(socket, 'data'))[0])).toBe('ping');
  const closed = once(socket, 'close');
  socket.end();
  await closed;
});

test('a taken port is told in one sentence with the way out', async () => {
  const pages = staticFiles(join(__dirname, 'nothing-here'));
  const taken = startGateway({ host: '127.0.0.1', port: gateway.port, appPorts: {}, pages, health: async () => ({}) });
  await expect(taken).rejects.toThrow(`Port ${gateway.port} is in use: end what uses it, or choose another with`);
});
