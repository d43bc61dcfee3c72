import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { createLogger } from '../log/create-logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { bindRoute, createApi } from './create-api.ts';
import { type HttpPart, httpPart } from './http-part.ts';
import { ProblemError } from './problem.ts';

const problems = {
  invalid_request: { status: 400, title: 'wrong shape' },
  invalid_json: { status: 400, title: 'not JSON' },
  not_found: { status: 404, title: 'nothing here' },
  method_not_allowed: { status: 405, title: 'not this method' },
  body_too_large: { status: 413, title: 'too large' },
  unsupported_media_type: { status: 415, title: 'send JSON' },
  idempotency_key_required: { status: 428, title: 'key needed' },
  internal_error: { status: 500, title: 'broken' },
  unavailable: { status: 503, title: 'away' },
};

const greet = {
  id: 'greet',
  method: 'post',
  path: '/greetings/{lang}',
  params: z.strictObject({ lang: z.enum(['en', 'fi']) }),
  query: z.strictObject({ loud: z.enum(['yes']).optional() }),
  body: z.strictObject({ to: z.strictObject({ name: z.string().min(1) }), times: z.int() }),
  requires: ['idempotency-key'],
} as const;

let part: HttpPart;
let origin: string;

beforeAll(async () => {
  const api = createApi({
    problems,
    logger: createLogger({ app: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    routes: [
      bindRoute(greet, async ({ body, params }) => {
        if (body.times === 0) throw new ProblemError('unavailable', { retryAfterSeconds: 0.5 });
        if (body.times < 0) throw new Error('a bug');
        return { status: 201, body: { said: `${params.lang} ${body.to.name}` } };
      }),
    ],
  });
  part = httpPart({ port: 0, host: '127.0.0.1', api });
  await part.start();
  origin = `http://127.0.0.1:${part.port()}`;
});

afterAll(() => part.stop());

const send = (over: {
  path?: string;
  method?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}) =>
  fetch(origin + (over.path ?? '/greetings/en'), {
    method: over.method ?? 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k', ...over.headers },
    ...(over.body !== undefined && { body: over.body }),
  });
const good = JSON.stringify({ to: { name: 'Aino' }, times: 1 });

test('a request of the right shape is answered', async () => {
  const response = await send({ body: good });
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ said: 'en Aino' });
});

test.each([
  ['an unknown body field', { body: JSON.stringify({ to: { name: 'A', age: 3 }, times: 1 }) }, 400, 'to.age'],
  ['a missing body field', { body: JSON.stringify({ to: { name: 'A' } }) }, 400, 'times'],
  ['a wrong path parameter', { path: '/greetings/xx', body: good }, 400, 'path.lang'],
  ['an unknown query parameter', { path: '/greetings/en?x=1', body: good }, 400, 'query.x'],
])('%s is refused and named', async (_what, request, status, field) => {
  const response = await send(request);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await response.json()) as { code: string; traceId: string; fields: { field: string }[] };
  expect(problem.code).toBe('invalid_request');
  expect(problem.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(problem.fields.map((one) => one.field)).toContain(field);
});

test.each([
  ['broken JSON', { body: '{' }, 400],
  ['a body that is not JSON', { body: 'a=1', headers: { 'content-type': 'text/plain' } }, 415],
  ['a compressed body', { body: new Uint8Array(gzipSync(good)), headers: { 'content-encoding': 'gzip' } }, 415],
  ['a body over the limit', { body: JSON.stringify({ pad: 'x'.repeat(70_000) }) }, 413],
  ['another method', { method: 'GET' }, 405],
  ['an unknown address', { path: '/nowhere', body: good }, 404],
  ['an undecodable path', { path: '/greetings/%zz', body: good }, 400],
])('%s gets its problem', async (_what, request, status) => {
  const response = await send(request);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
});

test('a missing required header is told with 428', async () => {
  const response = await fetch(`${origin}/greetings/en`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: good,
  });
  expect(response.status).toBe(428);
});

test('503 carries Retry-After and a bug tells nothing of itself', async () => {
  const away = await send({ body: JSON.stringify({ to: { name: 'A' }, times: 0 }) });
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
  const bug = await send({ body: JSON.stringify({ to: { name: 'A' }, times: -1 }) });
  expect(bug.status).toBe(500);
  expect(await bug.text()).not.toContain('a bug');
});
