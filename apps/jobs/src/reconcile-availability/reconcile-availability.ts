// The projection of availability may lag, lose changes or be lost with Redis: it is compared with the truth, mended where
// it differs, and every difference is counted by its kind.
import type { PerformanceId } from '@onsale/domain';
import type { Projection } from '@onsale/shop-redis';

export type ReconcileAvailabilityDeps = {
  /** Performances on sale. */
  performancesOnSale(): Promise<readonly PerformanceId[]>;
  /** All of one moment. */
  readTruth(performanceId: PerformanceId): Promise<Projection>;
  readTruthVersion(performanceId: PerformanceId): Promise<number>;
  readProjection(performanceId: PerformanceId): Promise<Projection | null>;
  readProjectionVersion(performanceId: PerformanceId): Promise<number | null>;
  replace(performanceId: PerformanceId, truth: Projection): Promise<'replaced' | 'newer'>;
  onMended(mended: { readonly performanceId: PerformanceId; readonly kind: Difference }): void;
};

/** `missing`: there was none; `behind`: it stood still at an old version; `wrong`: the right version, other contents. */
export type Difference = 'missing' | 'behind' | 'wrong';

const PERFORMANCES_MAX = 500;
/** Versions are cheap to compare, contents are not: of each performance they are compared in every so manieth run. */
const CONTENTS_EVERY_RUNS = 15;

/** Remembers between runs which projections were behind: the worker has a moment to bring them up to date itself. */
export function availabilityReconciler(deps: ReconcileAvailabilityDeps) {
  let run = 0;
  let seenBehind = new Map<PerformanceId, number>();

  async function differenceOf(performanceId: PerformanceId, at: number): Promise<Difference | null> {
    const projected = await deps.readProjectionVersion(performanceId);
    const version = await deps.readTruthVersion(performanceId);
    if (projected === null) return version > 0 ? 'missing' : null;
    if (projected < version) return seenBehind.get(performanceId) === projected ? 'behind' : null;
    if ((run + at) % CONTENTS_EVERY_RUNS !== 0) return null;
    const [truth, shown] = [await deps.readTruth(performanceId), await deps.readProjection(performanceId)];
    return shown !== null && shown.version === truth.version && !isEqual(shown, truth) ? 'wrong' : null;
  }

  return async function reconcileAvailability(): Promise<void> {
    run += 1;
    const behind = new Map<PerformanceId, number>();
    const all = (await deps.performancesOnSale()).slice(0, PERFORMANCES_MAX);
    for (const [at, performanceId] of all.entries()) {
      const kind = await differenceOf(performanceId, at);
      if (kind === null) {
        const projected = await deps.readProjectionVersion(performanceId);
        if (projected !== null) behind.set(performanceId, projected);
        continue;
      }
      const mended = await deps.replace(performanceId, await deps.readTruth(performanceId));
      if (mended === 'replaced') deps.onMended({ performanceId, kind });
    }
    seenBehind = behind;
  };
}

function isEqual(a: Projection, b: Projection): boolean {
  const seats = new Set<string>(a.taken);
  const sameSeats = seats.size === b.taken.length && b.taken.every((seatId) => seats.has(seatId));
  const sameCounts = [...b.counts].every(([id, count]) => {
    const other = a.counts.get(id);
    return other !== undefined && Object.entries(count).every(([name, value]) => value === other[name as 'free']);
  });
  return sameSeats && sameCounts && a.counts.size === b.counts.size;
}
