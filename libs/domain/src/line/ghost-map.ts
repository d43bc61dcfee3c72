// Who is a ghost, by number, as the leader of a sale keeps it in memory: one bit each, and counts of blocks in a Fenwick
// tree, so that any prefix is counted in time that does not grow with the line.
// Source: P. Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994.
import type { GhostSource } from './ghosts.ts';

const WORD_BITS = 32;
const BLOCK_WORDS = 8;
const BLOCK_NUMBERS = BLOCK_WORDS * WORD_BITS;

export class GhostMap implements GhostSource {
  private words = new Uint32Array(BLOCK_WORDS);
  /** Fenwick tree over blocks, 1-based. */
  private tree = new Int32Array(2);

  set(number: number, ghost: boolean): void {
    const at = number - 1;
    if (at >= this.words.length * WORD_BITS) {
      if (!ghost) return;
      this.grow(at);
    }
    const word = at >>> 5;
    const bit = (1 << (at & 31)) >>> 0;
    const before = this.words[word] ?? 0;
    if (((before & bit) !== 0) === ghost) return;
    this.words[word] = ghost ? before | bit : before & ~bit;
    this.add(Math.floor(at / BLOCK_NUMBERS) + 1, ghost ? 1 : -1);
  }

  isGhost(number: number): boolean {
    const at = number - 1;
    return (((this.words[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  }

  countThrough(number: number): number {
    const numbers = Math.min(number, this.words.length * WORD_BITS);
    const blocks = Math.floor(numbers / BLOCK_NUMBERS);
    let ghosts = 0;
    for (let i = blocks; i > 0; i -= i & -i) ghosts += this.tree[i] ?? 0;
    let word = blocks * BLOCK_WORDS;
    let left = numbers - blocks * BLOCK_NUMBERS;
    for (; left >= WORD_BITS; left -= WORD_BITS) ghosts += popcount(this.words[word++] ?? 0);
    if (left > 0) ghosts += popcount((this.words[word] ?? 0) & (2 ** left - 1));
    return ghosts;
  }

  private add(block: number, change: number): void {
    for (let i = block; i < this.tree.length; i += i & -i) this.tree[i] = (this.tree[i] ?? 0) + change;
  }

  /** Doubles until `at` fits; the tree is made anew from the bits. */
  private grow(at: number): void {
    let length = this.words.length;
    while (at >= length * WORD_BITS) length *= 2;
    const words = new Uint32Array(length);
    words.set(this.words);
    const blocks = length / BLOCK_WORDS;
    this.tree = new Int32Array(blocks + 1);
    this.words = words;
    for (let block = 0; block < blocks; block++) {
      let ghosts = 0;
      for (let i = 0; i < BLOCK_WORDS; i++) ghosts += popcount(words[block * BLOCK_WORDS + i] ?? 0);
      if (ghosts > 0) this.add(block + 1, ghosts);
    }
  }
}

function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
