// Recomputes a draw from what was published, with the same rules the server uses. Nothing here trusts the server's word:
// each check compares what it says with what follows from the commitment, the roster's root and the secret.
import type { FairnessView, PlaceView } from '@onsale/contracts';
import { commitment, drawSeed, fromHex, numberOf, provesInclusion, rosterLeaf, toHex } from '@onsale/domain';

export type PublishedDraw = FairnessView['draws'][number];

/** `open`: what it needs is not published yet, or does not concern this fan. */
export type Verdict = 'holds' | 'fails' | 'open';

/** The secret is the one that was bound by its hash before the pre-queue opened. */
export function secretIsTheCommitted({ secret, commitment: committed }: PublishedDraw): Verdict {
  if (secret === null) return 'open';
  return verdict(toHex(commitment(fromHex(secret))) === committed);
}

/** The seed follows from the secret, the public value, the frozen roster and the sale, and from nothing else. */
export function seedFollows({ secret, publicValue, root, seed }: PublishedDraw, saleId: string): Verdict {
  if (secret === null || root === null || seed === null) return 'open';
  const parts = { secret: fromHex(secret), publicValue: publicValue ?? '', root: fromHex(root), saleId };
  return verdict(toHex(drawSeed(parts)) === seed);
}

/** The number that follows from the revealed draws for a place; null while its draw is to come. */
export function recomputedNumber(draws: readonly PublishedDraw[], index: number): number | null {
  const revealed = draws.flatMap(({ firstIndex, size, seed }) =>
    firstIndex === null || size === null || seed === null ? [] : [{ firstIndex, size, seed: fromHex(seed) }],
  );
  const undrawn = draws.flatMap(({ firstIndex, seed }) => (firstIndex !== null && seed === null ? [firstIndex] : []));
  const firstUndrawnIndex = undrawn.length === 0 ? null : Math.min(...undrawn);
  return numberOf(index, { draws: revealed, firstUndrawnIndex });
}

export function numberFollows(draws: readonly PublishedDraw[], place: Pick<PlaceView, 'index' | 'number'>): Verdict {
  if (place.number === null) return 'open';
  return verdict(recomputedNumber(draws, place.index) === place.number);
}

/** My place is a leaf of the roster that was frozen before the secret was shown. */
export function placeWasInRoster({ root }: PublishedDraw, inclusion: FairnessView['inclusion']): Verdict {
  if (root === null || inclusion === null) return 'open';
  const leaf = rosterLeaf(inclusion.index, fromHex(inclusion.identityDigest));
  const proof = inclusion.proof.map(({ side, hash }) => ({ side, hash: fromHex(hash) }));
  return verdict(provesInclusion({ leaf, proof, root: fromHex(root) }));
}

/** The draw a place took part in; null for one that came after. */
export const drawOf = (draws: readonly PublishedDraw[], index: number): PublishedDraw | null =>
  draws.find(
    ({ firstIndex, size }) => firstIndex !== null && size !== null && index >= firstIndex && index < firstIndex + size,
  ) ?? null;

const verdict = (holds: boolean): Verdict => (holds ? 'holds' : 'fails');
