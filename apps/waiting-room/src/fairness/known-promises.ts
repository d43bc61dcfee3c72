// What fans were promised in each sale, read again every few seconds however many ask.
import { findPromises, type Mongo } from '@onsale/booking-mongo';
import type { PromiseCounts, SaleId } from '@onsale/domain';
import type { Clock } from '@onsale/runtime';

export type KnownPromises = { of(saleId: SaleId): Promise<PromiseCounts | null> };

const FRESH_MS = 5_000;
const KNOWN_MAX = 1_000;

export function knownPromises({ mongo, clock }: { readonly mongo: Mongo; readonly clock: Clock }): KnownPromises {
  const known = new Map<SaleId, { readonly at: number; readonly counts: Promise<PromiseCounts | null> }>();
  return {
    of: (saleId) => {
      const entry = known.get(saleId);
      if (entry !== undefined && clock.now() - entry.at < FRESH_MS) return entry.counts;
      const counts = findPromises(mongo, saleId);
      known.delete(saleId);
      known.set(saleId, { at: clock.now(), counts });
      if (known.size > KNOWN_MAX) known.delete(known.keys().next().value as SaleId);
      counts.catch(() => known.delete(saleId)); // the next one asks again
      return counts;
    },
  };
}
