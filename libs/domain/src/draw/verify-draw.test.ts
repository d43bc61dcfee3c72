// The stand-alone verifier against draws held by our own rules: it finds nothing wrong with those, and something wrong
// with whatever was changed by a bit.
import { toHex, utf8 } from '../hash/bytes.ts';
import { sha256 } from '../hash/sha256.ts';
import { commitment, DRAW_RULE, drawSeed } from './draw.ts';
import { inclusionProof, merkleLevels, merkleRoot, rosterLeaf } from './merkle.ts';
import { permutationTable } from './permutation.ts';

type PublishedDraw = Record<string, unknown> & { seed: string; firstIndex: number; size: number };
type Inclusion = { index: number; identityDigest: string; proof: { side: string; hash: string }[] };
type Verifier = {
  verifyDraw(saleId: string, draw: PublishedDraw): string[];
  verifyInclusion(draw: PublishedDraw, inclusion: Inclusion): string[];
  orderOf(draw: PublishedDraw): (index: number) => number;
};
// Not a package of ours: it must stand alone.
const verifier = require('../../../../scripts/verify-draw.mjs') as Verifier;

const saleId = 'sale-1';
const digest = (index: number) => sha256(utf8(`fan ${index}`));

function hold({ firstIndex, size, publicValue }: { firstIndex: number; size: number; publicValue: string | null }) {
  const secret = sha256(utf8('secret'));
  const leaves = Array.from({ length: size }, (_, i) => rosterLeaf(firstIndex + i, digest(firstIndex + i)));
  const root = merkleRoot(leaves);
  const seed = drawSeed({ secret, publicValue: publicValue ?? '', root, saleId });
  const draw: PublishedDraw = {
    phaseId: 'general',
    rule: DRAW_RULE,
    commitment: toHex(commitment(secret)),
    publicValueSource: publicValue === null ? null : 'a public draw',
    publicValue,
    firstIndex,
    size,
    root: toHex(root),
    secret: toHex(secret),
    seed: toHex(seed),
    frozenAt: '2030-01-01T10:00:00.000Z',
    revealedAt: '2030-01-01T10:00:01.000Z',
  };
  const levels = merkleLevels(leaves);
  const inclusionOf = (index: number): Inclusion => ({
    index,
    identityDigest: toHex(digest(index)),
    proof: inclusionProof(levels, index - firstIndex).map(({ side, hash }) => ({ side, hash: toHex(hash) })),
  });
  return { draw, seed, inclusionOf };
}

test('a draw held by the rules is found right, and the order is the same', () => {
  for (const held of [
    { firstIndex: 0, size: 1000, publicValue: null },
    { firstIndex: 500, size: 77, publicValue: '4-8-15-16-23-42' },
    { firstIndex: 3, size: 1, publicValue: null },
  ]) {
    const { draw, seed, inclusionOf } = hold(held);
    expect(verifier.verifyDraw(saleId, draw)).toEqual([]);
    const numberOf = verifier.orderOf(draw);
    const positionOf = permutationTable(seed, held.size);
    for (let index = held.firstIndex; index < held.firstIndex + held.size; index++) {
      expect(numberOf(index)).toBe(held.firstIndex + positionOf(index - held.firstIndex) + 1);
      expect(verifier.verifyInclusion(draw, inclusionOf(index))).toEqual([]);
    }
  }
});

test('any changed bit of secret, seed, root, commitment, public value, size or roster is found: 12,000 changes', () => {
  const { draw, inclusionOf } = hold({ firstIndex: 0, size: 700, publicValue: '123456' });
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const changeHex = (hex: string) => {
    const at = random(hex.length);
    const changed = (Number.parseInt(hex[at] as string, 16) ^ (1 << random(4))).toString(16);
    return hex.slice(0, at) + changed + hex.slice(at + 1);
  };
  const fields = ['secret', 'seed', 'root', 'commitment'] as const;
  let found = 0;
  for (let change = 0; change < 12_000; change++) {
    const inclusion = inclusionOf(random(700));
    const changed = { ...draw };
    const what = random(8);
    const field = fields[what];
    if (field !== undefined) changed[field] = changeHex(draw[field] as string);
    else if (what === 4) changed.publicValue = `12345${random(6)}`;
    else if (what === 5) inclusion.identityDigest = changeHex(inclusion.identityDigest);
    else if (what === 6) inclusion.index = (inclusion.index + 1 + random(698)) % 700;
    else {
      const step = inclusion.proof[random(inclusion.proof.length)] as { hash: string };
      step.hash = changeHex(step.hash);
    }
    if (verifier.verifyDraw(saleId, changed).length + verifier.verifyInclusion(changed, inclusion).length > 0) found++;
  }
  expect(found).toBe(12_000);
});

test('another size of the roster is found by the fans for whom it changes the way to the root', () => {
  const { draw, inclusionOf } = hold({ firstIndex: 0, size: 700, publicValue: null });
  for (const size of [1, 512, 699, 701, 1024, 1400]) {
    const doubted = Array.from({ length: 700 }, (_, index) => index).some(
      (index) => verifier.verifyInclusion({ ...draw, size }, inclusionOf(index)).length > 0,
    );
    expect(doubted).toBe(true);
  }
});

test('a draw of another sale, or not revealed, is not right', () => {
  const { draw } = hold({ firstIndex: 0, size: 10, publicValue: null });
  expect(verifier.verifyDraw('sale-2', draw)).toHaveLength(1);
  expect(verifier.verifyDraw(saleId, { ...draw, secret: null })).toEqual(['This draw is not revealed yet.']);
});
