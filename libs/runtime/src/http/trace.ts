// W3C trace context: a caller's trace is continued, else one is begun.
import { randomFillSync } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** 32 hex characters. */
export function traceIdOf(request: { readonly headers: Readonly<Record<string, unknown>> }): string {
  const header = request.headers.traceparent;
  const given = typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined;
  return given ?? randomHex(16);
}

export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${randomHex(8)}-01`;
}

/** Randomness is cheap by the kilobyte and dear by the call. */
const pool = Buffer.alloc(4096);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}
