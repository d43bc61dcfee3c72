// The draw at opening: who was in the pre-queue is numbered by a permutation nobody could choose, who came later lines
// up behind in order of joining. docs/fairness.md says in plain words what this proves.
import { concatBytes, utf8 } from '../hash/bytes.ts';
import { sha256 } from '../hash/sha256.ts';
import { type CrowdedGroups, demotedPositions, positionAfterDemotion } from './crowded.ts';
import { permutation } from './permutation.ts';

export const DRAW_RULE = 'feistel4-hmac-sha256-v1';

/** One draw numbers the indexes from `firstIndex` up to, not including, `firstIndex + size`. */
export type Draw = {
  readonly firstIndex: number;
  readonly size: number;
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** Groups of places that came from one crowded block of addresses; none when left out. */
  readonly crowded?: CrowdedGroups | undefined;
};

/** What is published before the pre-queue opens: it binds the operator to a secret without telling it. */
export function commitment(secret: Uint8Array): Uint8Array {
  return sha256(secret);
}

export type SeedParts = {
  readonly secret: Uint8Array;
  /** The result of a public draw made after the roster was frozen; empty when the sale named none. */
  readonly publicValue: string;
  /** Merkle root of the frozen roster. */
  readonly root: Uint8Array;
  readonly saleId: string;
};

/** seed = sha256(secret ‖ public value ‖ root ‖ sale id): fixed only once the roster is frozen. */
export function drawSeed({ secret, publicValue, root, saleId }: SeedParts): Uint8Array {
  return sha256(concatBytes(secret, utf8(publicValue), root, utf8(saleId)));
}

/**
 * The 1-based number of an index, or null while the draw that covers it is still to come.
 * `draws` are the revealed draws of the sale; `firstUndrawnIndex` is where an open pre-queue begins (null: none open).
 */
export function numberOf(
  index: number,
  { draws, firstUndrawnIndex }: { readonly draws: readonly Draw[]; readonly firstUndrawnIndex: number | null },
): number | null {
  if (firstUndrawnIndex !== null && index >= firstUndrawnIndex) return null;
  const draw = draws.find(({ firstIndex, size }) => index >= firstIndex && index < firstIndex + size);
  if (draw === undefined) return index + 1;
  const position = permutation(draw.seed, index - draw.firstIndex, draw.size);
  const { crowded = [] } = draw;
  if (crowded.length === 0) return draw.firstIndex + position + 1;
  const demoted = demotedPositions({ ...draw, crowded });
  return draw.firstIndex + positionAfterDemotion(position, { size: draw.size, demoted }) + 1;
}
