// Who is asking: a member by the session of the cookie, with its CSRF token for every change; or a program by a
// member's API key. Then whether the role, and for a program the scopes of its key, allow the route.
import { timingSafeEqual } from 'node:crypto';
import {
  findApiKey,
  findSession,
  type Mongo,
  noteSessionSeen,
  type SessionRecord,
  type StaffRecord,
} from '@onsale/booking-mongo';
import { CSRF_HEADER, type HttpMethod, STAFF_COOKIE, scopeOf } from '@onsale/contracts';
import { type Clock, readAuthorization, readCookie } from '@onsale/runtime';
import { refuse } from '../errors.ts';
import { mayUse, routesBeforeSecondFactor } from '../roles/role-table.ts';
import { tokenDigest } from './token-digest.ts';

/** What is looked at of the request. */
export type StaffRequest = {
  readonly method: string;
  readonly ip?: string | undefined;
  get(header: string): string | undefined;
};
export type StaffRoute = { readonly id: string; readonly method: HttpMethod; readonly path: string };

export type Caller = { readonly member: StaffRecord } & (
  | { readonly kind: 'person'; readonly session: SessionRecord }
  | { readonly kind: 'program'; readonly apiKeyId: string }
);

type Deps = { readonly mongo: Mongo; readonly clock: Clock };
type Asked = { readonly request: StaffRequest; readonly route: StaffRoute };

/** Refuses with unauthenticated, csrf_rejected, forbidden or second_factor_demanded, in that order. */
export async function authenticate(deps: Deps, asked: Asked): Promise<Caller> {
  const key = readAuthorization(asked.request.get('authorization'), 'Bearer');
  return key === undefined ? person(deps, asked) : program(deps, { ...asked, key });
}

async function person({ mongo, clock }: Deps, { request, route }: Asked): Promise<Caller> {
  const token = readCookie(request.get('cookie'), STAFF_COOKIE);
  if (token === undefined) return refuse('unauthenticated');
  const now = new Date(clock.now());
  const open = await findSession(mongo, tokenDigest(token), now);
  if (open === null) return refuse('unauthenticated');
  const { session, member } = open;
  if (request.method !== 'GET' && !equalText(request.get(CSRF_HEADER), session.csrfToken)) refuse('csrf_rejected');
  if (!mayUse(member.role, route.id)) refuse('forbidden');
  if (needsSecondFactor(member) && !routesBeforeSecondFactor.includes(route.id)) refuse('second_factor_demanded');
  await noteSessionSeen(mongo, session, { address: request.ip ?? '', now });
  return { kind: 'person', member, session };
}

async function program({ mongo, clock }: Deps, { route, key }: Asked & { readonly key: string }): Promise<Caller> {
  const found = await findApiKey(mongo, tokenDigest(key), new Date(clock.now()));
  if (found === null) return refuse('unauthenticated');
  const scope = scopeOf(route);
  if (scope === null || !found.key.scopes.includes(scope)) {
    refuse('forbidden', { detail: scope === null ? 'No API key may do that.' : `This key lacks the scope ${scope}.` });
  }
  if (!mayUse(found.member.role, route.id)) refuse('forbidden');
  if (needsSecondFactor(found.member)) refuse('second_factor_demanded');
  return { kind: 'program', member: found.member, apiKeyId: found.key._id };
}

export function needsSecondFactor({ totpDemanded = false, totp = null }: StaffRecord): boolean {
  return totpDemanded && totp === null;
}

export function equalText(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
