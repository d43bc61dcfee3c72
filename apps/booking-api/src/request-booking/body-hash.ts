// The same request must have the same hash however its fields were ordered.
import { hash } from 'node:crypto';

/** sha256 of the canonical JSON (fields sorted), hex. */
export function bodyHash(body: unknown): string {
  return hash('sha256', canonical(body), 'hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
