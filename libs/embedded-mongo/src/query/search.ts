// Finds the documents of a query in one view of a collection.
import type { Collection } from '../storage/collection.ts';
import { type Slot, type View, visibleVersion } from '../storage/version.ts';
import type { Collation } from '../values/collation.ts';
import type { Doc } from '../values/types.ts';
import { countStep } from './deadline.ts';
import type { Predicate } from './filter.ts';
import { type Hint, type Plan, planQuery } from './plan.ts';
import { type SortField, sortDocs } from './sort.ts';

export type Query = {
  readonly filter: Doc;
  readonly matches: Predicate;
  readonly sort: readonly SortField[];
  readonly hint: Hint;
  /** How strings compare; null: by their bytes. The filter was compiled with it. */
  readonly collation: Collation | null;
};

export type Found = { readonly slot: Slot; readonly doc: Doc };

/** In the order of the sort; without one, in the order of the plan. */
export function search(collection: Collection, query: Query, view: View): Iterable<Found> {
  const plan = planQuery(collection, query);
  if (plan.index !== null) plan.index.accesses.ops += 1;
  const found = matching(plan, query, view);
  if (plan.sorted || query.sort.length === 0) return found;
  return sortDocs([...found], ({ doc }) => doc, query.sort, { collation: query.collation });
}

export function* matching(plan: Plan, query: Query, view: View): Generator<Found> {
  // A slot may stand under several keys: of an array, or of older versions of the document.
  const seen = plan.stage === 'IXSCAN' ? new Set<Slot>() : null;
  for (const { slot, key } of plan.candidates()) {
    countStep();
    if (seen?.has(slot)) continue;
    const doc = visibleVersion(slot, view)?.doc;
    if (!doc || !query.matches(doc)) continue;
    // In the order of keys a document belongs where its visible version is, not where another version was.
    const otherVersions = slot.newest?.older !== null;
    if (key !== null && otherVersions && !plan.index?.keysOf(doc).includes(key)) continue;
    seen?.add(slot);
    yield { slot, doc };
  }
}
