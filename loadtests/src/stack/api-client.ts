// Speaks the contract over HTTP with keep-alive connections. Every answer is counted and held against its description:
// an answer that does not fit, a status 5xx and a broken connection are violations.
import { type ErrorCode, type Problem, problem, type RouteDescription } from '@onsale/contracts';
import { Pool } from 'undici';
import type { z } from 'zod';
import type { CrowdBook } from '../crowd-book.ts';

const CONNECTIONS_MAX = 256;
const ANSWER_LIMIT_MS = 30_000;

type BodyOf<Route extends RouteDescription> = {
  [Status in keyof Route['replies']]: Route['replies'][Status] extends z.ZodType
    ? z.infer<Route['replies'][Status]>
    : null;
}[keyof Route['replies']];

export type Reply<Route extends RouteDescription> =
  | {
      readonly kind: 'ok';
      readonly status: number;
      readonly body: BodyOf<Route>;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    }
  | {
      readonly kind: 'problem';
      readonly status: number;
      readonly code: ErrorCode;
      readonly retryAfterSeconds: number;
      readonly challenge: Problem['challenge'];
    }
  | { readonly kind: 'broken' };

export type Call = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

const RETRY_SECONDS = 1;

export class ApiClient {
  readonly origin: string;
  readonly #pool: Pool;
  readonly #book: CrowdBook;
  readonly #outagesExpected: boolean;
  /** The last text of a route that answers all callers alike, so that equal bytes are parsed once. */
  readonly #parsed = new Map<string, { text: string; body: unknown }>();

  /** `outagesExpected`: an honest 503, with a time to come back, is then no violation. */
  constructor(origin: string, book: CrowdBook, { outagesExpected = false } = {}) {
    this.origin = origin;
    this.#outagesExpected = outagesExpected;
    this.#pool = new Pool(origin, { connections: CONNECTIONS_MAX, pipelining: 1, keepAliveTimeout: 30_000 });
    this.#book = book;
  }

  async call<const Route extends RouteDescription>(route: Route, call: Call = {}): Promise<Reply<Route>> {
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: route.method.toUpperCase() as 'GET',
        path: pathOf(route, call),
        headers: { ...call.headers, ...(call.body !== undefined && { 'content-type': 'application/json' }) },
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
        headersTimeout: ANSWER_LIMIT_MS,
        bodyTimeout: ANSWER_LIMIT_MS,
      });
      return this.#read(route, { status: statusCode, headers, text: await body.text() });
    } catch (error) {
      this.#book.answered(`${route.id} broken connection`);
      this.#book.violated('a connection failed', `${route.id}: ${(error as Error).message}`);
      return { kind: 'broken' };
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #read<Route extends RouteDescription>(
    route: Route,
    { status, headers, text }: { status: number; headers: Record<string, string | string[] | undefined>; text: string },
  ): Reply<Route> {
    if (status in route.replies) {
      this.#book.answered(`${route.id} ${status}`);
      const schema = route.replies[status] ?? null;
      return { kind: 'ok', status, headers, body: this.#parse(route, schema, text) as BodyOf<Route> };
    }
    const parsed = problem.safeParse(jsonOrNull(text));
    const code = parsed.success ? parsed.data.code : 'internal_error';
    this.#book.answered(`${route.id} ${status} ${code}`);
    const isHonest = status === 503 && parsed.data?.retryAfterSeconds !== undefined && this.#outagesExpected;
    if (status >= 500 && !isHonest)
      this.#book.violated('an answer had status 5xx', `${route.id} ${status} ${text.slice(0, 200)}`);
    else if (!parsed.success) this.#misfit(route, `${status} without a problem document: ${text.slice(0, 120)}`);
    const retryAfterSeconds = parsed.data?.retryAfterSeconds ?? RETRY_SECONDS;
    const challenge = parsed.data?.challenge;
    return { kind: 'problem', status, code, retryAfterSeconds, challenge };
  }

  #parse(route: RouteDescription, schema: z.ZodType | null, text: string): unknown {
    if (schema === null) return null;
    const known = this.#parsed.get(route.id);
    if (known?.text === text) return known.body;
    const parsed = schema.safeParse(jsonOrNull(text));
    if (!parsed.success)
      this.#misfit(route, `${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`);
    const body = parsed.success ? parsed.data : jsonOrNull(text);
    if (route.credential === 'none') this.#parsed.set(route.id, { text, body });
    return body;
  }

  #misfit(route: RouteDescription, what: string): void {
    this.#book.violated('an answer was not what the contract says', `${route.id}: ${what}`);
  }
}

function pathOf(route: RouteDescription, { params, query }: Call): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  return query === undefined ? path : `${path}?${new URLSearchParams(query)}`;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
