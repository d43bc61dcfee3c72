import type { CategoryId, PerformanceId, SeatId } from '@onsale/domain';
import { type CategoryCount, encodeCount } from '../category-count.ts';
import type { ShopRedis } from '../connect-shop.ts';
import { performanceKeys } from '../keys.ts';
import { runScript, script } from '../run-script.ts';
import type { SeatIndex } from '../seat-index.ts';
import text from './apply-changes.lua';

const applyScript = script(text);

export type StockChange = {
  readonly performanceId: PerformanceId;
  /** Versions before and after. */
  readonly from: number;
  readonly to: number;
  /** As they are after the change, of the categories that changed. */
  readonly counts: ReadonlyMap<CategoryId, CategoryCount>;
  readonly seats: ReadonlyMap<SeatId, 'taken' | 'released'>;
};

/** With 'gap' the projection must be replaced from the truth. */
export async function applyChanges(
  shop: ShopRedis,
  index: SeatIndex,
  { performanceId, from, to, counts, seats }: StockChange,
): Promise<'applied' | 'known' | 'gap'> {
  const { stock, prefix } = performanceKeys(performanceId);
  const changes: (string | number)[] = [];
  for (const [categoryId, count] of counts) changes.push('c', categoryId, encodeCount(count));
  for (const [seatId, what] of seats) {
    const place = index.placeOf(seatId);
    if (place !== undefined) changes.push('b', place.sectionId, place.offset, what === 'taken' ? 1 : 0);
  }
  return (await runScript(shop, applyScript, { keys: [stock], args: [prefix, from, to, ...changes] })) as
    | 'applied'
    | 'known'
    | 'gap';
}
