import { request as httpRequest } from 'node:http';
import { z } from 'zod';
import { createLogger } from '../log/create-logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { bindLaneRoute, boundLane } from './bound-lane.ts';
import { createApi } from './create-api.ts';
import { type HttpPart, httpPart } from './http-part.ts';
import { ProblemError } from './problem.ts';

const seen: string[] = [];
const route = {
  id: 'book',
  method: 'post',
  path: '/shows/{showId}/bookings',
  params: z.strictObject({ showId: z.string().max(8) }),
  body: z.strictObject({ seats: z.int().max(4) }),
  requires: ['idempotency-key'],
} as const;
const book = bindLaneRoute(route, async ({ params, body, request }) => {
  seen.push('rawHeaders' in request ? 'express' : 'lane');
  if (body.seats === 4) throw new ProblemError('sold_out', { detail: 'Nothing is left.' });
  if (body.seats === 3) throw new Error('a fault of our own');
  return {
    status: 202,
    body: { showId: params.showId, key: request.headers['idempotency-key'] },
    headers: { Location: '/b/1' },
  };
});

const problems = {
  sold_out: { status: 409, title: 'Sold out.' },
  invalid_request: { status: 400, title: 'Invalid.' },
  invalid_json: { status: 400, title: 'Not JSON.' },
  unsupported_media_type: { status: 415, title: 'Not JSON.' },
  idempotency_key_required: { status: 428, title: 'Key.' },
};
const common = { problems, logger: createLogger({ app: 'test', level: 'silent' }), metrics: createMetrics('test') };
let byExpress: HttpPart;
let byLane: HttpPart;

beforeAll(async () => {
  const api = createApi({ ...common, routes: [book] });
  byExpress = httpPart({ port: 0, api });
  byLane = httpPart({ port: 0, api, lane: boundLane({ ...common, routes: [book] }) });
  await Promise.all([byExpress.start(), byLane.start()]);
});
afterAll(() => Promise.all([byExpress.stop(), byLane.stop()]));
beforeEach(() => {
  seen.length = 0;
});

type Sent = { readonly path?: string; readonly body: string; readonly headers?: Record<string, string> };

function send(part: HttpPart, { path = '/shows/s-1/bookings', body, headers = {} }: Sent) {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: unknown }>(
    (resolve, reject) => {
      const outgoing = httpRequest(
        {
          port: part.port(),
          path,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
        },
        async (answer) => {
          const text = Buffer.concat(await answer.toArray()).toString();
          const { traceId: _traceId, ...rest } = JSON.parse(text);
          const { 'content-type': type, location, 'cache-control': cache } = answer.headers;
          resolve({
            status: answer.statusCode,
            headers: { type: String(type).split(';')[0], location, cache },
            body: rest,
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    },
  );
}

const key = { 'idempotency-key': 'k-1' };

test.each<[string, Sent, 'lane' | 'express' | 'refused']>([
  ['a good request', { body: '{"seats":2}', headers: key }, 'lane'],
  ['a problem of the use case', { body: '{"seats":4}', headers: key }, 'lane'],
  ['a fault of our own', { body: '{"seats":3}', headers: key }, 'lane'],
  ['an unknown field', { body: '{"seats":2,"extra":1}', headers: key }, 'refused'],
  [
    'a wrong path parameter',
    { path: '/shows/far-too-long-a-name/bookings', body: '{"seats":2}', headers: key },
    'refused',
  ],
  ['no JSON', { body: '{"seats"', headers: key }, 'refused'],
  ['another type of content', { body: 'seats=2', headers: { ...key, 'content-type': 'text/plain' } }, 'refused'],
  ['a missing key', { body: '{"seats":2}' }, 'refused'],
  ['a query', { path: '/shows/s-1/bookings?a=1', body: '{"seats":2}', headers: key }, 'express'],
])('%s is answered in the lane as by Express', async (_what, sent, by) => {
  const inLane = await send(byLane, sent);
  expect(seen).toEqual(by === 'refused' ? [] : [by]);
  expect(inLane).toEqual(await send(byExpress, sent));
});
