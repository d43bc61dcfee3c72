import { randomBytes } from 'node:crypto';
import { fromHex, merkleRoot, provesInclusion, rosterLeaf, toHex } from '@onsale/domain';
import { IDENTITY_DIGEST_BYTES, saltedDigest } from './identity-digest.ts';
import { hashRoster, rootOfTwigs, rosterTree, twigBytes } from './roster-tree.ts';

test.each([1, 2, 3, 63, 64, 65, 127, 129, 200, 1000])(
  'the tree of %i fans is that of domain, and every proof leads to its root',
  async (size) => {
    const digests = randomBytes(size * IDENTITY_DIGEST_BYTES);
    const salt = randomBytes(32).toString('hex');
    const firstIndex = 7;
    const twigs = await hashRoster({ digests, firstIndex, salt });
    const digestOf = (i: number) =>
      saltedDigest(salt, digests.subarray(i * IDENTITY_DIGEST_BYTES, (i + 1) * IDENTITY_DIGEST_BYTES));
    const leaves = Array.from({ length: size }, (_, i) => rosterLeaf(firstIndex + i, digestOf(i)));
    const tree = rosterTree({ twigs, firstIndex, salt });
    expect(tree.root).toBe(toHex(merkleRoot(leaves)));
    for (let i = 0; i < size; i += size > 200 ? 7 : 1) {
      const { from, to } = twigBytes(i);
      const proof = tree
        .proofOf(i, digests.subarray(from, to))
        .map(({ side, hash }) => ({ side, hash: fromHex(hash) }));
      expect(provesInclusion({ leaf: leaves[i] as Uint8Array, proof, root: fromHex(tree.root) })).toBe(true);
    }
  },
);

test('an empty roster has the hash of nothing for its root', async () => {
  const twigs = await hashRoster({ digests: Buffer.alloc(0), firstIndex: 0, salt: '00' });
  expect(rootOfTwigs(twigs)).toBe(toHex(merkleRoot([])));
});

test('hashing a large roster lets everybody else work in between', async () => {
  let others = 0;
  const turn = setInterval(() => others++, 1);
  await hashRoster({ digests: randomBytes(100_000 * IDENTITY_DIGEST_BYTES), firstIndex: 0, salt: '00'.repeat(32) });
  clearInterval(turn);
  expect(others).toBeGreaterThan(4);
});
