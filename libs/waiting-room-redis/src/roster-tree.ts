// The Merkle tree of a frozen roster, so that a million fans cost neither a leader its lease nor a process 64 MB. Whoever
// freezes the roster hashes it once, in slices between which the process does everything else, and keeps of the tree only
// the hashes over every 64 leaves: half a byte for each fan. A proof makes the 64 leaves anew that it is about, some fifty
// microseconds, and takes the rest from there. Same tree as `merkleLevels` of domain; a test holds one against the other.
import { hash } from 'node:crypto';
import { IDENTITY_DIGEST_BYTES } from './identity-digest.ts';

/** Leaves under one kept hash. A power of two, so that twigs are whole subtrees of the one tree. */
export const TWIG_LEAVES = 64;
const HASH_BYTES = 32;
const TWIGS_PER_SLICE = 100; // some 5 ms

export type Roster = {
  /** Identity digests end to end, in order of index from `firstIndex`. */
  readonly digests: Buffer;
  readonly firstIndex: number;
  /** Hex; salts the digests in the leaves. */
  readonly salt: string;
};

export type ProofStep = { readonly side: 'left' | 'right'; readonly hash: string };

/** The hashes over each 64 leaves, end to end. */
export async function hashRoster({ digests, firstIndex, salt }: Roster): Promise<Buffer> {
  const size = digests.length / IDENTITY_DIGEST_BYTES;
  const twigs = Buffer.alloc(Math.ceil(size / TWIG_LEAVES) * HASH_BYTES);
  const hashes = leafHasher(salt);
  for (let twig = 0; twig * HASH_BYTES < twigs.length; twig++) {
    const from = twig * TWIG_LEAVES;
    const part = digests.subarray(from * IDENTITY_DIGEST_BYTES, (from + TWIG_LEAVES) * IDENTITY_DIGEST_BYTES);
    rootOf(hashes(part, firstIndex + from)).copy(twigs, twig * HASH_BYTES);
    if (twig % TWIGS_PER_SLICE === TWIGS_PER_SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return twigs;
}

/** Hex; the hash of nothing for an empty roster. */
export function rootOfTwigs(twigs: Buffer): string {
  return twigs.length === 0 ? hash('sha256', '', 'hex') : rootOf(twigs).toString('hex');
}

export type RosterTree = {
  readonly root: string;
  /** The siblings from a leaf up to the root. `part`: the digests of the leaf's twig, `leaf` counts from 0. */
  proofOf(leaf: number, part: Buffer): readonly ProofStep[];
};

export function rosterTree({ twigs, firstIndex, salt }: Omit<Roster, 'digests'> & { twigs: Buffer }): RosterTree {
  const above = levelsOver(twigs);
  const hashes = leafHasher(salt);
  return {
    root: rootOfTwigs(twigs),
    proofOf: (leaf, part) => {
      const twig = Math.floor(leaf / TWIG_LEAVES);
      const below = levelsOver(hashes(part, firstIndex + twig * TWIG_LEAVES));
      return [...siblings(below, leaf % TWIG_LEAVES), ...siblings(above, twig)];
    },
  };
}

/** Where the digests of a leaf's twig stand in the roster, in bytes. */
export function twigBytes(leaf: number): { readonly from: number; readonly to: number } {
  const from = Math.floor(leaf / TWIG_LEAVES) * TWIG_LEAVES * IDENTITY_DIGEST_BYTES;
  return { from, to: from + TWIG_LEAVES * IDENTITY_DIGEST_BYTES };
}

/** All levels from this one up to the root. A node without a sibling moves up unchanged. */
function levelsOver(lowest: Buffer): readonly Buffer[] {
  const levels = [lowest];
  for (let level = lowest; level.length > HASH_BYTES; ) {
    level = levelAbove(level);
    levels.push(level);
  }
  return levels;
}

function rootOf(level: Buffer): Buffer {
  return levelsOver(level).at(-1) as Buffer;
}

function siblings(levels: readonly Buffer[], leaf: number): ProofStep[] {
  return levels.slice(0, -1).flatMap((level, height) => {
    const at = Math.floor(leaf / 2 ** height);
    const sibling = level.subarray((at ^ 1) * HASH_BYTES, ((at ^ 1) + 1) * HASH_BYTES);
    return sibling.length === 0 ? [] : [{ side: at % 2 === 0 ? 'right' : 'left', hash: sibling.toString('hex') }];
  });
}

const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

function levelAbove(level: Buffer): Buffer {
  const count = level.length / HASH_BYTES;
  const above = Buffer.alloc(Math.ceil(count / 2) * HASH_BYTES);
  for (let at = 0; at + 1 < count; at += 2) {
    level.copy(node, 1, at * HASH_BYTES, (at + 2) * HASH_BYTES);
    above.write(hash('sha256', node, 'binary'), (at / 2) * HASH_BYTES, 'latin1');
  }
  if (count % 2 === 1) level.copy(above, above.length - HASH_BYTES, level.length - HASH_BYTES);
  return above;
}

/** Leaf hashes of digests that follow each other: sha256(0 ‖ index ‖ sha256(salt ‖ digest)). */
function leafHasher(salt: string): (digests: Buffer, firstIndex: number) => Buffer {
  const saltBytes = Buffer.from(salt, 'hex');
  const salted = Buffer.concat([saltBytes, Buffer.alloc(IDENTITY_DIGEST_BYTES)]);
  const leaf = Buffer.alloc(5 + HASH_BYTES);
  return (digests, firstIndex) => {
    const count = digests.length / IDENTITY_DIGEST_BYTES;
    const hashes = Buffer.alloc(count * HASH_BYTES);
    for (let i = 0; i < count; i++) {
      digests.copy(salted, saltBytes.length, i * IDENTITY_DIGEST_BYTES, (i + 1) * IDENTITY_DIGEST_BYTES);
      leaf.writeUInt32BE(firstIndex + i, 1);
      leaf.write(hash('sha256', salted, 'binary'), 5, 'latin1');
      hashes.write(hash('sha256', leaf, 'binary'), i * HASH_BYTES, 'latin1');
    }
    return hashes;
  };
}
