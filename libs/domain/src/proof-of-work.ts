// Solving a proof of work of the ALTCHA form: find the number whose hash behind the salt is the challenge. A fan's browser
// does it in a worker, the crowd and programs likewise; checking costs one hash.
import { fromHex, utf8 } from './hash/bytes.ts';
import { sha256Beginning } from './hash/sha256.ts';

export type WorkChallenge = {
  readonly algorithm: 'SHA-256';
  /** Hex of sha256(salt ‖ number in decimal). */
  readonly challenge: string;
  readonly salt: string;
  /** The number is at most this. */
  readonly maxnumber: number;
  readonly signature: string;
};

/** The number; null when there is none up to `maxnumber`, which an honest challenge never has. */
export function solveWork({ challenge, salt, maxnumber }: WorkChallenge): number | null {
  if (!/^[0-9a-f]{64}$/.test(challenge)) return null;
  const bytes = fromHex(challenge);
  const wanted = new DataView(bytes.buffer, bytes.byteOffset);
  const firstWord = wanted.getUint32(0);
  const digestOf = sha256Beginning(utf8(salt), DIGITS_MAX);
  const digits = new Uint8Array(DIGITS_MAX).fill(ZERO);
  let length = 1;
  for (let number = 0; number <= maxnumber; number++) {
    const digest = digestOf(digits, length);
    if (digest[0] === firstWord && digest.every((word, i) => word === wanted.getUint32(i * 4))) return number;
    length = countUp(digits, length);
  }
  return null;
}

const DIGITS_MAX = 16; // of a safe integer
const ZERO = 0x30;
const NINE = 0x39;

/** Adds one to a number written in decimal; the length it then has. A fan's phone does this by the million. */
function countUp(digits: Uint8Array, length: number): number {
  for (let i = length - 1; i >= 0; i--) {
    if (digits[i] !== NINE) {
      digits[i] = (digits[i] as number) + 1;
      return length;
    }
    digits[i] = ZERO;
  }
  digits[0] = ZERO + 1;
  digits[length] = ZERO;
  return length + 1;
}

/** What is sent back: base64 of a JSON text, as every ALTCHA client sends it. */
export function workPayload({ algorithm, challenge, salt, signature }: WorkChallenge, number: number): string {
  return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}
