// The projection in Redis follows what this worker commits. Where it is not there, or changes of another worker are
// missing, it is made anew from the truth; where Redis is away it stays behind, and the next change or the job finds that.
import type { PerformanceId } from '@onsale/domain';
import {
  applyChanges,
  type Projection,
  replaceProjection,
  type SeatIndex,
  type ShopRedis,
  type StockChange,
} from '@onsale/shop-redis';

export type ProjectAvailabilityDeps = {
  readonly shop: ShopRedis;
  seatIndexOf(performanceId: PerformanceId): Promise<SeatIndex>;
  /** The truth, all of one moment. */
  readStock(performanceId: PerformanceId): Promise<Projection>;
  onDone(result: 'applied' | 'known' | 'replaced' | 'newer' | 'failed'): void;
};

/** Seats of plans stay in memory for so many performances at most; the oldest goes. */
const INDEXES_MAX = 100;

export function projectAvailability(deps: ProjectAvailabilityDeps) {
  const indexes = new Map<PerformanceId, SeatIndex>();

  async function indexOf(performanceId: PerformanceId): Promise<SeatIndex> {
    const known = indexes.get(performanceId);
    if (known !== undefined) return known;
    const [oldest] = indexes.keys();
    if (indexes.size >= INDEXES_MAX && oldest !== undefined) indexes.delete(oldest);
    const index = await deps.seatIndexOf(performanceId);
    indexes.set(performanceId, index);
    return index;
  }

  /** Never rejects. */
  return async function project(change: StockChange): Promise<void> {
    const { performanceId } = change;
    try {
      const index = await indexOf(performanceId);
      const applied = await applyChanges(deps.shop, index, change);
      if (applied !== 'gap') return deps.onDone(applied);
      const truth = await deps.readStock(performanceId);
      deps.onDone(await replaceProjection(deps.shop, index, { performanceId, ...truth }));
    } catch {
      deps.onDone('failed');
    }
  };
}
