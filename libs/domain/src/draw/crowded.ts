// Places that came in a storm from one block of addresses are not thrown out; nobody can tell a shared flat from a farm.
// They take part in the draw, and of each such group the square root's worth keeps what it drew, the rest follows behind
// everybody else in the order drawn. A thousand entries of one hand are then worth some three hundred, ten thousand a
// thousand. Who stands in a group is fixed before the seed is known, and published: anybody gets the same order again.
import { concatBytes, uint32Bytes, utf8 } from '../hash/bytes.ts';
import { sha256 } from '../hash/sha256.ts';
import { permutationTable } from './permutation.ts';

export const CROWDED_RULE = 'keep-sqrt-100-v1';

/** Each group: the indexes of its places, rising. A place is in one group at most. */
export type CrowdedGroups = readonly (readonly number[])[];

const KEPT_WHOLE = 100; // places; a group no larger keeps everything

/** How many of a group keep the position they drew: all of a small one, else the root of 100 times its size. */
export function keptOf(groupSize: number): number {
  return groupSize <= KEPT_WHOLE ? groupSize : Math.ceil(Math.sqrt(KEPT_WHOLE * groupSize));
}

/** The one way to write groups down: their hash stands in the root of the draw. */
export function crowdedText(groups: CrowdedGroups): string {
  const sorted = groups
    .filter((group) => group.length > 0)
    .map((group) => [...group].sort((a, b) => a - b))
    .sort((a, b) => (a[0] as number) - (b[0] as number));
  return JSON.stringify(sorted);
}

const DRAW_ROOT = Uint8Array.of(2);

export type DrawRootParts = {
  readonly firstIndex: number;
  readonly size: number;
  /** Merkle root of the roster. */
  readonly rosterRoot: Uint8Array;
  /** crowdedHash() of the groups; null where there are none. */
  readonly crowdedHash: Uint8Array | null;
};

/** What a draw publishes as its root: everything that is fixed before the seed is known, in one hash. */
export function drawRoot({ firstIndex, size, rosterRoot, crowdedHash }: DrawRootParts): Uint8Array {
  const covered = [uint32Bytes(firstIndex), uint32Bytes(size)];
  return sha256(concatBytes(DRAW_ROOT, ...covered, rosterRoot, crowdedHash ?? new Uint8Array(0)));
}

export function crowdedHash(text: string): Uint8Array {
  return sha256(utf8(text));
}

export type CrowdedDraw = {
  readonly firstIndex: number;
  readonly size: number;
  readonly seed: Uint8Array;
  readonly crowded: CrowdedGroups;
};

/** The positions of the permutation, 0-based and rising, whose places go behind all others. */
export function demotedPositions({ firstIndex, size, seed, crowded }: CrowdedDraw): Uint32Array {
  const positionOf = permutationTable(seed, size);
  const demoted: number[] = [];
  for (const group of crowded) {
    const members = group.filter((index) => index >= firstIndex && index < firstIndex + size);
    const positions = Uint32Array.from(members, (index) => positionOf(index - firstIndex)).sort();
    for (const position of positions.subarray(keptOf(positions.length))) demoted.push(position);
  }
  return Uint32Array.from(demoted).sort();
}

/** Where a drawn position comes to stand once those demoted have gone behind all others. */
export function positionAfterDemotion(
  position: number,
  { size, demoted }: { readonly size: number; readonly demoted: Uint32Array },
): number {
  const before = countBelow(demoted, position);
  return demoted[before] === position ? size - demoted.length + before : position - before;
}

/** How many of the rising values lie below `limit`. */
function countBelow(values: Uint32Array, limit: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((values[middle] as number) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
