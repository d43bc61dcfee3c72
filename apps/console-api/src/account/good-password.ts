// Takes a new password, or says what is wrong with it; and checks the present one where it is asked for again.
import type { StaffRecord } from '@onsale/booking-mongo';
import { PASSWORD_LENGTH_MIN, passwordFault } from '@onsale/domain';
import type { Clock } from '@onsale/runtime';
import { refuse } from '../errors.ts';
import { hashPassword, PasswordsBusyError } from '../session/password.ts';
import { matchesOrBusy } from '../session/sign-in.ts';
import type { SignInThrottle } from '../session/sign-in-throttle.ts';

const words = {
  too_short: `must have at least ${PASSWORD_LENGTH_MIN} characters`,
  too_common: 'is one of those that are guessed first; take several words that have nothing to do with each other',
  like_the_address: 'is too much like the email address',
} as const;

/** The hash of a good one; refuses with rule_violated, or too_many_requests when too many wait to be hashed. */
export async function goodPasswordHash(given: { readonly password: string; readonly email: string }): Promise<string> {
  const fault = passwordFault(given);
  if (fault !== null) refuse('rule_violated', { fields: [{ field: 'password', message: words[fault] }] });
  try {
    return await hashPassword(given.password);
  } catch (error) {
    if (error instanceof PasswordsBusyError) refuse('too_many_requests', { retryAfterSeconds: 2 });
    throw error;
  }
}

/** Whoever finds an open console must not take the account over: the password is asked for again, and guessing is slowed. */
export async function confirmPassword(
  { throttle, clock }: { readonly throttle: SignInThrottle; readonly clock: Clock },
  { member, password, field }: { readonly member: StaffRecord; readonly password: string; readonly field: string },
): Promise<void> {
  const keys = [`account ${member.email}`];
  const retryAfterSeconds = throttle.waitSeconds(keys, clock.now());
  if (retryAfterSeconds > 0) refuse('too_many_requests', { retryAfterSeconds });
  if (await matchesOrBusy(member.passwordHash, password)) return;
  throttle.failed(keys, clock.now());
  refuse('rule_violated', { fields: [{ field, message: 'is not your password' }] });
}
