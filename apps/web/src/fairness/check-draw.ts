// Recomputes a draw from what was published, with the same rules the server uses. Nothing here trusts the server's word:
// each check compares what it says with what follows from the commitment, the roster's root and the secret.
import type { FairnessView, PlaceView } from '@onsale/contracts';
import {
  type CrowdedGroups,
  commitment,
  crowdedHash,
  crowdedText,
  drawRoot,
  drawSeed,
  fromHex,
  keptOf,
  numberOf,
  provesInclusion,
  rosterLeaf,
  toHex,
} from '@onsale/domain';

/** With the groups of crowded blocks, which are published beside the record where there are any. */
export type PublishedDraw = FairnessView['draws'][number] & { readonly groups: CrowdedGroups };

/** `open`: what it needs is not published yet, or does not concern this fan. */
export type Verdict = 'holds' | 'fails' | 'open';

/** The secret is the one that was bound by its hash before the pre-queue opened. */
export function secretIsTheCommitted({ secret, commitment: committed }: PublishedDraw): Verdict {
  if (secret === null) return 'open';
  return verdict(toHex(commitment(fromHex(secret))) === committed);
}

/** The seed follows from the secret, the public value, what was frozen and the sale, and from nothing else. */
export function seedFollows(draw: PublishedDraw, saleId: string): Verdict {
  const { secret, publicValue, root, seed } = draw;
  if (secret === null || root === null || seed === null) return 'open';
  if (rootFollows(draw) === 'fails' || publicValueWasAwaited(draw) === 'fails') return 'fails';
  const parts = { secret: fromHex(secret), publicValue: publicValue ?? '', root: fromHex(root), saleId };
  return verdict(toHex(drawSeed(parts)) === seed);
}

/** The root binds how many there are, the roster and the groups of crowded blocks. */
function rootFollows({ firstIndex, size, root, rosterRoot, crowdedHash: hash, groups }: PublishedDraw): Verdict {
  if (firstIndex === null || size === null || root === null || rosterRoot === null) return 'open';
  const crowded = groups.length === 0 ? null : crowdedHash(crowdedText(groups));
  if ((crowded && toHex(crowded)) !== hash) return 'fails';
  return verdict(toHex(drawRoot({ firstIndex, size, rosterRoot: fromHex(rosterRoot), crowdedHash: crowded })) === root);
}

/** The groups of crowded blocks are those that were fixed before the seed was known. */
export function crowdFollows({ crowdedHash: hash, groups }: PublishedDraw): Verdict {
  return verdict(toHex(crowdedHash(crowdedText(groups))) === hash);
}

export type Crowd = {
  readonly networks: number;
  readonly places: number;
  /** Places that follow behind all others. */
  readonly behind: number;
  /** The group of the fan's own place. */
  readonly mine: { readonly places: number; readonly kept: number } | null;
};

/** What the draw made of storms from single networks; null where there was none. */
export function crowdOf({ groups }: PublishedDraw, index: number | null): Crowd | null {
  if (groups.length === 0) return null;
  const sum = (sizeOf: (group: readonly number[]) => number) =>
    groups.reduce((total, group) => total + sizeOf(group), 0);
  const own = index === null ? undefined : groups.find((group) => group.includes(index));
  return {
    networks: groups.length,
    places: sum((group) => group.length),
    behind: sum((group) => group.length - keptOf(group.length)),
    mine: own === undefined ? null : { places: own.length, kept: keptOf(own.length) },
  };
}

/** A public value that was named is either there, or was waited for as long as was announced. */
export function publicValueWasAwaited(draw: PublishedDraw): Verdict {
  const { publicValueSource, publicValueWaitSeconds, publicValue, frozenAt, revealedAt } = draw;
  if (publicValueSource === null) return verdict(publicValue === null);
  if (publicValue !== null) return 'holds';
  if (frozenAt === null || revealedAt === null) return 'open';
  return verdict(Date.parse(revealedAt) - Date.parse(frozenAt) >= (publicValueWaitSeconds ?? 0) * 1000);
}

/** The number that follows from the revealed draws for a place; null while its draw is to come. */
export function recomputedNumber(draws: readonly PublishedDraw[], index: number): number | null {
  const revealed = draws.flatMap(({ firstIndex, size, seed, groups }) =>
    firstIndex === null || size === null || seed === null
      ? []
      : [{ firstIndex, size, seed: fromHex(seed), crowded: groups }],
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
export function placeWasInRoster({ rosterRoot }: PublishedDraw, inclusion: FairnessView['inclusion']): Verdict {
  if (rosterRoot === null || inclusion === null) return 'open';
  const leaf = rosterLeaf(inclusion.index, fromHex(inclusion.identityDigest));
  const proof = inclusion.proof.map(({ side, hash }) => ({ side, hash: fromHex(hash) }));
  return verdict(provesInclusion({ leaf, proof, root: fromHex(rosterRoot) }));
}

/** The draw a place took part in; null for one that came after. */
export const drawOf = (draws: readonly PublishedDraw[], index: number): PublishedDraw | null =>
  draws.find(
    ({ firstIndex, size }) => firstIndex !== null && size !== null && index >= firstIndex && index < firstIndex + size,
  ) ?? null;

const verdict = (holds: boolean): Verdict => (holds ? 'holds' : 'fails');
