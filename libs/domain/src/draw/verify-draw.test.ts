// The stand-alone verifier against draws held by our own rules: it finds nothing wrong with those, and something wrong
// with whatever was changed by a bit.
import { toHex, utf8 } from '../hash/bytes.ts';
import { sha256 } from '../hash/sha256.ts';
import { numbering } from '../line/numbering.ts';
import { CROWDED_RULE, type CrowdedGroups, crowdedHash, crowdedText, drawRoot } from './crowded.ts';
import { commitment, DRAW_RULE, drawSeed } from './draw.ts';
import { inclusionProof, merkleLevels, merkleRoot, rosterLeaf } from './merkle.ts';

type PublishedDraw = Record<string, unknown> & { seed: string; firstIndex: number; size: number };
type Inclusion = { index: number; identityDigest: string; proof: { side: string; hash: string }[] };
type Verifier = {
  verifyDraw(saleId: string, draw: PublishedDraw, groups?: CrowdedGroups): string[];
  verifyInclusion(draw: PublishedDraw, inclusion: Inclusion): string[];
  orderOf(draw: PublishedDraw, groups?: CrowdedGroups): (index: number) => number;
};
// Not a package of ours: it must stand alone.
const verifier = require('../../../../scripts/verify-draw.mjs') as Verifier;

const saleId = 'sale-1';
const digest = (index: number) => sha256(utf8(`fan ${index}`));

type Held = { firstIndex: number; size: number; publicValue: string | null; groups?: CrowdedGroups };

function hold({ firstIndex, size, publicValue, groups = [] }: Held) {
  const secret = sha256(utf8('secret'));
  const leaves = Array.from({ length: size }, (_, i) => rosterLeaf(firstIndex + i, digest(firstIndex + i)));
  const rosterRoot = merkleRoot(leaves);
  const crowded = groups.length === 0 ? null : crowdedHash(crowdedText(groups));
  const root = drawRoot({ firstIndex, size, rosterRoot, crowdedHash: crowded });
  const seed = drawSeed({ secret, publicValue: publicValue ?? '', root, saleId });
  const draw: PublishedDraw = {
    phaseId: 'general',
    rule: DRAW_RULE,
    crowdedRule: CROWDED_RULE,
    commitment: toHex(commitment(secret)),
    publicValueSource: publicValue === null ? null : 'a public draw',
    publicValueWaitSeconds: publicValue === null ? null : 600,
    publicValue,
    firstIndex,
    size,
    root: toHex(root),
    rosterRoot: toHex(rosterRoot),
    crowdedHash: crowded && toHex(crowded),
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
  return { draw, seed, groups, inclusionOf };
}

const storm = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

test('a draw held by the rules is found right, and the order is the same', () => {
  for (const held of [
    { firstIndex: 0, size: 1000, publicValue: null },
    { firstIndex: 500, size: 77, publicValue: '4-8-15-16-23-42' },
    { firstIndex: 3, size: 1, publicValue: null },
    { firstIndex: 9, size: 900, publicValue: null, groups: [[19, 750], storm(20, 400), storm(600, 120)] },
  ]) {
    const { draw, seed, groups, inclusionOf } = hold(held);
    expect(verifier.verifyDraw(saleId, draw, groups)).toEqual([]);
    const numberOf = verifier.orderOf(draw, groups);
    const expected = numbering({ draws: [{ ...held, seed, crowded: groups }], firstUndrawnIndex: null });
    for (let index = held.firstIndex; index < held.firstIndex + held.size; index++) {
      expect(numberOf(index)).toBe(expected(index));
      expect(verifier.verifyInclusion(draw, inclusionOf(index))).toEqual([]);
    }
  }
});

test('any changed bit of secret, seed, roots, commitment, public value, size, groups or roster is found: 15,000 changes', () => {
  const held = { firstIndex: 0, size: 700, publicValue: '123456', groups: [storm(100, 130), [3, 9, 12]] };
  const { draw, groups, inclusionOf } = hold(held);
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
  const hexes = ['secret', 'seed', 'root', 'commitment', 'rosterRoot', 'crowdedHash'];
  const changes: ((change: { draw: PublishedDraw; groups: number[][]; inclusion: Inclusion }) => void)[] = [
    ...hexes.map((field) => (it: { draw: PublishedDraw }) => {
      it.draw[field] = changeHex(draw[field] as string);
    }),
    (it) => (it.draw.publicValue = `12345${random(6)}`),
    (it) => (it.draw.publicValue = null),
    (it) => (it.draw.size ^= 1 << random(20)),
    (it) => (it.draw.firstIndex ^= 1 << random(20)),
    (it) => ((it.groups[0] as number[])[random(130)] = 400 + random(300)),
    (it) => it.groups[1]?.push(13 + random(80)),
    (it) => it.groups.splice(random(2), 1),
    (it) => (it.inclusion.identityDigest = changeHex(it.inclusion.identityDigest)),
    (it) => (it.inclusion.index = (it.inclusion.index + 1 + random(698)) % 700),
    (it) => {
      const step = it.inclusion.proof[random(it.inclusion.proof.length)] as { hash: string };
      step.hash = changeHex(step.hash);
    },
  ];
  let found = 0;
  for (let change = 0; change < 15_000; change++) {
    const it = { draw: { ...draw }, groups: groups.map((group) => [...group]), inclusion: inclusionOf(random(700)) };
    changes[change % changes.length]?.(it);
    const faults = verifier.verifyDraw(saleId, it.draw, it.groups).length;
    if (faults + verifier.verifyInclusion(it.draw, it.inclusion).length > 0) found++;
  }
  expect(found).toBe(15_000);
});

test('a promised public value may be missing only after it was waited for as long as announced', () => {
  const { draw } = hold({ firstIndex: 0, size: 10, publicValue: null });
  const promised = { ...draw, publicValueSource: 'a public draw', publicValueWaitSeconds: 600 };
  expect(verifier.verifyDraw(saleId, { ...promised, revealedAt: '2030-01-01T10:10:00.000Z' })).toEqual([]);
  expect(verifier.verifyDraw(saleId, { ...promised, revealedAt: '2030-01-01T10:09:59.000Z' })).toHaveLength(1);
});

test('a draw of another sale, or not revealed, is not right', () => {
  const { draw } = hold({ firstIndex: 0, size: 10, publicValue: null });
  expect(verifier.verifyDraw('sale-2', draw)).toHaveLength(1);
  expect(verifier.verifyDraw(saleId, { ...draw, secret: null })).toEqual(['This draw is not revealed yet.']);
});
