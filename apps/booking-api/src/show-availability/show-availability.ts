// What is still free, once a second from the truth and then from memory, however many ask.
import { type Mongo, readAvailability } from '@onsale/booking-mongo';
import type { AvailabilityView } from '@onsale/contracts';
import type { CategoryId, PerformanceId } from '@onsale/domain';
import type { Catalogue } from '../catalogue.ts';
import { remember } from '../remember.ts';

export type ShowAvailabilityDeps = {
  readonly mongo: Mongo;
  readonly catalogue: Pick<Catalogue, 'performance' | 'plan'>;
  now(): number;
};

/** A rendered answer: the same bytes for everybody. */
export type RenderedAvailability = { readonly body: string; readonly etag: string };

const FRESH_MS = 1_000;
const ENTRIES_MAX = 200;

export function availabilityCache(deps: ShowAvailabilityDeps) {
  return remember<PerformanceId, RenderedAvailability | null>(
    async (performanceId) => {
      const view = await availabilityView(deps, performanceId);
      return view === null ? null : { body: JSON.stringify(view), etag: `"${view.version}"` };
    },
    { forMs: FRESH_MS, max: ENTRIES_MAX, now: deps.now },
  );
}

async function availabilityView(
  { mongo, catalogue }: ShowAvailabilityDeps,
  performanceId: PerformanceId,
): Promise<AvailabilityView | null> {
  const performance = await catalogue.performance(performanceId);
  if (performance === null) return null;
  const stored = await readAvailability(mongo, performanceId);
  const counted = new Map(stored.counts.map((count) => [count.categoryId, count]));
  const taken = new Set<string>(stored.taken);
  const plan = performance.planId === null ? null : await catalogue.plan(performance.planId);
  return {
    performanceId,
    version: stored.version,
    // Before the first booking there are no counts yet.
    categories: performance.categories.map(({ id, capacity }) => ({
      categoryId: id,
      capacity: counted.get(id)?.capacity ?? capacity,
      free: counted.get(id)?.free ?? capacity,
    })),
    sections: (plan?.sections ?? []).flatMap((section) => freeOfSection(section, taken)),
    taken: [...stored.taken],
  };
}

type Section = {
  readonly id: string;
  readonly rows: readonly { readonly seats: readonly { readonly id: string; readonly categoryId: CategoryId }[] }[];
};

function freeOfSection({ id, rows }: Section, taken: ReadonlySet<string>) {
  const free = new Map<CategoryId, number>();
  for (const { seats } of rows) {
    for (const seat of seats) {
      free.set(seat.categoryId, (free.get(seat.categoryId) ?? 0) + (taken.has(seat.id) ? 0 : 1));
    }
  }
  return [...free].map(([categoryId, count]) => ({ sectionId: id, categoryId, free: count }));
}
