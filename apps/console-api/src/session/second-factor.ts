// The second factor: codes of an authenticator by RFC 6238, as every authenticator app makes them, and recovery codes.
import { randomInt } from 'node:crypto';
import { type Mongo, type StaffRecord, takeRecoveryCode, takeTotpStep } from '@onsale/booking-mongo';
import type { Clock } from '@onsale/runtime';
import { Secret, TOTP } from 'otpauth';
import { tokenDigest } from './token-digest.ts';

const STEP_SECONDS = 30;
const SECRET_BYTES = 20;
/** Steps before and after, for clocks that are wrong by half a minute. */
const WINDOW_STEPS = 1;

const totpOf = (secret: string, label = 'staff'): TOTP =>
  new TOTP({ issuer: 'Onsale', label, secret: Secret.fromBase32(secret), period: STEP_SECONDS, digits: 6 });

export function newTotpSecret(email: string): { readonly secret: string; readonly uri: string } {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  return { secret, uri: totpOf(secret, email).toString() };
}

/** The time step the code is of; null when it fits none near `now`. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW_STEPS });
  return delta === null ? null : Math.floor(now / 1000 / STEP_SECONDS) + delta;
}

/** Each code is taken once: one seen over a shoulder is worth nothing afterwards. */
export async function secondFactorFits(
  { mongo, clock }: { readonly mongo: Mongo; readonly clock: Clock },
  { member, code, address }: { readonly member: StaffRecord; readonly code: string; readonly address: string },
): Promise<boolean> {
  const now = clock.now();
  const step = stepOfCode(member.totp?.secret ?? '', code.replaceAll(' ', ''), now);
  if (step !== null) return takeTotpStep(mongo, member._id, step);
  return takeRecoveryCode(mongo, recoveryDigest(code), { staffId: member._id, address, at: new Date(now) });
}

const RECOVERY_CODES = 10;
/** Without signs that are read as others. 16 of these are 79 bits: a plain digest keeps them. */
const RECOVERY_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const RECOVERY_LENGTH = 16;

export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const signs = Array.from({ length: RECOVERY_LENGTH }, () => RECOVERY_SIGNS[randomInt(RECOVERY_SIGNS.length)]);
    return (signs.join('').match(/.{4}/g) ?? []).join('-');
  });
}

/** However it is written. */
export function recoveryDigest(code: string): string {
  return tokenDigest(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
