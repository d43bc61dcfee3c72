// The counts of a performance, made from its categories before anything of it is sold.
import { type CategoryId, countKey, type PerformanceId, type SaleId } from '@onsale/domain';
import { performances } from '../catalogue/performances.ts';
import type { Mongo } from '../connect-mongo.ts';
import { blocks, counts } from './booking-collections.ts';

const NOTHING_TAKEN = { held: 0, sold: 0, blocked: 0, heldOfPool: 0, version: 0 };

/** Idempotent: counts that exist stay as they are. False when there is no such performance on sale. */
export async function openStock(mongo: Mongo, performanceId: PerformanceId): Promise<boolean> {
  const performance = await performances(mongo).findById(performanceId).lean();
  const saleId = performance?.saleId ?? null;
  if (performance === null || saleId === null) return false;
  await counts(mongo).bulkWrite(
    performance.categories.map(({ id: categoryId, capacity }) => ({
      updateOne: {
        filter: { _id: countKey(performanceId, categoryId) },
        update: {
          $setOnInsert: { performanceId, categoryId, saleId, capacity, free: capacity, ...NOTHING_TAKEN },
        },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  return true;
}

export type StockOfSale = {
  readonly capacity: number;
  readonly free: number;
  readonly openHolds: number;
  readonly sold: number;
};

/**
 * Seats of all performances of a sale, in one small indexed read each of performances, counts and blocks. What is kept
 * for an audience is free: somebody may still buy it. What staff keeps for nobody is not.
 */
export async function readStock(mongo: Mongo, saleId: SaleId): Promise<StockOfSale> {
  const [onSale, counted, kept] = await Promise.all([
    performances(mongo).find({ saleId }, { categories: 1 }).lean(),
    counts(mongo).find({ saleId }, { capacity: 1, held: 1, sold: 1, free: 1 }).lean(),
    blocks(mongo)
      .find({ saleId, state: 'active', audience: { $ne: null } }, { left: 1 })
      .lean(),
  ]);
  const byKey = new Map(counted.map((count) => [count._id, count]));
  const stock = { capacity: 0, free: 0, openHolds: 0, sold: 0 };
  for (const { _id, categories } of onSale) {
    for (const category of categories) {
      const count = byKey.get(countKey(_id, category.id));
      stock.capacity += count?.capacity ?? category.capacity;
      stock.free += count?.free ?? category.capacity;
      stock.openHolds += count?.held ?? 0;
      stock.sold += count?.sold ?? 0;
    }
  }
  for (const { left } of kept) for (const { quantity } of left) stock.free += quantity;
  return stock;
}

export type CategoryStock = { readonly capacity: number; readonly free: number };

/** What is left of each category of a performance; a category nothing was sold of yet may be missing. */
export async function readCategoryStock(
  mongo: Mongo,
  performanceId: PerformanceId,
): Promise<ReadonlyMap<CategoryId, CategoryStock>> {
  const counted = await counts(mongo).find({ performanceId }, { categoryId: 1, capacity: 1, free: 1 }).lean();
  return new Map(counted.map(({ categoryId, capacity, free }) => [categoryId, { capacity, free }]));
}

/** Performances on sale whose counts were not made, in one pass over both small collections. */
export async function unopenedPerformances(mongo: Mongo): Promise<readonly PerformanceId[]> {
  const onSale = await performances(mongo)
    .find({ saleId: { $ne: null } }, { _id: 1 })
    .lean();
  const opened = new Set(await counts(mongo).distinct('performanceId'));
  return onSale.flatMap(({ _id }) => (opened.has(_id) ? [] : [_id]));
}
