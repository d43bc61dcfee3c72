// An answer as the header lines and the text that go over the wire.
import type { Answer } from './create-api.ts';

type Headed = Pick<Answer, 'headers' | 'body' | 'status'>;

const SAFE = 'X-Content-Type-Options: nosniff\r\n';
const UNCACHED = `${SAFE}Cache-Control: no-store\r\n`;
const JSON_TYPE = 'Content-Type: application/json\r\n';

/** Whole header lines. Throws when a value would begin a line of its own. */
export function headOf({ headers, body }: Headed): string {
  if (headers === undefined) return body === undefined ? UNCACHED : UNCACHED + JSON_TYPE;
  let head = headers['Cache-Control'] === undefined ? UNCACHED : SAFE;
  if (body !== undefined && headers['Content-Type'] === undefined) head += JSON_TYPE;
  for (const name in headers) {
    const value = headers[name] as string | readonly string[];
    if (typeof value === 'string') head += line(name, value);
    else for (const one of value) head += line(name, one);
  }
  return head;
}

function line(name: string, value: string): string {
  if (value.includes('\r') || value.includes('\n')) throw new Error(`header ${name} holds a line end`);
  return `${name}: ${value}\r\n`;
}

/** The same as an object, for Node's own response. */
export function headersOf({ headers, body }: Headed): Record<string, string | string[]> {
  const all: Record<string, string | string[]> = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  for (const [name, value] of Object.entries(headers ?? {})) all[name] = typeof value === 'string' ? value : [...value];
  return all;
}

export function textOf({ body }: Headed): string {
  return body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
}
