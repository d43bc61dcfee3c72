// Tells those who look at a plan, and the projection, what changed: at most four times a second for a performance, however
// many batches were committed meanwhile. An event may be lost: its versions tell the page that one is missing.
import type { StockAfter } from '@onsale/booking-mongo';
import type { AvailabilityEvent } from '@onsale/contracts';
import {
  audienceKey,
  type ClaimChange,
  type PerformanceId,
  type SaleId,
  type SeatId,
  type SeatOwner,
} from '@onsale/domain';
import type { Part } from '@onsale/runtime';
import type { StockChange } from '@onsale/shop-redis';
import { availabilityEventOf } from './availability-event.ts';

export type AvailabilityTellerDeps = {
  toShop(saleId: SaleId, event: AvailabilityEvent): void;
  /** Never rejects. */
  project(change: StockChange): Promise<void>;
};

export type AvailabilityTeller = Part & {
  note(change: { readonly stock: StockAfter; readonly claims: readonly ClaimChange[] }): void;
};

const EVERY_MS = 250;

/** What changed since it was told last. */
export type Pending = Omit<StockChange, 'seats'> &
  Pick<StockAfter, 'kept'> & {
    readonly saleId: SaleId;
    readonly owners: Map<SeatId, SeatOwner | null>;
  };

export function availabilityTeller({ toShop, project }: AvailabilityTellerDeps): AvailabilityTeller {
  let pending = new Map<PerformanceId, Pending>();
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<unknown> = Promise.resolve();

  async function tellOne({ saleId, owners, kept, ...change }: Pending): Promise<void> {
    toShop(saleId, availabilityEventOf({ saleId, owners, kept, ...change }));
    const seats = new Map(
      [...owners].map(([seatId, owner]) => [seatId, owner === null ? 'released' : 'taken'] as const),
    );
    await project({ ...change, seats });
  }

  /** One after the other: the changes of a performance must reach the projection in their order. */
  function tellAll(): Promise<unknown> {
    const all = [...pending.values()];
    pending = new Map();
    if (all.length > 0) telling = telling.then(() => Promise.all(all.map(tellOne)));
    return telling;
  }

  return {
    name: 'availability',
    note({ stock, claims }) {
      const { performanceId, saleId, from, to, kept } = stock;
      const known = pending.get(performanceId);
      const next: Pending = {
        performanceId,
        saleId,
        // Not seamless after another worker had the partition in between: then what came before counts as missing.
        from: known?.to === from ? known.from : from,
        to,
        counts: new Map([...(known?.counts ?? []), ...stock.counts]),
        owners: known?.owners ?? new Map(),
        kept: { ...kept, allocations: latestOf([...(known?.kept.allocations ?? []), ...kept.allocations]) },
      };
      for (const { seatId, to: owner } of claims) next.owners.set(seatId, owner);
      pending.set(performanceId, next);
    },
    start: async () => {
      timer = setInterval(() => void tellAll(), EVERY_MS);
    },
    stop: async () => {
      clearInterval(timer);
      await tellAll();
    },
  };
}

/** Each audience as it was told last. */
function latestOf(allocations: StockAfter['kept']['allocations']): StockAfter['kept']['allocations'] {
  return [...new Map(allocations.map((one) => [audienceKey(one.audience), one])).values()];
}
