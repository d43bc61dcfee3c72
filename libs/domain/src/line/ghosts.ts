// Ghosts are places whose fan is gone. The line document tells everybody how many stand where, at constant size: one bit
// per number near the front, where a fan notices each one, then counts of blocks that grow with their distance.

export type GhostDigest = {
  /** One bit for each of the numbers after `served`, six to a character, first number in the highest bit. */
  readonly front: string;
  /** One character for each block behind the front: which share of it are ghosts, in 63rds. Blocks: blockSize(). */
  readonly blocks: string;
};

export const NO_GHOSTS: GhostDigest = { front: '', blocks: '' };

/** How many numbers the front covers: with 40 % gone it still holds 200 present fans, in 56 characters. */
export const FRONT_NUMBERS = 336;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BITS = 6;
const VALUES = Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))));
const ONES = Array.from({ length: 64 }, (_, value) => value.toString(2).replaceAll('0', '').length);
const SHARE_MAX = 63;
const NEAR_BLOCKS = 40;
const NEAR_SIZE = 32; // up to 63 the count is told exactly
const FAR_SIZE = 192;
const BLOCKS_PER_DOUBLING = 8; // a block is an eighth of its distance: rounding and chance inside it stay below 1 %
const BLOCKS_MAX = 160;

/** Numbers in the block at this position behind the front. */
export function blockSize(position: number): number {
  if (position < NEAR_BLOCKS) return NEAR_SIZE;
  return FAR_SIZE * 2 ** Math.floor((position - NEAR_BLOCKS) / BLOCKS_PER_DOUBLING);
}

export type GhostSource = {
  isGhost(number: number): boolean;
  /** Ghosts among the numbers 1 … `number`. */
  countThrough(number: number): number;
};

/** What the line document says about the numbers after `served`, up to and including `last`. */
export function packGhosts(
  source: GhostSource,
  { served, last }: { readonly served: number; readonly last: number },
): GhostDigest {
  const front = Array.from({ length: Math.min(FRONT_NUMBERS, last - served) }, (_, i) =>
    source.isGhost(served + 1 + i),
  );
  return { front: packFront(front), blocks: packBlocks(source, { from: served + FRONT_NUMBERS, last }) };
}

/** Packs the front; what lies beyond its last ghost is left out. */
export function packFront(isGhost: readonly boolean[]): string {
  let text = '';
  for (let i = 0; i < Math.min(isGhost.length, FRONT_NUMBERS); i += BITS) {
    let bits = 0;
    for (let j = 0; j < BITS; j++) bits = bits * 2 + (isGhost[i + j] === true ? 1 : 0);
    text += ALPHABET.charAt(bits);
  }
  return text.replace(/A+$/, '');
}

/** Each share is rounded so that the sum up to it is as right as it can be: errors do not add up. */
function packBlocks(source: GhostSource, { from, last }: { readonly from: number; readonly last: number }): string {
  let text = '';
  let end = from;
  let told = 0;
  const before = source.countThrough(from);
  for (let position = 0; end < last && position < BLOCKS_MAX; position++) {
    const size = blockSize(position);
    end += size;
    const due = source.countThrough(Math.min(end, last)) - before - told;
    const share = Math.min(SHARE_MAX, Math.max(0, Math.round((due * SHARE_MAX) / size)));
    told += toldBy(share, size);
    text += ALPHABET.charAt(share);
  }
  return text.replace(/A+$/, '');
}

/** Ghosts among the first `numbers` numbers after `served`. Exact within the front, within about 1 % beyond. */
export function ghostsAmong(digest: GhostDigest, numbers: number): number {
  if (numbers <= 0) return 0;
  let ghosts = frontGhosts(digest.front, Math.min(numbers, FRONT_NUMBERS));
  let left = numbers - FRONT_NUMBERS;
  for (let position = 0; left > 0 && position < digest.blocks.length; position++) {
    const size = blockSize(position);
    const inBlock = toldBy(valueAt(digest.blocks, position), size);
    ghosts += left >= size ? inBlock : (inBlock * left) / size;
    left -= size;
  }
  return Math.round(ghosts);
}

function toldBy(share: number, size: number): number {
  return Math.round((share * size) / SHARE_MAX);
}

function frontGhosts(front: string, numbers: number): number {
  const whole = Math.min(front.length, Math.floor(numbers / BITS));
  let ghosts = 0;
  for (let i = 0; i < whole; i++) ghosts += ONES[valueAt(front, i)] ?? 0;
  const rest = numbers - whole * BITS;
  return rest < BITS ? ghosts + (ONES[valueAt(front, whole) >>> (BITS - rest)] ?? 0) : ghosts;
}

function valueAt(text: string, position: number): number {
  return VALUES[text.charCodeAt(position)] ?? 0; // beyond the end: NaN, so nothing
}
