// Whether an access code is good for this fan, now: decided from the code and from what this process knows of the sale's
// code sets. Nothing is looked up; only how often it was used is for the line to say.
import type { KnownCodeSet } from '@onsale/booking-mongo';
import { type FanId, type PhaseId, readAccessCode, type SaleId } from '@onsale/domain';
import { type CodeBearer, isAccessCodeTrue } from '@onsale/pass';
import type { CodeRef } from '@onsale/waiting-room-redis';

export type CodeToCheck = {
  readonly saleId: SaleId;
  readonly sets: readonly KnownCodeSet[];
  readonly purpose: KnownCodeSet['purpose'];
  readonly text: string;
  readonly phaseId: PhaseId;
  readonly fanId: FanId;
  /** The address the fan gives, for an invitation that is bound to one. */
  readonly email: string | undefined;
  readonly now: number;
};

export type CheckedCode =
  | { readonly kind: 'good'; readonly code: CodeRef & { readonly usesMax: number } }
  | { readonly kind: 'bad'; readonly field: 'accessCode' | 'email'; readonly why: string };

export function checkCode(check: CodeToCheck): CheckedCode {
  const { saleId, sets, purpose, text, phaseId, now } = check;
  const code = readAccessCode(text);
  if (code === null) return bad('a code has sixteen letters and digits');
  const set = sets.find(({ number }) => number === code.setNumber);
  // One word for all that is not ours, so that nobody learns which part was right.
  const unknown = bad('this code is not known here');
  if (set === undefined || set.purpose !== purpose || code.serial >= set.count) return unknown;
  if (set.boundTo === 'email' && check.email === undefined) {
    return { kind: 'bad', field: 'email', why: 'this invitation is for one address: give it, too' };
  }
  if (!isAccessCodeTrue(set.secret, { code, saleId, bearer: bearerOf(set, check) })) return unknown;
  if (set.revokedAt !== null) return bad('this code was withdrawn');
  if (set.expiresAt !== null && now >= set.expiresAt.getTime()) return bad('the time of this code is over');
  if (set.phaseIds.length > 0 && !set.phaseIds.includes(phaseId))
    return bad('this code is for another phase of the sale');
  return { kind: 'good', code: { setNumber: code.setNumber, serial: code.serial, usesMax: set.usesMax } };
}

function bearerOf({ boundTo }: KnownCodeSet, { email, fanId }: CodeToCheck): CodeBearer {
  if (boundTo === 'none') return null;
  return boundTo === 'email' ? { kind: 'email', id: email ?? '' } : { kind: 'fan', id: fanId };
}

function bad(why: string): CheckedCode {
  return { kind: 'bad', field: 'accessCode', why };
}
