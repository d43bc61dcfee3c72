// Index to number for whoever asks often: the server, the admitter, a verifier. Each draw's round values are paid for
// once, after which a number costs a few look-ups.
import { demotedPositions, positionAfterDemotion } from '../draw/crowded.ts';
import type { Draw } from '../draw/draw.ts';
import { permutationTable } from '../draw/permutation.ts';

/** The 1-based number of an index, or null while the draw that covers it is still to come; as numberOf(). */
export type Numbering = (index: number) => number | null;

export function numbering({
  draws,
  firstUndrawnIndex,
}: {
  readonly draws: readonly Draw[];
  readonly firstUndrawnIndex: number | null;
}): Numbering {
  const tables = draws.map(({ firstIndex, size, seed, crowded = [] }) => ({
    firstIndex,
    end: firstIndex + size,
    positionOf: permutationTable(seed, size),
    demotion: crowded.length === 0 ? null : { size, demoted: demotedPositions({ firstIndex, size, seed, crowded }) },
  }));
  return (index) => {
    if (firstUndrawnIndex !== null && index >= firstUndrawnIndex) return null;
    const table = tables.find(({ firstIndex, end }) => index >= firstIndex && index < end);
    if (table === undefined) return index + 1;
    const position = table.positionOf(index - table.firstIndex);
    const { demotion } = table;
    return table.firstIndex + (demotion === null ? position : positionAfterDemotion(position, demotion)) + 1;
  };
}
