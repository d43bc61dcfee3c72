// The page server asks the public API, as a browser would. What is the same for everybody is asked once a second at most,
// however many pages need it, and stays in use while the app behind it is away.
import { httpRoutes, type Problem } from '@onsale/contracts';
import { fanPath, fanPaths } from '../api/fan-api.ts';

export type RouteName = keyof typeof fanPaths;
export type RouteParams = Readonly<Record<string, string>>;

export type ApiAnswer<Body> =
  | { readonly kind: 'ok'; readonly body: Body; readonly cookies: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: Pick<Problem, 'code' | 'status' | 'retryAfterSeconds'> }
  | { readonly kind: 'away' };

/** Who asks on whose behalf: the headers of the fan's own request that count. */
export type Asker = { readonly cookie?: string | undefined; readonly address?: string | undefined };

export type FanCall = {
  readonly params?: RouteParams;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type ApiClient = {
  /** The same for everybody; a second old at most while its app answers. */
  shared<Body>(name: RouteName, params?: RouteParams): Promise<ApiAnswer<Body>>;
  asFan<Body>(asker: Asker, name: RouteName, call?: FanCall): Promise<ApiAnswer<Body>>;
};

const LIMIT_MS = 5_000;
const FRESH_MS = 1_000;
const STALE_MAX_MS = 10 * 60_000; // an old timetable is better than none while the shop is away
const KEPT_MAX = 500;

type Kept = { answer: Promise<ApiAnswer<unknown>>; readonly at: number };

export function apiClient({
  bases,
  now,
}: {
  /** Addresses of each app, in the order they are tried. */
  readonly bases: Readonly<Record<string, readonly string[]>>;
  now(): number;
}): ApiClient {
  const kept = new Map<string, Kept>();
  const ask = async <Body>(name: RouteName, { params = {}, body, headers }: FanCall): Promise<ApiAnswer<Body>> => {
    for (const base of basesOf(name, bases)) {
      try {
        const response = await fetch(base + fanPath(name, params), {
          method: fanPaths[name][0],
          headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
          signal: AbortSignal.timeout(LIMIT_MS),
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return await answerOf<Body>(response);
      } catch (error) {
        // Refused: nobody has seen the request, so that another copy may be asked.
        if (!wasRefused(error)) break;
      }
    }
    return { kind: 'away' };
  };
  return {
    asFan: (asker, name, call = {}) => ask(name, { ...call, headers: { ...call.headers, ...headersOf(asker) } }),
    shared: async <Body>(name: RouteName, params: RouteParams = {}) => {
      const key = fanPath(name, params);
      const before = kept.get(key);
      if (before !== undefined && now() - before.at < FRESH_MS) return before.answer as Promise<ApiAnswer<Body>>;
      const answer = ask<Body>(name, { params }).then(async (fresh) => {
        const isAway = fresh.kind === 'away' || (fresh.kind === 'problem' && fresh.problem.status >= 500);
        if (!isAway || before === undefined || now() - before.at > STALE_MAX_MS) return fresh;
        return (await before.answer) as ApiAnswer<Body>;
      });
      kept.delete(key);
      kept.set(key, { answer, at: now() });
      if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value as string);
      return answer;
    },
  };
}

function basesOf(name: RouteName, bases: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const route = httpRoutes.find(({ id }) => id === name);
  return bases[route?.app ?? ''] ?? [];
}

const wasRefused = (error: unknown): boolean =>
  (error as { cause?: { code?: unknown } }).cause?.code === 'ECONNREFUSED';

const headersOf = ({ cookie, address }: Asker): Record<string, string> => ({
  ...(cookie !== undefined && { cookie }),
  ...(address !== undefined && { 'x-forwarded-for': address }),
});

async function answerOf<Body>(response: Response): Promise<ApiAnswer<Body>> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body = isJson ? await response.json() : await response.text();
  if (response.ok) return { kind: 'ok', body: body as Body, cookies: response.headers.getSetCookie() };
  if (!isJson) return { kind: 'away' };
  return { kind: 'problem', problem: body as Problem };
}
