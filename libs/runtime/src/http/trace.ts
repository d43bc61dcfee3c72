// W3C trace context: a caller's trace is continued, else one is begun.
import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** 32 hex characters. */
export function traceIdOf(request: { readonly headers: Readonly<Record<string, unknown>> }): string {
  const header = request.headers.traceparent;
  const given = typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined;
  return given ?? randomBytes(16).toString('hex');
}

export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
}
