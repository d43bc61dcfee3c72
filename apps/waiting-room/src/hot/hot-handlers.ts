// The routes that a rush hits, answered before Express: ordinary requests in the lane before Node's HTTP, others here with
// Node's request and response. What is no request for a hot route, or is odd (another method, an odd path, a compressed
// body), is left to Express, which knows every refusal of the contract.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SaleId } from '@onsale/domain';
import {
  type Answer,
  type HotHandler,
  headersOf,
  headOf,
  type LaneHandler,
  type Logger,
  readBody,
  sendProblem,
  textOf,
} from '@onsale/runtime';
import type { CallHeaders, SaleRoute } from '../http.ts';
import { BODY_LIMIT_BYTES, bodyReader } from './read-sale-body.ts';
import { renderFailure } from './render-failure.ts';

export type HotDeps = { readonly logger: Logger; counted(route: string, status: number): void };
export type HotHandlers = { readonly lane: LaneHandler; readonly hot: HotHandler };

type HotRoute = SaleRoute & { readonly id: string; readBody(headers: CallHeaders, text: string): unknown };
type Found = { readonly route: HotRoute; readonly saleId: SaleId };

const PATH = /^\/api\/v1\/sales\/([A-Za-z0-9_.~-]{1,64})(\/[a-z/-]+)(?:\?.*)?$/;
const SALE_PATH = '/api/v1/sales/{saleId}';

export function hotHandlers(deps: HotDeps, routes: readonly SaleRoute[]): HotHandlers {
  const find = finder(routes);
  return {
    lane: ({ method, target, headers, body, peer }, reply) => {
      const found = find(method, target);
      if (found === null) return false;
      const { route, saleId } = found;
      const answered = (answer: Answer) => {
        deps.counted(route.id, answer.status);
        reply({ status: answer.status, head: headOf(answer), body: textOf(answer) });
      };
      const failed = (error: unknown) => {
        const { status, headers: sent, body: text } = renderFailure(deps, { routeId: route.id, headers, error });
        reply({ status, head: headOf({ status, headers: sent }), body: text });
      };
      try {
        const call = { saleId, headers, peer, body: route.readBody(headers, body) };
        if (route.rush?.(call, { answered, failed })) return true;
        const answer = route.handle(call);
        if (answer instanceof Promise) answer.then(answered).catch(failed);
        else answered(answer);
      } catch (error) {
        failed(error);
      }
      return true;
    },
    hot: (request, response) => {
      const found = request.headers['content-encoding'] === undefined ? find(request.method, request.url) : null;
      if (found === null) return false;
      void answerNode(deps, { ...found, request, response });
      return true;
    },
  };
}

function finder(routes: readonly SaleRoute[]) {
  const table = new Map<string, HotRoute>();
  for (const one of routes) {
    const tail = one.route.path.slice(SALE_PATH.length);
    table.set(`${one.route.method.toUpperCase()} ${tail}`, {
      ...one,
      id: one.route.id,
      readBody: bodyReader(one.route),
    });
  }
  return (method: string | undefined, target: string | undefined): Found | null => {
    const [, saleId, tail] = PATH.exec(target ?? '') ?? [];
    const route = saleId === undefined ? undefined : table.get(`${method} ${tail}`);
    return route === undefined ? null : { route, saleId: saleId as SaleId };
  };
}

type Exchange = Found & { readonly request: IncomingMessage; readonly response: ServerResponse };

async function answerNode(deps: HotDeps, { route, saleId, request, response }: Exchange): Promise<void> {
  const { socket } = request;
  const headers = request.headers as CallHeaders;
  try {
    const text = (await readBody(request, BODY_LIMIT_BYTES)).toString('utf8');
    const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const answer = await route.handle({ saleId, headers, peer, body: route.readBody(headers, text) });
    deps.counted(route.id, answer.status);
    const body = textOf(answer);
    const carried = answer.body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    response.writeHead(answer.status, { ...headersOf(answer), ...carried }).end(body);
  } catch (error) {
    if (!request.complete) response.setHeader('Connection', 'close');
    sendProblem(response, renderFailure(deps, { routeId: route.id, headers, error }));
  }
}
