// A staff member signs in: email and password, and a code where an authenticator is set up, against a session.
import { findStaffByEmail, type Mongo, openSession, type SessionRecord, type StaffRecord } from '@onsale/booking-mongo';
import type { SessionView } from '@onsale/contracts';
import type { Clock } from '@onsale/runtime';
import { refuse } from '../errors.ts';
import { routesBeforeSecondFactor, routesOf } from '../roles/role-table.ts';
import { needsSecondFactor } from './authenticate.ts';
import { PasswordsBusyError, passwordMatches } from './password.ts';
import { secondFactorFits } from './second-factor.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';
import { newToken, tokenDigest } from './token-digest.ts';

export const SESSION_SECONDS = 12 * 3600;

export type SignInDeps = { readonly mongo: Mongo; readonly throttle: SignInThrottle; readonly clock: Clock };
/** Where the member sits. */
export type Seat = { readonly address: string; readonly device: string };
export type SignInInput = Seat & {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
};
export type SignedIn = { readonly token: string; readonly view: SessionView };

/** Refuses with unauthenticated, second_factor_required, or too_many_requests after repeated failures. */
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
  if (member.totp) {
    if (input.code === undefined) return refuse('second_factor_required');
    if (!(await secondFactorFits(deps, { member, code: input.code, address: input.address }))) {
      deps.throttle.failed(keys, now);
      return refuse('unauthenticated', { detail: 'The code is wrong or was used before.' });
    }
  }
  return startSession(deps, member, input);
}

/** Refuses with too_many_requests when too many passwords wait to be checked. */
export async function matchesOrBusy(passwordHash: string | null, password: string): Promise<boolean> {
  try {
    return await passwordMatches(passwordHash, password);
  } catch (error) {
    if (error instanceof PasswordsBusyError) refuse('too_many_requests', { retryAfterSeconds: 2 });
    throw error;
  }
}

const DEVICE_LENGTH_MAX = 200;

export async function startSession(
  { mongo, clock }: Pick<SignInDeps, 'mongo' | 'clock'>,
  member: StaffRecord,
  { address, device }: Seat,
): Promise<SignedIn> {
  const now = clock.now();
  const token = newToken();
  const session: SessionRecord = {
    _id: tokenDigest(token),
    staffId: member._id,
    csrfToken: newToken(),
    createdAt: new Date(now),
    expiresAt: new Date(now + SESSION_SECONDS * 1000),
    lastSeenAt: new Date(now),
    device: device.slice(0, DEVICE_LENGTH_MAX),
    address,
  };
  await openSession(mongo, session);
  return { token, view: sessionViewOf(session, member) };
}

export function sessionViewOf(session: SessionRecord, member: StaffRecord): SessionView {
  const isDemanded = needsSecondFactor(member);
  return {
    staffId: member._id,
    email: member.email,
    role: member.role,
    csrfToken: session.csrfToken,
    expiresAt: session.expiresAt.toISOString(),
    may: routesOf(member.role).filter((id) => !isDemanded || routesBeforeSecondFactor.includes(id)),
    secondFactor: isDemanded ? 'demanded' : member.totp ? 'on' : 'off',
  };
}
