// The routes that a rush hits, answered before Express: a request is taken apart by hand, and whatever is unusual about
// it (an odd path, a compressed body, another method) is left to Express, which knows every refusal of the contract.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCodes } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import {
  type Answer,
  type HotHandler,
  type Logger,
  ProblemError,
  parseOrRefuse,
  readJson,
  renderProblem,
  sendProblem,
  traceIdOf,
} from '@onsale/runtime';
import type { SaleRoute } from '../http.ts';

export type HotDeps = { readonly logger: Logger; counted(route: string, status: number): void };

const PATH = /^\/api\/v1\/sales\/([A-Za-z0-9_.~-]{1,64})(\/[a-z/-]+)(?:\?.*)?$/;
const SALE_PATH = '/api/v1/sales/{saleId}';
const BODY_LIMIT_BYTES = 4096; // the largest join body the contract allows, with room

export function hotHandler(deps: HotDeps, routes: readonly SaleRoute[]): HotHandler {
  const table = new Map(
    routes.map((one) => [`${one.route.method.toUpperCase()} ${one.route.path.slice(SALE_PATH.length)}`, one]),
  );
  return (request, response) => {
    const [, saleId, tail] = PATH.exec(request.url ?? '') ?? [];
    if (saleId === undefined || tail === undefined || request.headers['content-encoding'] !== undefined) return false;
    const route = table.get(`${request.method} ${tail}`);
    if (route === undefined) return false;
    answer({ deps, route, request, response, saleId: saleId as SaleId }).catch((error: unknown) => {
      fail({ deps, route, request, response, error });
    });
    return true;
  };
}

type Exchange = {
  readonly deps: HotDeps;
  readonly route: SaleRoute;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

async function answer({ deps, route, request, response, saleId }: Exchange & { saleId: SaleId }): Promise<void> {
  const body = hasBody(request) ? ((await readJson(request, BODY_LIMIT_BYTES)) ?? {}) : {};
  const parsed = route.route.body === undefined ? undefined : parseOrRefuse(route.route.body, body, 'body');
  send(response, await route.handle({ saleId, headers: request.headers, body: parsed }));
  deps.counted(route.route.id, response.statusCode);
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const all: Record<string, string | string[]> = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };
  for (const [name, value] of Object.entries(headers ?? {})) all[name] = typeof value === 'string' ? value : [...value];
  if (body === undefined) {
    response.writeHead(status, all).end();
    return;
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  all['Content-Type'] = 'application/json';
  all['Content-Length'] = String(Buffer.byteLength(text));
  response.writeHead(status, all).end(text);
}

function fail({ deps, route, request, response, error }: Exchange & { error: unknown }): void {
  const traceId = traceIdOf(request);
  const problem = error instanceof ProblemError ? error : null;
  if (problem === null)
    deps.logger.error({ err: error, traceId, route: route.route.id }, 'a request failed unexpectedly');
  const code = problem?.code ?? 'internal_error';
  if (!request.complete) response.setHeader('Connection', 'close');
  const sent = renderProblem(errorCodes, { code, details: problem?.details ?? {}, traceId });
  deps.counted(route.route.id, sent.status);
  sendProblem(response, sent);
}
