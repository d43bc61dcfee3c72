import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import type { LaneHandler } from './fast-lane.ts';
import { type HttpPart, httpPart } from './http-part.ts';

let part: HttpPart;
let held: (() => void)[] = [];

/** Says back what it read, and which side read it. `/held` waits, `/cold` is Node's. */
const lane: LaneHandler = ({ method, target, body, headers, peer }, reply) => {
  if (target.startsWith('/cold')) return false;
  const said = JSON.stringify({ by: 'lane', method, target, body: packed(body), cookie: headers.cookie ?? null, peer });
  const answer = () => reply({ status: 200, head: 'Content-Type: application/json\r\n', body: said });
  if (target.startsWith('/held')) held.push(answer);
  else answer();
  return true;
};

beforeEach(async () => {
  held = [];
  part = httpPart({
    port: 0,
    host: '127.0.0.1',
    lane,
    api: async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      response.end(JSON.stringify({ by: 'node', method: request.method, target: request.url, body: packed(body) }));
    },
  });
  await part.start();
});
afterEach(() => part.stop());

/** So that an answer holds no brace of a body. */
const packed = (body: string) => Buffer.from(body).toString('base64');

type Said = { by: string; method: string; target: string; body: string; cookie?: string | null };
type Talk = { socket: Socket; text(): string; answers(): Said[]; ended: Promise<void> };

function talk(): Talk {
  const socket = connect({ port: part.port(), host: '127.0.0.1' });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  const text = () => Buffer.concat(chunks).toString();
  const answers = () =>
    [...text().matchAll(/\{"by".*?\}/g)].map(([json]) => {
      const said = JSON.parse(json) as Said;
      return { ...said, body: Buffer.from(said.body, 'base64').toString() };
    });
  return { socket, text, answers, ended: new Promise((resolve) => socket.on('close', () => resolve())) };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}

const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
const post = (target: string, body: string, more = '') =>
  `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

test('request after request is answered on one connection', async () => {
  const { socket, answers, text } = talk();
  for (let i = 0; i < 5; i++) {
    socket.write(i % 2 === 0 ? get(`/a/${i}`, 'Cookie: a=b\r\n') : post(`/a/${i}`, `{"größe":${i}}`));
    await until(() => answers().length === i + 1);
  }
  expect(answers()[3]).toMatchObject({ by: 'lane', method: 'POST', target: '/a/3', body: '{"größe":3}' });
  expect(answers()[4]).toMatchObject({ method: 'GET', cookie: 'a=b' });
  expect(text()).toMatch(
    /^HTTP\/1\.1 200 OK\r\nContent-Type: application\/json\r\nContent-Length: \d+\r\nDate: [^\r]+GMT\r\n/,
  );
  socket.destroy();
});

test('a request is the same however its bytes are cut', async () => {
  const body = '{"name":"ünïcödé 🎟"}';
  const bytes = Buffer.from(post('/cut?x=1', body, 'Content-Type: application/json\r\n'));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 6 }), async (cuts) => {
      const { socket, answers } = talk();
      let from = 0;
      for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
        socket.write(bytes.subarray(from, cut));
        from = cut;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await until(() => answers().length === 1);
      expect(answers()[0]).toMatchObject({ by: 'lane', target: '/cut?x=1', body });
      socket.destroy();
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['a route it does not know', get('/cold')],
  ['a body in chunks', 'POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
  ['another method', 'PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'],
  ['HTTP/1.0', 'GET /a HTTP/1.0\r\nHost: x\r\n\r\n'],
  ['a compressed body', post('/a', '{}', 'Content-Encoding: gzip\r\n')],
  ['a client that closes', get('/a', 'Connection: close\r\n')],
  ['the same credential twice', get('/a', 'Cookie: a=1\r\nCookie: b=2\r\n')],
])('%s is answered by Node, and the connection ends', async (_what, request) => {
  const { socket, answers, ended } = talk();
  socket.write(request);
  await ended;
  expect(answers()).toMatchObject([{ by: 'node' }]);
});

test.each([
  ['two lengths', 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
  ['length and chunks', 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}'],
  ['a signed length', 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\n{}'],
  ['a blank before the colon', 'POST /a HTTP/1.1\r\nHost : x\r\nContent-Length: 2\r\n\r\n{}'],
  ['a folded line', 'GET /a HTTP/1.1\r\nHost: x\r\nCookie: a\r\n b\r\n\r\n'],
  ['a bare line end', 'GET /a HTTP/1.1\nHost: x\n\n'],
  ['no host', 'GET /a HTTP/1.1\r\n\r\n'],
  ['a zero byte', 'GET /a HTTP/1.1\r\nHost: x\r\nCookie: a\0b\r\n\r\n'],
])('%s never reaches a handler of the lane', async (_what, request) => {
  const { socket, answers, text } = talk();
  socket.write(request);
  await until(() => text() !== '');
  expect(answers().every(({ by }) => by === 'node')).toBe(true);
  socket.destroy();
});

test('who sends further requests without waiting gets every answer, in order', async () => {
  const { socket, answers } = talk();
  socket.write(get('/held/1'));
  await until(() => held.length === 1);
  socket.write(get('/b/2') + get('/b/3'));
  socket.write(get('/b/4'));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(answers()).toEqual([]);
  held[0]?.();
  await until(() => answers().length >= 2);
  expect(answers().slice(0, 2)).toMatchObject([{ target: '/held/1' }, { target: '/b/2', by: 'node' }]);
  socket.destroy();
});

test('a stop lets the answer under way go out and ends the idle connections', async () => {
  const busy = talk();
  const idle = talk();
  idle.socket.write(get('/a'));
  busy.socket.write(get('/held'));
  await until(() => held.length === 1 && idle.answers().length === 1);
  const stopped = part.stop();
  await idle.ended;
  held[0]?.();
  await busy.ended;
  await stopped;
  expect(busy.answers()).toHaveLength(1);
  expect(busy.text()).toContain('Connection: close');
});

test('a client that goes while its answer is made hurts nobody', async () => {
  const gone = talk();
  gone.socket.write(get('/held'));
  await until(() => held.length === 1);
  gone.socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
  held[0]?.();
  const other = talk();
  other.socket.write(get('/a'));
  await until(() => other.answers().length === 1);
  other.socket.destroy();
});
