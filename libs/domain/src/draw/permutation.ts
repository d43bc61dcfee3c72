// The order of the draw: a keyed permutation of [0, n), so that every fan's number follows from the seed and the own
// index alone and nobody has to store or send a shuffled list.
// Source: small-domain format-preserving encryption by a balanced Feistel network with cycle walking (Black and Rogaway,
// "Ciphers with Arbitrary Finite Domains"; NIST SP 800-38G). Encoding frozen; docs/fairness.md states it byte by byte.
import { hmacWithKey } from '../hash/sha256.ts';

const ROUNDS = 4;
const MAX_ROSTER = 2 ** 30; // two halves of at most 15 bits keep every shift inside a signed 32-bit integer

/** Where `index` comes to stand, 0-based. Seed: 32 bytes. Throws RangeError unless 0 ≤ index < n ≤ 2^30. */
export function permutation(seed: Uint8Array, index: number, n: number): number {
  assertRoster(seed, n);
  assertIndex(index, n);
  if (n <= 1) return index;
  const halfBits = halfBitsFor(n);
  const round = roundFunction(seed, halfBits);
  return cycleWalk(index, n, halfBits, round);
}

/** The whole order at once: a function index → position that pays for each round value only once (4 · 2^b HMACs). */
export function permutationTable(seed: Uint8Array, n: number): (index: number) => number {
  assertRoster(seed, n);
  if (n <= 1) return (index) => index;
  const halfBits = halfBitsFor(n);
  const round = roundFunction(seed, halfBits);
  const half = 2 ** halfBits;
  const table = new Uint32Array(ROUNDS * half);
  for (let r = 0; r < ROUNDS; r++) for (let x = 0; x < half; x++) table[r * half + x] = round(r, x);
  const lookUp = (r: number, x: number) => table[r * half + x] as number;
  return (index) => {
    assertIndex(index, n);
    return cycleWalk(index, n, halfBits, lookUp);
  };
}

type Round = (r: number, x: number) => number;

function cycleWalk(index: number, n: number, halfBits: number, round: Round): number {
  const mask = 2 ** halfBits - 1;
  let position = index;
  do {
    let left = position >>> halfBits;
    let right = position & mask;
    for (let r = 0; r < ROUNDS; r++) [left, right] = [right, left ^ round(r, right)];
    position = ((left << halfBits) | right) >>> 0;
  } while (position >= n);
  return position;
}

function roundFunction(seed: Uint8Array, halfBits: number): Round {
  const mac = hmacWithKey(seed);
  const mask = 2 ** halfBits - 1;
  const message = new Uint8Array(5);
  const view = new DataView(message.buffer);
  return (r, x) => {
    message[0] = r;
    view.setUint32(1, x);
    return new DataView(mac(message).buffer).getUint32(0) & mask;
  };
}

function halfBitsFor(n: number): number {
  const bits = 32 - Math.clz32(n - 1);
  return Math.ceil(bits / 2);
}

function assertRoster(seed: Uint8Array, n: number): void {
  if (seed.length !== 32) throw new RangeError('the seed of a draw has 32 bytes');
  if (!Number.isInteger(n) || n < 0 || n > MAX_ROSTER) throw new RangeError('a roster has 0 to 2^30 entries');
}

function assertIndex(index: number, n: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= n) throw new RangeError('the index lies outside the roster');
}
