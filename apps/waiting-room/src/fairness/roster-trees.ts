// Proofs for the draws asked about lately. Of each tree the hashes over every 64 leaves are in memory, half a byte for each
// fan, and of the rosters the pieces asked for last; both are bounded however many fans there are.
import { DIGESTS_PER_PIECE, type DrawRecord, findDigests, findRosterPart, type Mongo } from '@onsale/booking-mongo';
import {
  IDENTITY_DIGEST_BYTES,
  type ProofStep,
  type RosterTree,
  rosterTree,
  saltedDigest,
  twigBytes,
} from '@onsale/waiting-room-redis';

export type RosterProof = { readonly identityDigest: string; readonly proof: readonly ProofStep[] };
export type RosterTrees = {
  /** `leaf` counts from 0. Null when what was kept does not lead to the published root. */
  proofOf(draw: DrawRecord, leaf: number): Promise<RosterProof | null>;
};

const TREES_MAX = 8; // 1 MB each at a million fans
const PIECES_MAX = 400; // 40 KB each
const PIECE_BYTES = DIGESTS_PER_PIECE * IDENTITY_DIGEST_BYTES;

export function rosterTrees(mongo: Mongo): RosterTrees {
  const trees = remembered<RosterTree | null>(TREES_MAX);
  const pieces = remembered<Buffer | null>(PIECES_MAX);
  const plant = async ({ _id, root, rosterRoot, firstIndex, salt }: DrawRecord): Promise<RosterTree | null> => {
    const twigs = await findRosterPart(mongo, { drawId: _id, root: root ?? '' }, 'twigs');
    const tree = rosterTree({ twigs, firstIndex: firstIndex ?? 0, salt });
    return tree.root === rosterRoot ? tree : null;
  };
  return {
    proofOf: async (draw, leaf) => {
      const key = { drawId: draw._id, root: draw.root ?? '' };
      const piece = Math.floor(leaf / DIGESTS_PER_PIECE);
      const [tree, digests] = await Promise.all([
        trees(`${key.drawId}:${key.root}`, () => plant(draw)),
        pieces(`${key.drawId}:${key.root}:${piece}`, () => findDigests(mongo, key, piece)),
      ]);
      if (tree === null || digests === null) return null;
      const { from, to } = twigBytes(leaf);
      const before = piece * PIECE_BYTES;
      const at = leaf * IDENTITY_DIGEST_BYTES - before;
      return {
        identityDigest: saltedDigest(draw.salt, digests.subarray(at, at + IDENTITY_DIGEST_BYTES)).toString('hex'),
        proof: tree.proofOf(leaf, digests.subarray(from - before, to - before)),
      };
    },
  };
}

/** Makes each value once for all who ask; keeps those asked for last. A failure is forgotten. */
function remembered<Value>(most: number) {
  const values = new Map<string, Promise<Value>>();
  return (key: string, make: () => Promise<Value>): Promise<Value> => {
    const value = values.get(key) ?? make();
    values.delete(key);
    values.set(key, value);
    value.catch(() => values.delete(key));
    if (values.size > most) values.delete(values.keys().next().value as string);
    return value;
  };
}
