// Ghosts are places whose fan is gone. The line document tells everybody how many stand where, at constant size: one bit
// per number near the front, where a fan notices each one, and a few knots of the cumulative count further back.

export type GhostDigest = {
  /** One bit for each of the numbers after `served`, six to a character, first number in the highest bit. */
  readonly front: string;
  /** [number, ghosts among the numbers after `served` up to and including it], both rising; straight lines between. */
  readonly far: readonly (readonly [number: number, ghosts: number])[];
};

export const NO_GHOSTS: GhostDigest = { front: '', far: [] };

/** How many numbers the front covers: with 40 % gone it still holds more than 200 present fans, in 64 characters. */
export const FRONT_NUMBERS = 384;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BITS = 6;

/** Packs the front; what lies beyond the last ghost is left out. */
export function packFront(isGhost: readonly boolean[]): string {
  let text = '';
  for (let i = 0; i < Math.min(isGhost.length, FRONT_NUMBERS); i += BITS) {
    let bits = 0;
    for (let j = 0; j < BITS; j++) bits = bits * 2 + (isGhost[i + j] === true ? 1 : 0);
    text += ALPHABET.charAt(bits);
  }
  return text.replace(/A+$/, '');
}

/** Ghosts among the first `numbers` numbers after `served`. Exact within the front, interpolated beyond. */
export function ghostsAmong(digest: GhostDigest, served: number, numbers: number): number {
  if (numbers <= 0) return 0;
  const inFront = frontGhosts(digest.front, Math.min(numbers, FRONT_NUMBERS));
  if (numbers <= FRONT_NUMBERS) return inFront;
  let [fromNumber, fromGhosts] = [served + FRONT_NUMBERS, inFront];
  for (const [number, ghosts] of digest.far) {
    if (served + numbers <= number) {
      const share = (served + numbers - fromNumber) / (number - fromNumber);
      return Math.round(fromGhosts + share * (ghosts - fromGhosts));
    }
    [fromNumber, fromGhosts] = [number, ghosts];
  }
  return fromGhosts;
}

function frontGhosts(front: string, numbers: number): number {
  let ghosts = 0;
  for (let i = 0; i < numbers; i++) {
    const bits = Math.max(0, ALPHABET.indexOf(front.charAt(Math.floor(i / BITS)) || 'A'));
    ghosts += (bits >>> (BITS - 1 - (i % BITS))) & 1;
  }
  return ghosts;
}
