// Counts how often the pages of each sale are asked for, and tells the admitter where a safety net is spread. A sale that
// sends everybody through the line needs no count.
import type { SaleId } from '@onsale/domain';
import { type Logger, type Part, repeat } from '@onsale/runtime';

export type PageHitsDeps = {
  /** Whether this sale's room is switched by a safety net. */
  hasSafetyNet(saleId: SaleId): Promise<boolean>;
  add(hits: { readonly saleId: SaleId; readonly hits: number }): Promise<void>;
  readonly logger: Logger;
};

export type PageHits = Part & { hit(saleId: SaleId | null): void; tell(): Promise<void> };

const TELL_EVERY_MS = 1_000;
const SALES_MAX = 1_000; // counted at once; more are not on sale in one installation

export function pageHits({ hasSafetyNet, add, logger }: PageHitsDeps): PageHits {
  let counts = new Map<SaleId, number>();
  const tell = async () => {
    const told = counts;
    counts = new Map();
    for (const [saleId, hits] of told) if (await hasSafetyNet(saleId)) await add({ saleId, hits });
  };
  const loop = repeat({ name: 'hits of pages', everyMs: TELL_EVERY_MS, logger, run: tell });
  return {
    ...loop,
    tell,
    hit: (saleId) => {
      if (saleId === null || (counts.size >= SALES_MAX && !counts.has(saleId))) return;
      counts.set(saleId, (counts.get(saleId) ?? 0) + 1);
    },
  };
}
