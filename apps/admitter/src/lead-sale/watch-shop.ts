// What the leader knows of the shop: its stock, how fast that goes, and how long a booking takes.
import { readShopDelays, readStock, type SaleRecord, type ShopDelayRecord, sales } from '@onsale/booking-mongo';
import { FLOW_WINDOW_MS } from '@onsale/domain';
import type { LeaderDeps } from './sale-leader.ts';
import type { SaleMemory } from './sale-memory.ts';

const LOOK_EVERY_MS = 500;
const DELAY_FRESH_MS = 10_000; // a measurement older than this says nothing about now

export type ShopLook = { readonly sale: SaleRecord; readonly memory: SaleMemory; readonly now: number };

/** A sale is sold out when nothing is free and nothing is held that could come back. */
export async function watchShop({ mongo }: Pick<LeaderDeps, 'mongo'>, { sale, memory, now }: ShopLook): Promise<void> {
  if (memory.stock !== null && now - memory.stock.at < LOOK_EVERY_MS) return;
  const [value, delays] = await Promise.all([readStock(mongo, sale._id), readShopDelays(mongo, sale._id)]);
  memory.stock = { at: now, value };
  memory.stockFlow = [
    ...memory.stockFlow.filter(({ at }) => now - at <= FLOW_WINDOW_MS),
    { at: now, free: value.free },
  ];
  memory.shopDelayMs = freshDelay(delays, { heard: memory.delaysHeard, now });
  const soldOut = isSoldOut(memory);
  if (soldOut !== sale.soldOut) await sales(mongo).updateOne({ _id: sale._id }, { $set: { soldOut } });
}

export function isSoldOut({ stock }: Pick<SaleMemory, 'stock'>): boolean {
  return stock !== null && stock.value.capacity > 0 && stock.value.free === 0 && stock.value.openHolds === 0;
}

export type HeardDelays = Map<string, { readonly measured: number; readonly at: number }>;

/**
 * The longest delay any booking API measured lately; null when none did. Fresh is what changed since the leader looked
 * before: nobody's clock is compared, and what another sale day left behind is not taken for news.
 */
export function freshDelay(
  delays: readonly Pick<ShopDelayRecord, '_id' | 'measured' | 'delayMs'>[],
  { heard, now }: { readonly heard: HeardDelays; readonly now: number },
): number | null {
  let longest: number | null = null;
  for (const { _id, measured, delayMs } of delays) {
    const before = heard.get(_id);
    if (before === undefined) heard.set(_id, { measured, at: Number.NEGATIVE_INFINITY });
    else if (before.measured !== measured) heard.set(_id, { measured, at: now });
    if (now - (heard.get(_id)?.at ?? 0) <= DELAY_FRESH_MS) longest = Math.max(longest ?? 0, delayMs);
  }
  return longest;
}
