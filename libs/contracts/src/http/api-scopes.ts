// What an API key of staff is good for. A key does what its scopes say and its member's role allows, never more. The
// scope of a route follows from its path, so that a new route has one without being listed.
import { z } from 'zod';
import type { HttpMethod } from './route.ts';

export const apiScopes = [
  'organizer:read',
  'organizer:write',
  'codes:read',
  'codes:write',
  'bookings:read',
  'money:write',
  'ops:read',
  'ops:write',
  'audit:read',
  'checkin',
] as const;
export const apiScope = z.enum(apiScopes);
export type ApiScope = z.infer<typeof apiScope>;

/** Null where no key comes in: accounts, sessions and the team are for people. */
export function scopeOf({ method, path }: { readonly method: HttpMethod; readonly path: string }): ApiScope | null {
  const reads = method === 'get';
  if (path.startsWith('/api/v1/ops/audit')) return reads ? 'audit:read' : null;
  if (path.startsWith('/api/v1/ops/')) return reads ? 'ops:read' : 'ops:write';
  if (path.startsWith('/api/v1/checkin/')) return 'checkin';
  if (!path.startsWith('/api/v1/organizer/') || path.startsWith('/api/v1/organizer/team')) return null;
  // Names and addresses of fans, codes and money are apart from the catalogue.
  if (/\/(bookings|refunds|cancellation)\b/.test(path)) return reads ? 'bookings:read' : 'money:write';
  if (path.includes('/code-sets')) return reads ? 'codes:read' : 'codes:write';
  return reads ? 'organizer:read' : 'organizer:write';
}
