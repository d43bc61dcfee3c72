// Kept-back stock as a commit left it, for those who look at the plan: what of it everybody may have, and which
// allocations it touched.
import {
  type Audience,
  anybody,
  audienceKey,
  type BlockId,
  type BlockRecord,
  type BookingChanges,
  type CategoryId,
  isOpenTo,
  type SaleTerms,
} from '@onsale/domain';

export type KeptAfter = {
  /** Blocks that everybody may take from: their time has come, or their phase runs or is over. */
  readonly open: ReadonlySet<BlockId>;
  /** What the open ones keep. */
  readonly leftOfOpen: ReadonlyMap<CategoryId, number>;
  /** Of allocations that the commit touched, all blocks of one audience together. */
  readonly allocations: readonly Allocation[];
};

export type Allocation = {
  readonly audience: Audience;
  readonly blocks: ReadonlySet<BlockId>;
  readonly left: ReadonlyMap<CategoryId, number>;
};

const NOTHING: KeptAfter = { open: new Set(), leftOfOpen: new Map(), allocations: [] };

export function keptAfter(
  blocks: ReadonlyMap<BlockId, BlockRecord> | undefined,
  {
    changed,
    terms,
    at,
  }: { readonly changed: BookingChanges['blocks']; readonly terms: SaleTerms | undefined; readonly at: number },
): KeptAfter {
  if (blocks === undefined || blocks.size === 0) return NOTHING;
  const everybody = anybody({ now: at, phaseId: terms?.phase?.id ?? null, endedPhases: terms?.endedPhases ?? [] });
  const all = [...blocks.values()].filter(({ state }) => state === 'active');
  const open = all.filter((block) => isOpenTo(block, everybody));
  const openIds = new Set(open.map(({ id }) => id));
  const touched = new Map<string, Audience>();
  for (const { after } of changed) {
    // A phase's allocation is everybody's while it runs and nobody's before.
    if (after.audience !== null && after.audience.kind !== 'phase')
      touched.set(audienceKey(after.audience), after.audience);
  }
  const allocations = [...touched].map(([key, audience]) => {
    const theirs = all.filter(
      (one) => !openIds.has(one.id) && one.audience !== null && audienceKey(one.audience) === key,
    );
    const were = changed.filter(({ after }) => after.audience !== null && audienceKey(after.audience) === key);
    // What they had, too: a category of which nothing is left is told as none.
    return {
      audience,
      blocks: new Set(theirs.map(({ id }) => id)),
      left: leftOf(
        theirs,
        were.map(({ after }) => after),
      ),
    };
  });
  return { open: openIds, leftOfOpen: leftOf(open, open), allocations };
}

function leftOf(blocks: readonly BlockRecord[], named: readonly BlockRecord[]): ReadonlyMap<CategoryId, number> {
  const left = new Map<CategoryId, number>();
  for (const block of named) for (const id of Object.keys(block.left) as CategoryId[]) left.set(id, 0);
  for (const block of blocks) {
    for (const [id, count] of Object.entries(block.left) as [CategoryId, number][])
      left.set(id, (left.get(id) ?? 0) + count);
  }
  return left;
}
