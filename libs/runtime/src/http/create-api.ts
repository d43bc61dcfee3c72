// The Express side of a process: every route is bound to its description in the contract, which validates what comes
// in. What is not described does not exist.
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { z } from 'zod';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { type ProblemCatalogue, ProblemError, renderProblem, sendProblem } from './problem.ts';
import { BODY_LIMIT_BYTES, readBody } from './read-json.ts';
import { traceIdOf } from './trace.ts';
import { parseOrRefuse } from './validate.ts';

/** What this shell needs to know of a route; the contract's descriptions have this form. */
export type RouteShape = {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly requires?: readonly ('idempotency-key' | 'if-match')[];
};

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

export type Call<Route extends RouteShape> = {
  readonly params: Parsed<Route['params']>;
  readonly query: Parsed<Route['query']>;
  readonly body: Parsed<Route['body']>;
  /** The body as it came, for signatures over it. */
  readonly rawBody: Buffer;
  readonly request: Request;
  readonly traceId: string;
};

/** `body` is sent as JSON, a string or bytes as they are; none with undefined. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
};

export type BoundRoute = { readonly route: RouteShape; handle(call: Call<RouteShape>): Promise<Answer> };

export function bindRoute<Route extends RouteShape>(
  route: Route,
  handle: (call: Call<Route>) => Promise<Answer>,
): BoundRoute {
  return { route, handle: handle as unknown as BoundRoute['handle'] };
}

export type ApiOptions = {
  readonly routes: readonly BoundRoute[];
  readonly problems: ProblemCatalogue;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Addresses or CIDR blocks whose X-Forwarded-* are believed; none by default. */
  readonly trustedProxies?: readonly string[];
  readonly bodyLimitBytes?: number;
};

const REQUIRED_HEADER_PROBLEM = {
  'idempotency-key': 'idempotency_key_required',
  'if-match': 'if_match_required',
} as const;

/** An Express app that answers each bound route, and every failure as problem+json. */
export function createApi(options: ApiOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', [...(options.trustedProxies ?? [])]);
  app.use(helmet());
  const seconds = requestSeconds(options.metrics);
  for (const one of options.routes) app[one.route.method](expressPath(one), expressHandler(one, options, seconds));
  for (const path of new Set(options.routes.map(expressPath))) {
    app.all(path, () => {
      throw new ProblemError('method_not_allowed');
    });
  }
  app.use(() => {
    throw new ProblemError('not_found');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerFailure({ error, request, response, options });
  });
  return app;
}

/** The contract writes `{name}` as OpenAPI does, Express `:name`. */
function expressPath({ route }: BoundRoute): string {
  return route.path.replaceAll(/\{(\w+)\}/g, ':$1');
}

const SECONDS_METRIC = 'http_request_duration_seconds';

/** One for the process, however its routes are answered. */
export function requestSeconds({ registry, histogram }: Metrics): Timer {
  const known = registry.getSingleMetric(SECONDS_METRIC);
  if (known !== undefined) return known as unknown as Timer;
  const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
  return histogram(SECONDS_METRIC, 'Time from the request to the end of the answer.', buckets, ['route', 'status']);
}

type Timer = { startTimer(labels: { route: string }): (labels: { status: string }) => void };

function expressHandler(
  { route, handle }: BoundRoute,
  { bodyLimitBytes = BODY_LIMIT_BYTES }: ApiOptions,
  seconds: Timer,
) {
  return async (request: Request, response: Response): Promise<void> => {
    const end = seconds.startTimer({ route: route.id });
    response.once('close', () => end({ status: String(response.statusCode) }));
    const call = await parseCall(route, request, bodyLimitBytes);
    send(response, await handle(call));
  };
}

async function parseCall(route: RouteShape, request: Request, bodyLimitBytes: number): Promise<Call<RouteShape>> {
  const rawBody = await readBody(request, bodyLimitBytes);
  for (const header of route.requires ?? []) {
    if (request.get(header) === undefined) throw new ProblemError(REQUIRED_HEADER_PROBLEM[header]);
  }
  return {
    params: route.params === undefined ? undefined : parseOrRefuse(route.params, request.params, 'path'),
    query: route.query === undefined ? undefined : parseOrRefuse(route.query, request.query, 'query'),
    body: route.body === undefined ? undefined : parseOrRefuse(route.body, parseBody(request, rawBody), 'body'),
    rawBody,
    request,
    traceId: traceOf(request),
  };
}

function parseBody(request: Request, rawBody: Buffer): unknown {
  if (rawBody.length === 0) return {};
  if (!request.is('application/json')) throw new ProblemError('unsupported_media_type');
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new ProblemError('invalid_json');
  }
}

function send(response: Response, { status, body, headers }: Answer): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers ?? {})) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
  if (body === undefined) response.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else response.json(body);
}

function answerFailure({
  error,
  request,
  response,
  options,
}: {
  error: unknown;
  request: Request;
  response: Response;
  options: ApiOptions;
}): void {
  const traceId = traceOf(request);
  const problem = error instanceof ProblemError ? error : frameworkProblem(error);
  if (problem === null)
    options.logger.error({ err: error, traceId, path: request.path }, 'a request failed unexpectedly');
  const code = problem?.code ?? 'internal_error';
  // A body that was refused unread would otherwise be taken for the next request of the connection.
  if (!request.complete) response.setHeader('Connection', 'close');
  sendProblem(response, renderProblem(options.problems, { code, details: problem?.details ?? {}, traceId }));
}

/** Express itself fails with a 4xx status for undecodable paths and the like. */
function frameworkProblem(error: unknown): ProblemError | null {
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500
    ? new ProblemError('invalid_request', { fields: [{ field: 'path', message: 'cannot be decoded' }] })
    : null;
}

const traces = new WeakMap<Request, string>();

function traceOf(request: Request): string {
  const known = traces.get(request);
  if (known !== undefined) return known;
  const traceId = traceIdOf(request);
  traces.set(request, traceId);
  return traceId;
}
