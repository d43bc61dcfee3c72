// Reads one ordinary HTTP/1.1 request out of the bytes of a connection. Ordinary is: one of three methods, a path of visible
// ASCII, well-formed header lines, no header twice that must not be, a body of stated length and nothing after it.

export type LaneMethod = 'GET' | 'POST' | 'DELETE';

/** The headers hot routes look at; names as in IncomingHttpHeaders. */
export type LaneHeaders = {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
  readonly 'content-type'?: string | undefined;
  readonly 'idempotency-key'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly 'x-forwarded-for'?: string | undefined;
};

export type ReadRequest = {
  readonly method: LaneMethod;
  readonly target: string;
  readonly headers: LaneHeaders;
  readonly body: string;
};

const REQUEST_LINE = /(GET|POST|DELETE) (\/[!-~]*) HTTP\/1\.1\r\n/y;
const HEADER_LINE = /([!#-'*+\-.0-9A-Z^-z|~]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)\r\n/y;
const LENGTH = /^\d{1,6}$/;

const WANTED = new Set([
  'authorization',
  'cookie',
  'content-type',
  'idempotency-key',
  'if-none-match',
  'traceparent',
  'x-forwarded-for',
]);
/** Each of these makes a request another kind of thing. */
const UNUSUAL = new Set([
  'transfer-encoding',
  'content-encoding',
  'expect',
  'upgrade',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'http2-settings',
]);

/** `text`: the bytes as latin1. `partial` when more must come, `unusual` when it is for a reader that knows every case. */
export function readRequest(text: string, bytes: Buffer): ReadRequest | 'partial' | 'unusual' {
  REQUEST_LINE.lastIndex = 0;
  const line = REQUEST_LINE.exec(text);
  if (line === null) return text.includes('\n') ? 'unusual' : 'partial';
  const headers: Record<string, string> = {};
  let length: number | null = null;
  let hasHost = false;
  let at = REQUEST_LINE.lastIndex;
  for (;;) {
    HEADER_LINE.lastIndex = at;
    const header = HEADER_LINE.exec(text);
    if (header === null) break;
    at = HEADER_LINE.lastIndex;
    const name = (header[1] as string).toLowerCase();
    const value = header[2] as string;
    if (name === 'host') {
      if (hasHost) return 'unusual';
      hasHost = true;
    } else if (name === 'content-length') {
      if (length !== null || !LENGTH.test(value)) return 'unusual';
      length = Number(value);
    } else if (WANTED.has(name)) {
      if (headers[name] !== undefined) return 'unusual';
      headers[name] = value.trimEnd();
    } else if (UNUSUAL.has(name) && !isKeepAlive(name, value)) return 'unusual';
  }
  if (!text.startsWith('\r\n', at)) return text.includes('\n', at) ? 'unusual' : 'partial';
  if (!hasHost) return 'unusual';
  const bodyAt = at + 2;
  const missing = bodyAt + (length ?? 0) - text.length;
  if (missing > 0) return 'partial';
  if (missing < 0) return 'unusual';
  return {
    method: line[1] as LaneMethod,
    target: line[2] as string,
    headers,
    body: length === null || length === 0 ? '' : bytes.toString('utf8', bodyAt),
  };
}

/** Browsers and proxies say this of themselves; it is what we do anyway. */
function isKeepAlive(name: string, value: string): boolean {
  return name === 'keep-alive' || (name === 'connection' && /^keep-alive$/i.test(value.trim()));
}
