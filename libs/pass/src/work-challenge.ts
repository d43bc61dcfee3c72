// Proof of work in the form of ALTCHA (protocol 1, SHA-256): any of its clients can solve what we ask. The challenge bears
// all we need to judge the answer in its salt, sealed under the token keys, so that nothing is stored until it is used.
// The salt ends with a mark: else digits could be moved between salt and number, and one solution would have many faces.
import { hash, randomBytes, randomInt } from 'node:crypto';
import type { WorkChallenge } from '@onsale/domain';
import type { TokenKey, TokenKeys } from './token-keys.ts';

export type WorkAsked = {
  /** Whose work it is: a solution counts for this one only. Of letters, digits and `._-`. */
  readonly subject: string;
  /** The number to be found lies between 0 and this; half of it is tried on average. */
  readonly maxNumber: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
};

export type WorkVerdict =
  | {
      readonly kind: 'done';
      /** Names the solution: whoever keeps it sees that it is used once. */
      readonly id: string;
      readonly maxNumber: number;
      readonly expiresAt: number;
    }
  | { readonly kind: 'not_done'; readonly reason: 'malformed' | 'forged' | 'wrong' | 'expired' | 'of_another' };

const SALT_BYTES = 12;
const PAYLOAD_LENGTH_MAX = 1024;
const SALT = /^[0-9a-f]{24}\?expires=(\d{10})&max=(\d{1,9})&for=([A-Za-z0-9._-]{1,64})&$/;

export function askForWork(keys: TokenKeys, { subject, maxNumber, expiresAt }: WorkAsked): WorkChallenge {
  const expires = Math.floor(expiresAt / 1000);
  const salt = `${randomBytes(SALT_BYTES).toString('hex')}?expires=${expires}&max=${maxNumber}&for=${subject}&`;
  const challenge = hash('sha256', salt + randomInt(maxNumber + 1), 'hex');
  return { algorithm: 'SHA-256', challenge, salt, maxnumber: maxNumber, signature: codeOf(keys.sealing, challenge) };
}

/** `now` in milliseconds since 1970. */
export function judgeWork(
  keys: TokenKeys,
  payload: string,
  { subject, now }: { readonly subject: string; readonly now: number },
): WorkVerdict {
  const answer = readPayload(payload);
  const [, expires, max, asked] = SALT.exec(answer?.salt ?? '') ?? [];
  if (answer === null || expires === undefined || max === undefined) return notDone('malformed');
  const { challenge, number, salt, signature } = answer;
  if (hash('sha256', salt + number, 'hex') !== challenge) return notDone('wrong');
  if (![...keys.byKid.values()].some((key) => codeOf(key, challenge) === signature)) return notDone('forged');
  if (asked !== subject) return notDone('of_another');
  const expiresAt = Number(expires) * 1000;
  return now >= expiresAt ? notDone('expired') : { kind: 'done', id: challenge, maxNumber: Number(max), expiresAt };
}

type Reason = Extract<WorkVerdict, { kind: 'not_done' }>['reason'];
const notDone = (reason: Reason): WorkVerdict => ({ kind: 'not_done', reason });

type Payload = {
  readonly challenge: string;
  readonly number: number;
  readonly salt: string;
  readonly signature: string;
};

function readPayload(payload: string): Payload | null {
  if (payload.length > PAYLOAD_LENGTH_MAX) return null;
  try {
    const { algorithm, challenge, number, salt, signature } = JSON.parse(Buffer.from(payload, 'base64').toString());
    const texts = [challenge, salt, signature].every((text) => typeof text === 'string');
    if (algorithm !== 'SHA-256' || !texts || !Number.isSafeInteger(number) || number < 0) return null;
    return { challenge, number, salt, signature };
  } catch {
    return null;
  }
}

/** Hex, as clients expect it. Not secret itself, so it is compared as text. */
function codeOf(key: TokenKey, challenge: string): string {
  return Buffer.from(key.hmac(`onsale-work-v1\n${challenge}`), 'base64url').toString('hex');
}
