import { inclusionProof, merkleLevels, merkleRoot, provesInclusion, rosterLeaf } from './merkle.ts';

const leaves = (count: number) => Array.from({ length: count }, (_, i) => rosterLeaf(i, new Uint8Array(16).fill(i)));

test.each([1, 2, 3, 4, 5, 7, 8, 33])(
  'each leaf of a roster of %i proves its inclusion and no other leaf does',
  (count) => {
    const levels = merkleLevels(leaves(count));
    const root = merkleRoot(leaves(count));
    for (let i = 0; i < count; i++) {
      const proof = inclusionProof(levels, i);
      expect(provesInclusion({ leaf: rosterLeaf(i, new Uint8Array(16).fill(i)), proof, root })).toBe(true);
      expect(provesInclusion({ leaf: rosterLeaf(i + 1, new Uint8Array(16).fill(i)), proof, root })).toBe(false);
    }
  },
);

test('adding, removing or changing one entry changes the root', () => {
  const root = merkleRoot(leaves(9));
  expect(merkleRoot(leaves(10))).not.toEqual(root);
  expect(merkleRoot(leaves(8))).not.toEqual(root);
});
