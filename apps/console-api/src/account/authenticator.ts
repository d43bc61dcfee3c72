// A member sets up an authenticator: a secret is shown, and is in force once a code of it came back.
import { keepTotpPending, type Mongo, startTotpOf, stopTotpOf } from '@onsale/booking-mongo';
import type { Clock } from '@onsale/runtime';
import { refuse } from '../errors.ts';
import type { Person } from '../for-staff.ts';
import { newRecoveryCodes, newTotpSecret, recoveryDigest, stepOfCode } from '../session/second-factor.ts';
import type { SignInThrottle } from '../session/sign-in-throttle.ts';
import { confirmPassword } from './good-password.ts';

type Deps = { readonly mongo: Mongo; readonly clock: Clock; readonly throttle: SignInThrottle };
type Confirmed = { readonly person: Pick<Person, 'member' | 'actor'>; readonly password: string };

export async function startTotp(deps: Deps, { person: { member }, password }: Confirmed) {
  await confirmPassword(deps, { member, password, field: 'password' });
  const totp = newTotpSecret(member.email);
  await keepTotpPending(deps.mongo, member._id, totp.secret);
  return totp;
}

/** The recovery codes. Refuses with rule_violated for a wrong code, conflict when nothing was begun. */
export async function confirmTotp(
  { mongo, clock, throttle }: Deps,
  { person: { member, actor, session }, code }: { readonly person: Person; readonly code: string },
): Promise<readonly string[]> {
  const secret = member.totpPending ?? null;
  if (secret === null) return refuse('conflict', { detail: 'Ask for a secret first.' });
  const keys = [`account ${member.email}`];
  const retryAfterSeconds = throttle.waitSeconds(keys, clock.now());
  if (retryAfterSeconds > 0) refuse('too_many_requests', { retryAfterSeconds });
  const step = stepOfCode(secret, code.replaceAll(' ', ''), clock.now());
  if (step === null) {
    throttle.failed(keys, clock.now());
    return refuse('rule_violated', { fields: [{ field: 'code', message: 'is not the code of this moment' }] });
  }
  const recoveryCodes = newRecoveryCodes();
  const recoveryDigests = recoveryCodes.map(recoveryDigest);
  const totp = { secret, step, recoveryDigests, keptSession: session._id };
  if (!(await startTotpOf(mongo, totp, actor))) return refuse('conflict', { detail: 'Ask for a secret again.' });
  return recoveryCodes;
}

/** Refuses with rule_violated when an owner demands it. */
export async function stopTotp(deps: Deps, { person: { member, actor }, password }: Confirmed): Promise<void> {
  if (member.totpDemanded) refuse('rule_violated', { detail: 'An owner demands an authenticator of you.' });
  await confirmPassword(deps, { member, password, field: 'password' });
  await stopTotpOf(deps.mongo, actor);
}
