// The Merkle root of a frozen roster. Leaves carry the salted digest of an identity, never the identity.
import { merkleRoot, rosterLeaf } from '@onsale/domain';
import { IDENTITY_DIGEST_BYTES, saltedDigest } from '@onsale/waiting-room-redis';

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
