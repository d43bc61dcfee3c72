// Where availability is read: from the projection in Redis, which the worker keeps within a quarter of a second of the
// truth; from the truth itself while there is no projection, Redis is away, or stock is kept back, whose audience the
// projection does not know.
import { type Mongo, readAvailability, type SeatingPlanRecord, type StoredAvailability } from '@onsale/booking-mongo';
import type { PerformanceId } from '@onsale/domain';
import { type Projection, readProjection, type SeatIndex, type ShopRedis, seatIndexOf } from '@onsale/shop-redis';

export type ReadStored = (performanceId: PerformanceId, plan: SeatingPlanRecord | null) => Promise<StoredAvailability>;

export function storedAvailability({
  mongo,
  shop,
}: {
  readonly mongo: Mongo;
  readonly shop: ShopRedis | null;
}): ReadStored {
  const indexes = new WeakMap<SeatingPlanRecord, SeatIndex>();
  const none = seatIndexOf(null);

  function indexOf(plan: SeatingPlanRecord | null): SeatIndex {
    if (plan === null) return none;
    const known = indexes.get(plan) ?? seatIndexOf(plan);
    indexes.set(plan, known);
    return known;
  }

  return async (performanceId, plan) => {
    const projected = shop === null ? null : await readProjection(shop, indexOf(plan), performanceId).catch(() => null);
    return projected === null || keepsBack(projected) ? readAvailability(mongo, performanceId) : asStored(projected);
  };
}

function keepsBack({ counts }: Projection): boolean {
  return [...counts.values()].some(({ blocked }) => blocked > 0);
}

function asStored({ version, counts, taken }: Projection): StoredAvailability {
  return {
    version,
    counts: [...counts].map(([categoryId, { capacity, free, held, heldOfPool }]) => ({
      ...{ categoryId, capacity, free, held, heldOfPool },
    })),
    taken,
    keptBack: [],
    blocks: [],
  };
}
