// What can be wrong with a block although its shape is right. What is not free is no fault: the engine tells that.
import type { Fault } from './fault.ts';

export type BlockToCheck = {
  readonly items: readonly (
    | { readonly seatIds: readonly string[] }
    | { readonly categoryId: string; readonly quantity: number }
  )[];
  readonly audience: { readonly kind: string; readonly phaseId?: string; readonly codeSetId?: string } | null;
  readonly releaseAt: number | null;
};

export type BlockSurroundings = {
  readonly seatIds: ReadonlySet<string>;
  readonly categories: readonly { readonly id: string; readonly capacity: number }[];
  readonly phaseIds: readonly string[];
  readonly codeSetIds: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** A list of seats from another plan is wrong everywhere: this many faults tell enough. */
const FAULTS_TOLD_MAX = 20;

export function blockFaults(block: BlockToCheck, surroundings: BlockSurroundings): readonly Fault[] {
  const faults: Fault[] = block.items.flatMap((item, i) => itemFaults(item, i, surroundings));
  const { audience, releaseAt } = block;
  if (audience?.kind === 'phase' && !surroundings.phaseIds.includes(audience.phaseId ?? '')) {
    faults.push({ field: 'audience.phaseId', message: 'the sale has no such phase' });
  }
  if (audience?.kind === 'code_set' && !surroundings.codeSetIds.includes(audience.codeSetId ?? '')) {
    faults.push({ field: 'audience.codeSetId', message: 'the sale has no such set of codes' });
  }
  if (releaseAt !== null && releaseAt <= surroundings.now) {
    faults.push({ field: 'releaseAt', message: 'the release lies in the future' });
  }
  return faults.slice(0, FAULTS_TOLD_MAX);
}

function itemFaults(
  item: BlockToCheck['items'][number],
  i: number,
  { seatIds, categories }: BlockSurroundings,
): Fault[] {
  if ('seatIds' in item) {
    return item.seatIds.flatMap((id, s) =>
      seatIds.has(id) ? [] : [{ field: `items.${i}.seatIds.${s}`, message: `the plan has no seat ${id}` }],
    );
  }
  const category = categories.find(({ id }) => id === item.categoryId);
  if (category === undefined) {
    return [{ field: `items.${i}.categoryId`, message: `the performance has no category ${item.categoryId}` }];
  }
  if (item.quantity <= category.capacity) return [];
  return [{ field: `items.${i}.quantity`, message: `the category has ${category.capacity}` }];
}
