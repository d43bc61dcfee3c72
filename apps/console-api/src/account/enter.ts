// The ways into an account without signing in: the first owner's sign-up, an invitation, a password reset by mail.

import { setTimeout as pause } from 'node:timers/promises';
import {
  acceptStaffInvitation,
  findStaffByEmail,
  findStaffLink,
  hasOwner,
  keepStaffLink,
  type Mongo,
  makeFirstOwner,
  newLinkId,
  putMail,
  usePasswordReset,
} from '@onsale/booking-mongo';
import type { StaffId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { equalText } from '../session/authenticate.ts';
import { type Seat, type SignedIn, type SignInDeps, startSession } from '../session/sign-in.ts';
import { newToken, tokenDigest } from '../session/token-digest.ts';
import { goodPasswordHash } from './good-password.ts';

export type EnterDeps = SignInDeps & {
  readonly mongo: Mongo;
  /** Whoever knows it may become the first owner. */
  readonly setupCode: string;
  readonly publicUrl: string;
};

/** Refuses with unauthenticated for a wrong code, conflict when there is an owner. */
export async function setUp(
  deps: EnterDeps,
  { setupCode, email, password, ...seat }: Seat & { setupCode: string; email: string; password: string },
): Promise<SignedIn> {
  if (await hasOwner(deps.mongo)) return refuse('conflict', { detail: 'There is an owner already.' });
  const keys = [`setup ${seat.address}`];
  const retryAfterSeconds = deps.throttle.waitSeconds(keys, deps.clock.now());
  if (retryAfterSeconds > 0) refuse('too_many_requests', { retryAfterSeconds });
  if (!equalText(setupCode.trim(), deps.setupCode)) {
    deps.throttle.failed(keys, deps.clock.now());
    return refuse('unauthenticated', { detail: 'The set-up code is wrong. The server printed it at its start.' });
  }
  const address = email.toLowerCase();
  const passwordHash = await goodPasswordHash({ password, email: address });
  const at = new Date(deps.clock.now());
  const owner = await makeFirstOwner(deps.mongo, { email: address, passwordHash }, { address: seat.address, at });
  if (owner === null) return refuse('conflict', { detail: 'There is an owner already.' });
  return startSession(deps, owner, seat);
}

/** Refuses with staff_link_invalid, or conflict when the address has become a member meanwhile. */
export async function acceptInvitation(
  deps: EnterDeps,
  { token, password, ...seat }: Seat & { token: string; password: string },
): Promise<SignedIn> {
  const digest = tokenDigest(token);
  const at = new Date(deps.clock.now());
  const link = await findStaffLink(deps.mongo, { kind: 'invitation', digest, now: at });
  if (link === null) return refuse('staff_link_invalid');
  const passwordHash = await goodPasswordHash({ password, email: link.email });
  const taking = { digest, passwordHash, address: seat.address, at, staffId: newId<StaffId>('staff') };
  const member = await acceptStaffInvitation(deps.mongo, taking);
  if (member === 'gone') return refuse('staff_link_invalid');
  if (member === 'known') return refuse('conflict', { detail: 'This address belongs to the team already.' });
  return startSession(deps, member, seat);
}

const RESET_LIFE_MS = 3600_000;
/** Longer than the work for a known address takes: an answer tells by nothing whether there is such an account. */
const RESET_ANSWER_MS = 250;

export async function requestPasswordReset(
  deps: EnterDeps,
  { email, address }: { readonly email: string; readonly address: string },
): Promise<void> {
  const keys = [`reset from ${address}`];
  const retryAfterSeconds = deps.throttle.waitSeconds(keys, deps.clock.now());
  if (retryAfterSeconds > 0) refuse('too_many_requests', { retryAfterSeconds });
  deps.throttle.failed(keys, deps.clock.now());
  await Promise.all([mailResetLink(deps, { email: email.toLowerCase(), address }), pause(RESET_ANSWER_MS)]);
}

async function mailResetLink(
  { mongo, clock, publicUrl }: EnterDeps,
  { email, address }: { readonly email: string; readonly address: string },
): Promise<void> {
  const member = await findStaffByEmail(mongo, email);
  if (member === null) return;
  const token = newToken();
  const at = new Date(clock.now());
  const values = { url: `${publicUrl}/staff/new-password#${token}` };
  const wasPut = await putMail(mongo, { to: email, template: 'staff_password_reset', locale: 'en', values }, at);
  if (!wasPut) return; // this mailbox has had enough for now
  const link = {
    _id: tokenDigest(token),
    kind: 'password_reset',
    linkId: newLinkId(),
    email,
    staffId: member._id,
    role: null,
    createdAt: at,
    expiresAt: new Date(at.getTime() + RESET_LIFE_MS),
  } as const;
  await keepStaffLink(mongo, link, { staffId: null, address, at });
}

/** Refuses with staff_link_invalid. */
export async function resetPassword(
  { mongo, clock }: EnterDeps,
  { token, password, address }: { readonly token: string; readonly password: string; readonly address: string },
): Promise<void> {
  const digest = tokenDigest(token);
  const at = new Date(clock.now());
  const link = await findStaffLink(mongo, { kind: 'password_reset', digest, now: at });
  if (link === null) return refuse('staff_link_invalid');
  const passwordHash = await goodPasswordHash({ password, email: link.email });
  if ((await usePasswordReset(mongo, { digest, passwordHash, address, at })) === 'gone') refuse('staff_link_invalid');
}
