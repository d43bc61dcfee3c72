// A Merkle tree over the frozen roster: its root fixes who took part before the seed is known, and each fan can check
// the own leaf with log2(N) hashes. Leaf and node hashes carry different first bytes, so that no node can pass as a leaf.
// Source: RFC 9162 (Certificate Transparency 2.0), section 2.1.
import { concatBytes, uint32Bytes } from '../hash/bytes.ts';
import { sha256 } from '../hash/sha256.ts';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The leaf of one fan: the index and the salted identity digest, never the identity itself. */
export function rosterLeaf(index: number, identityDigest: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF, uint32Bytes(index), identityDigest));
}

/** The root over leaf hashes in order of index; the hash of nothing for an empty roster. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const levels = merkleLevels(leaves);
  return levels.at(-1)?.[0] ?? sha256(new Uint8Array(0));
}

/** All levels from the leaves up; kept by whoever answers many proofs. A node without a sibling moves up unchanged. */
export function merkleLevels(leaves: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const levels: (readonly Uint8Array[])[] = [leaves];
  let level = leaves;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Uint8Array;
      const right = level[i + 1];
      above.push(right === undefined ? left : parent(left, right));
    }
    levels.push(above);
    level = above;
  }
  return levels;
}

export type ProofStep = { readonly side: 'left' | 'right'; readonly hash: Uint8Array };

/** The siblings from a leaf to the root. Throws RangeError when the leaf is not in the tree. */
export function inclusionProof(levels: readonly (readonly Uint8Array[])[], leafIndex: number): readonly ProofStep[] {
  if (levels[0]?.[leafIndex] === undefined) throw new RangeError('no such leaf');
  const steps: ProofStep[] = [];
  let at = leafIndex;
  for (const level of levels.slice(0, -1)) {
    const sibling = level[at ^ 1];
    if (sibling !== undefined) steps.push({ side: at % 2 === 0 ? 'right' : 'left', hash: sibling });
    at >>>= 1;
  }
  return steps;
}

/** True when the leaf hash leads to the root along the proof. */
export function provesInclusion({
  leaf,
  proof,
  root,
}: {
  readonly leaf: Uint8Array;
  readonly proof: readonly ProofStep[];
  readonly root: Uint8Array;
}): boolean {
  const reached = proof.reduce(
    (hash, step) => (step.side === 'left' ? parent(step.hash, hash) : parent(hash, step.hash)),
    leaf,
  );
  return reached.length === root.length && reached.every((byte, i) => byte === root[i]);
}

function parent(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE, left, right));
}
