// Who is asking: the session of the cookie, its CSRF token for every change, and the role the route asks for.
import { timingSafeEqual } from 'node:crypto';
import { findSession, type Mongo, type OpenSession } from '@onsale/booking-mongo';
import { CSRF_HEADER, STAFF_COOKIE } from '@onsale/contracts';
import { type Clock, readCookie } from '@onsale/runtime';
import { refuse } from '../errors.ts';
import { mayUse } from '../roles/role-table.ts';
import { tokenDigest } from './sign-in.ts';

/** What a handler needs of the request; the route says which roles may come in. */
export type StaffRequest = {
  readonly method: string;
  get(header: string): string | undefined;
};

/** Refuses with unauthenticated, csrf_rejected or forbidden, in that order. */
export async function authenticate(
  { mongo, clock }: { readonly mongo: Mongo; readonly clock: Clock },
  { request, routeId }: { readonly request: StaffRequest; readonly routeId: string },
): Promise<OpenSession> {
  const token = readCookie(request.get('cookie'), STAFF_COOKIE);
  if (token === undefined) return refuse('unauthenticated');
  const open = await findSession(mongo, tokenDigest(token), new Date(clock.now()));
  if (open === null) return refuse('unauthenticated');
  if (request.method !== 'GET' && !equalText(request.get(CSRF_HEADER), open.session.csrfToken)) refuse('csrf_rejected');
  if (!mayUse(open.member.role, routeId)) refuse('forbidden');
  return open;
}

function equalText(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
