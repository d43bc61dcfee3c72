// The Merkle tree of a frozen roster, as bytes: 64 for each fan, so that a million need 64 MB and not a million objects.
// Built in slices, for this process has sockets to serve meanwhile. Same tree as `merkleLevels` of domain, which says
// where it is from; a test holds one against the other.
import { createHash } from 'node:crypto';
import { IDENTITY_DIGEST_BYTES, saltedDigest } from '@onsale/waiting-room-redis';

const HASH_BYTES = 32;
const SLICE_HASHES = 2_000; // some 5 ms
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export type RosterTree = {
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** The siblings from a leaf up to the root; `leaf` counts from 0. */
  proofOf(leaf: number): readonly { readonly side: 'left' | 'right'; readonly hash: string }[];
  digestOf(leaf: number): string;
};

export type RosterToTree = { readonly roster: Buffer; readonly firstIndex: number; readonly salt: string };

export async function rosterTree({ roster, firstIndex, salt }: RosterToTree): Promise<RosterTree> {
  const size = roster.length / IDENTITY_DIGEST_BYTES;
  const digest = (leaf: number) =>
    saltedDigest(salt, roster.subarray(leaf * IDENTITY_DIGEST_BYTES, (leaf + 1) * IDENTITY_DIGEST_BYTES));
  const levels = [await fill(size, (leaf) => leafHash(firstIndex + leaf, digest(leaf)))];
  for (let below = levels[0]; below !== undefined && below.length > HASH_BYTES; below = levels.at(-1)) {
    const level = below;
    levels.push(await fill(Math.ceil(level.length / HASH_BYTES / 2), (at) => parentHash(level, at)));
  }
  const hashAt = (level: Buffer, at: number) => level.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  return {
    size,
    root: (levels.at(-1) ?? Buffer.alloc(0)).toString('hex'),
    digestOf: (leaf) => digest(leaf).toString('hex'),
    proofOf: (leaf) =>
      levels.slice(0, -1).flatMap((level, height) => {
        const at = Math.floor(leaf / 2 ** height);
        const sibling = hashAt(level, at ^ 1);
        if (sibling.length === 0) return [];
        return [{ side: at % 2 === 0 ? ('right' as const) : ('left' as const), hash: sibling.toString('hex') }];
      }),
  };
}

async function fill(count: number, hashOf: (at: number) => Buffer): Promise<Buffer> {
  const level = Buffer.alloc(count * HASH_BYTES);
  for (let at = 0; at < count; at++) {
    hashOf(at).copy(level, at * HASH_BYTES);
    if (at % SLICE_HASHES === SLICE_HASHES - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return level;
}

function leafHash(index: number, identityDigest: Buffer): Buffer {
  const indexBytes = Buffer.alloc(4);
  indexBytes.writeUInt32BE(index);
  return createHash('sha256').update(LEAF).update(indexBytes).update(identityDigest).digest();
}

/** A node without a sibling moves up unchanged. */
function parentHash(level: Buffer, at: number): Buffer {
  const pair = level.subarray(at * 2 * HASH_BYTES, (at + 1) * 2 * HASH_BYTES);
  return pair.length === HASH_BYTES ? pair : createHash('sha256').update(NODE).update(pair).digest();
}
