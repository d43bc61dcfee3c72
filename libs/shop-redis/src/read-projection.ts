// Reads the availability of a performance from the projection.
import type { CategoryId, PerformanceId, SeatId } from '@onsale/domain';
import { type CategoryCount, decodeCount } from './category-count.ts';
import type { ShopRedis } from './connect-shop.ts';
import { performanceKeys } from './keys.ts';
import { type SeatIndex, seatsIn } from './seat-index.ts';

export type Projection = {
  readonly version: number;
  readonly counts: ReadonlyMap<CategoryId, CategoryCount>;
  /** Held, sold or kept back; in the order of the plan. */
  readonly taken: readonly SeatId[];
};

/** All of one moment. Null when there is none, or one that cannot be read: then the truth must be asked. */
export async function readProjection(
  { redis }: ShopRedis,
  index: SeatIndex,
  performanceId: PerformanceId,
): Promise<Projection | null> {
  const keys = performanceKeys(performanceId);
  const sections = [...index.sections];
  const asked = redis.multi().hgetall(keys.stock);
  for (const [sectionId] of sections) asked.getBuffer(keys.bitmapOf(sectionId));
  const replies = await asked.exec();
  const stock = replies?.[0]?.[1] as Record<string, string> | undefined;
  const version = Number(stock?.version ?? Number.NaN);
  if (stock === undefined || !Number.isInteger(version)) return null;
  const counts = new Map<CategoryId, CategoryCount>();
  for (const [field, text] of Object.entries(stock)) {
    if (!field.startsWith('c:')) continue;
    const count = decodeCount(text);
    if (count === null) return null;
    counts.set(field.slice(2) as CategoryId, count);
  }
  const taken = sections.flatMap(([, seats], at) => {
    const bitmap = replies?.[at + 1]?.[1];
    return Buffer.isBuffer(bitmap) ? seatsIn(bitmap, seats) : [];
  });
  return { version, counts, taken };
}

/** The version alone; null when there is no projection. */
export async function readProjectionVersion(
  { redis }: ShopRedis,
  performanceId: PerformanceId,
): Promise<number | null> {
  const version = await redis.hget(performanceKeys(performanceId).stock, 'version');
  return version === null ? null : Number(version);
}
