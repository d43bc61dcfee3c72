import type { FairnessView } from '@onsale/contracts';
import {
  commitment,
  drawRoot,
  drawSeed,
  inclusionProof,
  merkleLevels,
  merkleRoot,
  numberOf,
  rosterLeaf,
  sha256,
  toHex,
  utf8,
} from '@onsale/domain';
import {
  drawOf,
  numberFollows,
  type PublishedDraw,
  placeWasInRoster,
  recomputedNumber,
  secretIsTheCommitted,
  seedFollows,
} from './check-draw.ts';

const saleId = 'sale-1';
const size = 20;
const digests = Array.from({ length: size }, (_, i) => sha256(utf8(`fan ${i}`)));
const leaves = digests.map((digest, i) => rosterLeaf(i, digest));
const secret = sha256(utf8('secret'));
const rosterRoot = merkleRoot(leaves);
const root = drawRoot({ firstIndex: 0, size, rosterRoot, crowdedHash: null });
const seed = drawSeed({ secret, publicValue: '', root, saleId });
const draw = {
  commitment: toHex(commitment(secret)),
  publicValueSource: null,
  publicValueWaitSeconds: null,
  publicValue: null,
  crowdedHash: null,
  groups: [],
  rosterRoot: toHex(rosterRoot),
  firstIndex: 0,
  size,
  root: toHex(root),
  secret: toHex(secret),
  seed: toHex(seed),
} as unknown as PublishedDraw;

test('an honest draw holds in every check', () => {
  expect(secretIsTheCommitted(draw)).toBe('holds');
  expect(seedFollows(draw, saleId)).toBe('holds');
  for (const index of [0, 7, 19]) {
    const number = numberOf(index, { draws: [{ firstIndex: 0, size, seed }], firstUndrawnIndex: null });
    expect(numberFollows([draw], { index, number })).toBe('holds');
  }
  expect(recomputedNumber([draw], 25)).toBe(26);
  expect(drawOf([draw], 25)).toBeNull();
  expect(drawOf([draw], 19)).toBe(draw);
});

test('another secret, another roster, another sale or another number is found out', () => {
  expect(secretIsTheCommitted({ ...draw, secret: toHex(sha256(secret)) })).toBe('fails');
  expect(seedFollows({ ...draw, root: toHex(sha256(root)) }, saleId)).toBe('fails');
  expect(seedFollows(draw, 'sale-2')).toBe('fails');
  expect(numberFollows([draw], { index: 3, number: 21 })).toBe('fails');
});

test('a place proves itself a leaf of the frozen roster, and only itself', () => {
  const proof = inclusionProof(merkleLevels(leaves), 5).map(({ side, hash }) => ({ side, hash: toHex(hash) }));
  const inclusion = {
    index: 5,
    identityDigest: toHex(digests[5] ?? root),
    proof,
  } as unknown as FairnessView['inclusion'];
  expect(placeWasInRoster(draw, inclusion)).toBe('holds');
  expect(placeWasInRoster(draw, inclusion && { ...inclusion, index: 6 })).toBe('fails');
  expect(placeWasInRoster(draw, null)).toBe('open');
});

test('before the reveal everything is open', () => {
  const committed = { ...draw, root: null, secret: null, seed: null };
  expect(secretIsTheCommitted(committed)).toBe('open');
  expect(seedFollows(committed, saleId)).toBe('open');
  expect(recomputedNumber([committed], 3)).toBeNull();
  expect(numberFollows([committed], { index: 3, number: null })).toBe('open');
});
