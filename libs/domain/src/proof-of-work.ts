// Solving a proof of work of the ALTCHA form: find the number whose hash behind the salt is the challenge. A fan's browser
// does it in a worker, the crowd and programs likewise; checking costs one hash.
import { toHex, utf8 } from './hash/bytes.ts';
import { sha256 } from './hash/sha256.ts';

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
  for (let number = 0; number <= maxnumber; number++) {
    if (toHex(sha256(utf8(salt + number))) === challenge) return number;
  }
  return null;
}

/** What is sent back: base64 of a JSON text, as every ALTCHA client sends it. */
export function workPayload({ algorithm, challenge, salt, signature }: WorkChallenge, number: number): string {
  return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}
