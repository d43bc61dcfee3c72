// Bound routes in the lane before Node's HTTP: the same descriptions, the same checks, the same answers and problems as
// by Express, for ordinary requests of the routes a rush hits. Whatever is unusual is left to Express.
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { headOf, textOf } from './answer-text.ts';
import { type Answer, type BoundRoute, type Call, type RouteShape, requestSeconds } from './create-api.ts';
import type { LaneHandler, LaneRequest } from './fast-lane.ts';
import type { LaneHeaders } from './lane-request.ts';
import { type ProblemCatalogue, ProblemError, renderProblem } from './problem.ts';
import { BODY_LIMIT_BYTES, parseJson } from './read-json.ts';
import { traceIdOf } from './trace.ts';
import { parseOrRefuse } from './validate.ts';

/** All that a route may look at that is answered both here and by Express. */
export type LaneCall<Route extends RouteShape> = Pick<Call<Route>, 'params' | 'body' | 'traceId'> & {
  readonly request: { readonly headers: LaneHeaders };
};
export type LaneRoute = { readonly route: RouteShape; handle(call: LaneCall<RouteShape>): Promise<Answer> };

export function bindLaneRoute<Route extends RouteShape>(
  route: Route,
  handle: (call: LaneCall<Route>) => Promise<Answer>,
): BoundRoute & LaneRoute {
  return { route, handle: handle as unknown as LaneRoute['handle'] };
}

export type BoundLaneOptions = {
  readonly routes: readonly LaneRoute[];
  readonly problems: ProblemCatalogue;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

type Found = { readonly one: LaneRoute; readonly params: Readonly<Record<string, string>> };

export function boundLane(options: BoundLaneOptions): LaneHandler {
  const find = finder(options.routes);
  const seconds = requestSeconds(options.metrics);
  return (request, reply) => {
    const found = find(request);
    // What lacks a header that its route requires is for Express to refuse.
    if (found === null || found.one.route.requires?.some((header) => readHeader(request.headers, header) === undefined))
      return false;
    const { id } = found.one.route;
    const end = seconds.startTimer({ route: id });
    const answered = (answer: Answer) => {
      reply({ status: answer.status, head: headOf(answer), body: textOf(answer) });
      end({ status: String(answer.status) });
    };
    const traceId = traceIdOf(request);
    answer(found, request, traceId)
      .then(answered)
      .catch((error: unknown) => {
        const sent = problemOf(options, { error, traceId, route: id });
        reply({ status: sent.status, head: headOf(sent), body: sent.body });
        end({ status: String(sent.status) });
      });
    return true;
  };
}

async function answer({ one, params }: Found, request: LaneRequest, traceId: string): Promise<Answer> {
  const { route } = one;
  const { headers, body } = request;
  if (body.length > BODY_LIMIT_BYTES) throw new ProblemError('body_too_large');
  const given = body === '' ? {} : parseJson(headers['content-type'], body);
  return one.handle({
    params: route.params === undefined ? undefined : parseOrRefuse(route.params, params, 'path'),
    body: route.body === undefined ? undefined : parseOrRefuse(route.body, given, 'body'),
    request,
    traceId,
  } as LaneCall<RouteShape>);
}

/** By the method and the number of segments; a request with a query is left to Express. */
function finder(routes: readonly LaneRoute[]): (request: LaneRequest) => Found | null {
  const patterns = routes.map((one) => ({
    one,
    method: one.route.method.toUpperCase(),
    names: [...one.route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    path: new RegExp(`^${one.route.path.replaceAll(/\{\w+\}/g, '([A-Za-z0-9_.~:-]+)')}$`),
  }));
  return ({ method, target }) => {
    for (const { one, method: wanted, names, path } of patterns) {
      if (method !== wanted) continue;
      const match = path.exec(target);
      if (match !== null)
        return { one, params: Object.fromEntries(names.map((name, at) => [name, match[at + 1] ?? ''])) };
    }
    return null;
  };
}

function readHeader(headers: LaneHeaders, name: string): string | undefined {
  return headers[name as keyof LaneHeaders];
}

function problemOf(
  { problems, logger }: BoundLaneOptions,
  { error, traceId, route }: { readonly error: unknown; readonly traceId: string; readonly route: string },
) {
  const problem = error instanceof ProblemError ? error : null;
  if (problem === null) logger.error({ err: error, traceId, route }, 'a request failed unexpectedly');
  const code = problem?.code ?? 'internal_error';
  return renderProblem(problems, { code, details: problem?.details ?? {}, traceId });
}
