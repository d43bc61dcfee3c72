// One request to our own origin and its three outcomes: an answer, a problem document, or nobody there.
import type { Problem } from '@onsale/contracts';
import { reportConnection } from './connection.ts';

export type Answer<Body> =
  | { readonly kind: 'ok'; readonly body: Body; readonly etag: string | null }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unreachable' };

export type Call = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Longer than any answer we promise, short enough that a dead radio link is noticed while the fan still looks on. */
const LIMIT_MS = 12_000;

/** Cookies carry the credentials. The body is trusted as the contract says it: it comes from our own origin. */
export async function request<Body>(path: string, { method = 'GET', body, headers }: Call = {}): Promise<Answer<Body>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await read<Body>(response);
    reportConnection(answer.kind === 'unreachable' ? 'down' : 'up');
    return answer;
  } catch {
    reportConnection('down');
    return { kind: 'unreachable' };
  }
}

async function read<Body>(response: Response): Promise<Answer<Body>> {
  const type = response.headers.get('content-type') ?? '';
  if (response.ok) {
    const body = type.includes('json') ? ((await response.json()) as Body) : (undefined as Body);
    return { kind: 'ok', body, etag: response.headers.get('etag') };
  }
  if (type.includes('problem+json')) return { kind: 'problem', problem: (await response.json()) as Problem };
  return { kind: 'unreachable' }; // a gateway's own error page: the shop behind it is away
}

/** Fills `{name}` in a path of the contract. */
export function pathOf(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
