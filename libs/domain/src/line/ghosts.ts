// Ghosts are places whose fan is gone. The line document tells everybody how many stand where, at constant size: one bit
// per number near the front, where a fan notices each one, then counts of blocks that grow with their distance.

export type GhostDigest = {
  /** One bit for each of the numbers after `served`, six to a character, first number in the highest bit. */
  readonly front: string;
  /** One character for each block behind the front: which share of it are ghosts, in 63rds. Blocks: blockSize(). */
  readonly blocks: string;
};

export const NO_GHOSTS: GhostDigest = { front: '', blocks: '' };

/**
 * How many numbers the front covers, in 68 characters. With four in ten gone it holds 200 present fans but for three
 * times in a million; 336 numbers, where 200 are the mean, would fail every other time.
 */
export const FRONT_NUMBERS = 408;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BITS = 6;
const VALUES = Array.from({ length: 128 }, (_, code) => Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))));
const ONES = Array.from({ length: 64 }, (_, value) => value.toString(2).replaceAll('0', '').length);
const SHARE_MAX = 63;
/**
 * Sizes of the blocks behind the front. Chance inside a block may weigh 1 % of the people before it, so a block may grow
 * with the square of its distance, until rounding to 63rds weighs more: from there on three blocks double the distance.
 */
const NEAR_SIZES = [
  ...Array(6).fill(32),
  ...Array(9).fill(64),
  ...Array(6).fill(128),
  ...Array(6).fill(256),
] as number[];
const FAR_SIZE = 1024;
const BLOCKS_PER_DOUBLING = 3;
const BLOCKS_MAX = 120; // more than any line has

/** Numbers in the block at this position behind the front; the last one ends with the line. */
export function blockSize(position: number): number {
  const near = NEAR_SIZES[position];
  if (near !== undefined) return near;
  return FAR_SIZE * 2 ** Math.floor((position - NEAR_SIZES.length) / BLOCKS_PER_DOUBLING);
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
    const size = Math.min(blockSize(position), last - end);
    end += size;
    const due = source.countThrough(end) - before - told;
    const share = Math.min(SHARE_MAX, Math.max(0, Math.round((due * SHARE_MAX) / size)));
    told += toldBy(share, size);
    text += ALPHABET.charAt(share);
  }
  return text.replace(/A+$/, '');
}

/** A digest made ready for many questions: sums up to each character of the front, and to the end of each block. */
export type GhostReader = {
  readonly front: Uint16Array;
  readonly digest: GhostDigest;
  readonly ends: Float64Array;
  readonly sums: Float64Array;
};

/** `reach`: how many numbers there are after `served`. */
export function readGhosts(digest: GhostDigest, reach: number): GhostReader {
  const front = new Uint16Array(digest.front.length + 1);
  for (let i = 0; i < digest.front.length; i++) front[i + 1] = at(front, i) + (ONES[valueAt(digest.front, i)] ?? 0);
  const ends = new Float64Array(digest.blocks.length + 1);
  const sums = new Float64Array(digest.blocks.length + 1);
  ends[0] = FRONT_NUMBERS;
  sums[0] = at(front, digest.front.length);
  for (let i = 0; i < digest.blocks.length; i++) {
    const size = Math.max(0, Math.min(blockSize(i), reach - at(ends, i)));
    ends[i + 1] = at(ends, i) + size;
    sums[i + 1] = at(sums, i) + toldBy(valueAt(digest.blocks, i), size);
  }
  return { front, digest, ends, sums };
}

/** Ghosts among the first `numbers` numbers after `served`. Exact within the front, within about 1 % beyond. */
export function ghostsAmong(reader: GhostReader, numbers: number): number {
  if (numbers <= 0) return 0;
  if (numbers <= FRONT_NUMBERS) return frontGhosts(reader, numbers);
  const { ends, sums } = reader;
  let [low, high] = [0, ends.length - 1]; // the last block that ends before or at `numbers`
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(ends, middle) <= numbers) low = middle;
    else high = middle - 1;
  }
  const from = at(ends, low);
  if (low === ends.length - 1 || numbers === from) return at(sums, low);
  const share = (numbers - from) / (at(ends, low + 1) - from);
  return Math.round(at(sums, low) + (at(sums, low + 1) - at(sums, low)) * share);
}

function toldBy(share: number, size: number): number {
  return Math.round((share * size) / SHARE_MAX);
}

function frontGhosts({ front, digest }: GhostReader, numbers: number): number {
  const whole = Math.min(digest.front.length, Math.floor(numbers / BITS));
  const rest = numbers - whole * BITS;
  const sum = at(front, whole);
  return rest < BITS ? sum + (ONES[valueAt(digest.front, whole) >>> (BITS - rest)] ?? 0) : sum;
}

function at(values: Uint16Array | Float64Array, position: number): number {
  return values[position] ?? 0;
}

function valueAt(text: string, position: number): number {
  return VALUES[text.charCodeAt(position)] ?? 0; // beyond the end: NaN, so nothing
}
