// What is still free, once a second from the truth and then from memory, however many ask.
import type { AvailabilityView } from '@onsale/contracts';
import type { CategoryId, PerformanceId } from '@onsale/domain';
import type { Catalogue } from '../catalogue.ts';
import { remember } from '../remember.ts';
import { allocationsOf, blocksOpenToAll, isPoolReleased, leftOf } from './kept-back.ts';
import type { ReadStored } from './stored-availability.ts';

export type ShowAvailabilityDeps = {
  readonly catalogue: Pick<Catalogue, 'performance' | 'plan' | 'sale'>;
  readonly readStored: ReadStored;
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
      return view === null ? null : { body: JSON.stringify(view), etag: etagOf(view) };
    },
    { forMs: FRESH_MS, max: ENTRIES_MAX, now: deps.now },
  );
}

async function availabilityView(
  deps: ShowAvailabilityDeps,
  performanceId: PerformanceId,
): Promise<AvailabilityView | null> {
  const { catalogue, readStored } = deps;
  const performance = await catalogue.performance(performanceId);
  if (performance === null) return null;
  const plan = performance.planId === null ? null : await catalogue.plan(performance.planId);
  const stored = await readStored(performanceId, plan);
  const open = await blocksOpenToAll(deps, { performance, stored });
  const openSeats = new Set(stored.keptBack.flatMap(({ seatId, blockId }) => (open.has(blockId) ? [seatId] : [])));
  const counted = new Map(stored.counts.map((count) => [count.categoryId, count]));
  const taken = stored.taken.filter((seatId) => !openSeats.has(seatId));
  const isTaken = new Set<string>(taken);
  return {
    performanceId,
    version: stored.version,
    // Before the first booking there are no counts yet.
    categories: performance.categories.map(({ id, capacity }) => ({
      categoryId: id,
      capacity: counted.get(id)?.capacity ?? capacity,
      free: (counted.get(id)?.free ?? capacity) + leftOf(stored.blocks, { of: open, categoryId: id }),
    })),
    sections: (plan?.sections ?? []).flatMap((section) => freeOfSection(section, isTaken)),
    taken,
    allocations: allocationsOf(stored, performance, open),
    accessibleReleased: isPoolReleased({ performance, stored, plan, isTaken, now: deps.now() }),
  };
}

/** What is open to whom changes with the hour, too, not with the version alone. */
function etagOf({ version, allocations, taken, accessibleReleased }: AvailabilityView): string {
  return `"${version}.${taken.length}.${allocations.length}${accessibleReleased ? 'r' : ''}"`;
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
