// The counts of a batch's working sheet: differences to what the world says.
import type { CategoryId, PerformanceId } from '../ids.ts';
import { type BookingWorld, countKey } from './booking-world.ts';

/** Differences, not totals. */
export type CountChange = {
  readonly performanceId: PerformanceId;
  readonly categoryId: CategoryId;
  readonly held: number;
  readonly sold: number;
  readonly blocked: number;
  readonly heldOfPool: number;
};

type Move = Partial<Pick<CountChange, 'held' | 'sold' | 'blocked' | 'heldOfPool'>>;

export function openCountSheet(world: BookingWorld) {
  const moved = new Map<string, CountChange>();

  return {
    move(performanceId: PerformanceId, categoryId: CategoryId, by: Move): void {
      const key = countKey(performanceId, categoryId);
      if (!world.counts.has(key)) throw new RangeError(`no count for ${key}`);
      const known = moved.get(key);
      moved.set(key, {
        performanceId,
        categoryId,
        held: (known?.held ?? 0) + (by.held ?? 0),
        sold: (known?.sold ?? 0) + (by.sold ?? 0),
        blocked: (known?.blocked ?? 0) + (by.blocked ?? 0),
        heldOfPool: (known?.heldOfPool ?? 0) + (by.heldOfPool ?? 0),
      });
    },
    /** What nobody has and no block keeps. */
    free(performanceId: PerformanceId, categoryId: CategoryId): number {
      const key = countKey(performanceId, categoryId);
      const base = world.counts.get(key);
      const by = moved.get(key);
      if (base === undefined) return 0;
      const gone = base.held + base.sold + base.blocked;
      return base.capacity - gone - (by?.held ?? 0) - (by?.sold ?? 0) - (by?.blocked ?? 0);
    },
    /** Held seats that are neither accessible nor for companions. */
    heldOfRest(performanceId: PerformanceId, categoryId: CategoryId): number {
      const key = countKey(performanceId, categoryId);
      const base = world.counts.get(key);
      const by = moved.get(key);
      return (base?.held ?? 0) - (base?.heldOfPool ?? 0) + (by?.held ?? 0) - (by?.heldOfPool ?? 0);
    },
    changes: (): CountChange[] => [...moved.values()],
  };
}
