// The Merkle root of a frozen roster. Leaves carry the salted digest of an identity, never the identity.
import { createHash } from 'node:crypto';
import { merkleRoot, rosterLeaf } from '@onsale/domain';
import { IDENTITY_DIGEST_BYTES } from '@onsale/waiting-room-redis';

/** What stands in a leaf for a fan: sha256(salt ‖ digest of the identity). */
export function saltedDigest(salt: string, digest: Buffer): Buffer {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(digest).digest();
}

/** `roster`: identity digests end to end, in order of index from `firstIndex`. */
export function rosterRoot({
  roster,
  firstIndex,
  salt,
}: {
  readonly roster: Buffer;
  readonly firstIndex: number;
  readonly salt: string;
}): Uint8Array {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < roster.length; at += IDENTITY_DIGEST_BYTES) {
    const digest = saltedDigest(salt, roster.subarray(at, at + IDENTITY_DIGEST_BYTES));
    leaves.push(rosterLeaf(firstIndex + leaves.length, digest));
  }
  return merkleRoot(leaves);
}
