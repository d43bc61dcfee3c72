import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Gateway, startGateway } from './gateway.ts';
import { staticFiles } from './static-files.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const BOOK = '/api/v1/performances/p-1/bookings';
let copies: Server[] = [];
let answers: Answer[] = [];
let gateway: Gateway;

const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeEach(async () => {
  answers = [];
  copies = [0, 1].map((at) => createServer((request, response) => answers[at]?.(request, response)));
  for (const copy of copies) await once(copy.listen(0, '127.0.0.1'), 'listening');
  gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    appPorts: { 'booking-api': copies.map(portOf) },
    pages: staticFiles(join(__dirname, 'nothing-here')),
    health: async () => ({}),
  });
});

afterEach(async () => {
  await gateway.close();
  for (const copy of copies) {
    copy.closeAllConnections();
    await new Promise((resolve) => copy.close(resolve));
  }
});

const post = (headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${gateway.port}${BOOK}`, { method: 'POST', body: '{"a":1}', headers });

const echo: Answer = async (request, response) => response.end(await text(request));

test('a copy that takes no connection costs nobody a request', async () => {
  answers = [echo, echo];
  copies[0]?.closeAllConnections();
  await new Promise((resolve) => copies[0]?.close(resolve));
  const replies = await Promise.all(Array.from({ length: 6 }, () => post()));
  for (const reply of replies) expect([reply.status, await reply.text()]).toEqual([200, '{"a":1}']);
});

test('a request with an Idempotency-Key goes to the other copy when one dies over it, another does not', async () => {
  const dies: Answer = (request) => void request.socket.destroy();
  answers = [dies, echo];
  const keyed = await Promise.all(Array.from({ length: 4 }, (_, i) => post({ 'Idempotency-Key': `k-${i}` })));
  expect(keyed.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const plain = await Promise.all([post(), post()]);
  expect(plain.map(({ status }) => status).sort()).toEqual([200, 503]);
});

test('a copy that is not ready is left alone while the other is', async () => {
  const seen = [0, 0];
  answers = [0, 1].map((at) => (_request, response) => {
    seen[at] = (seen[at] ?? 0) + 1;
    response.end();
  });
  gateway.noteReady(portOf(copies[0] as Server), false);
  await Promise.all(Array.from({ length: 6 }, () => post()));
  expect(seen).toEqual([0, 6]);
});
