// A staff member signs in: email and password against a session of twelve hours.
import { createHash, randomBytes } from 'node:crypto';
import { findStaffByEmail, type Mongo, openSession, type SessionRecord, type StaffRecord } from '@onsale/booking-mongo';
import type { SessionView } from '@onsale/contracts';
import type { Clock } from '@onsale/runtime';
import { refuse } from '../errors.ts';
import { routesOf } from '../roles/role-table.ts';
import { PasswordsBusyError, passwordMatches } from './password.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export const SESSION_SECONDS = 12 * 3600;

export type SignInDeps = { readonly mongo: Mongo; readonly throttle: SignInThrottle; readonly clock: Clock };
export type SignInInput = { readonly email: string; readonly password: string; readonly address: string };
export type SignedIn = { readonly token: string; readonly view: SessionView };

/** Refuses with unauthenticated, or too_many_requests after repeated failures. */
export async function signIn(deps: SignInDeps, input: SignInInput): Promise<SignedIn> {
  const now = deps.clock.now();
  const email = input.email.toLowerCase();
  const keys = [`address ${input.address}`, `account ${email}`];
  const retryAfterSeconds = deps.throttle.waitSeconds(keys, now);
  if (retryAfterSeconds > 0) refuse('too_many_requests', { retryAfterSeconds });
  const member = await findStaffByEmail(deps.mongo, email);
  if (!(await matchesOrBusy(member?.passwordHash ?? null, input.password)) || member === null) {
    deps.throttle.failed(keys, now);
    return refuse('unauthenticated', { detail: 'Email or password is wrong.' });
  }
  return startSession(deps.mongo, member, now);
}

async function matchesOrBusy(passwordHash: string | null, password: string): Promise<boolean> {
  try {
    return await passwordMatches(passwordHash, password);
  } catch (error) {
    if (error instanceof PasswordsBusyError) refuse('too_many_requests', { retryAfterSeconds: 2 });
    throw error;
  }
}

async function startSession(mongo: Mongo, member: StaffRecord, now: number): Promise<SignedIn> {
  const token = randomBytes(32).toString('base64url');
  const session: SessionRecord = {
    _id: tokenDigest(token),
    staffId: member._id,
    csrfToken: randomBytes(32).toString('base64url'),
    createdAt: new Date(now),
    expiresAt: new Date(now + SESSION_SECONDS * 1000),
  };
  await openSession(mongo, session);
  return { token, view: sessionViewOf(session, member) };
}

export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function sessionViewOf(session: SessionRecord, member: StaffRecord): SessionView {
  return {
    staffId: member._id,
    email: member.email,
    role: member.role,
    csrfToken: session.csrfToken,
    expiresAt: session.expiresAt.toISOString(),
    may: [...routesOf(member.role)],
  };
}
