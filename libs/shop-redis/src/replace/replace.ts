import type { PerformanceId } from '@onsale/domain';
import { encodeCount } from '../category-count.ts';
import type { ShopRedis } from '../connect-shop.ts';
import { performanceKeys } from '../keys.ts';
import type { Projection } from '../read-projection.ts';
import { runScript, script } from '../run-script.ts';
import { bitmapOf, type SeatIndex } from '../seat-index.ts';
import text from './replace.lua';

const replaceScript = script(text);

/** Makes the projection what the truth says; safe to repeat, and never a step back. */
export async function replaceProjection(
  shop: ShopRedis,
  index: SeatIndex,
  { performanceId, version, counts, taken }: Projection & { readonly performanceId: PerformanceId },
): Promise<'replaced' | 'newer'> {
  const { stock, prefix } = performanceKeys(performanceId);
  const isTaken = new Set(taken);
  const parts: (string | number | Buffer)[] = [];
  for (const [categoryId, count] of counts) parts.push('c', categoryId, encodeCount(count));
  for (const [sectionId, seats] of index.sections) {
    parts.push(
      'b',
      sectionId,
      bitmapOf(seats, (seatId) => isTaken.has(seatId)),
    );
  }
  return (await runScript(shop, replaceScript, { keys: [stock], args: [prefix, version, ...parts] })) as
    | 'replaced'
    | 'newer';
}
