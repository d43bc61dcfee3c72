import { randomBytes } from 'node:crypto';
import { fromHex, merkleLevels, provesInclusion, rosterLeaf, toHex } from '@onsale/domain';
import { IDENTITY_DIGEST_BYTES, saltedDigest } from '@onsale/waiting-room-redis';
import { rosterTree } from './roster-tree.ts';

test.each([1, 2, 3, 5, 8, 13, 100])(
  'the tree of %i fans is that of domain, and every proof leads to its root',
  async (size) => {
    const roster = randomBytes(size * IDENTITY_DIGEST_BYTES);
    const salt = randomBytes(32).toString('hex');
    const firstIndex = 7;
    const tree = await rosterTree({ roster, firstIndex, salt });
    const leaves = Array.from({ length: size }, (_, i) => {
      const digest = roster.subarray(i * IDENTITY_DIGEST_BYTES, (i + 1) * IDENTITY_DIGEST_BYTES);
      return rosterLeaf(firstIndex + i, saltedDigest(salt, digest));
    });
    expect(tree.root).toBe(toHex(merkleLevels(leaves).at(-1)?.[0] ?? new Uint8Array()));
    for (let i = 0; i < size; i++) {
      const leaf = rosterLeaf(firstIndex + i, fromHex(tree.digestOf(i)));
      const proof = tree.proofOf(i).map(({ side, hash }) => ({ side, hash: fromHex(hash) }));
      expect(provesInclusion({ leaf, proof, root: fromHex(tree.root) })).toBe(true);
    }
  },
);
