// Tells those who look at a plan, and the projection, what changed: at most four times a second for a performance, however
// many batches were committed meanwhile. An event may be lost: its versions tell the page that one is missing.
import type { StockAfter } from '@onsale/booking-mongo';
import type { AvailabilityEvent } from '@onsale/contracts';
import type { ClaimChange, PerformanceId, SaleId, SeatId } from '@onsale/domain';
import type { Part } from '@onsale/runtime';
import type { StockChange } from '@onsale/shop-redis';

export type AvailabilityTellerDeps = {
  toShop(saleId: SaleId, event: AvailabilityEvent): void;
  /** Never rejects. */
  project(change: StockChange): Promise<void>;
};

export type AvailabilityTeller = Part & {
  note(change: { readonly stock: StockAfter; readonly claims: readonly ClaimChange[] }): void;
};

const EVERY_MS = 250;

type Pending = StockChange & {
  readonly saleId: SaleId;
  readonly seats: Map<SeatId, 'taken' | 'released'>;
};

export function availabilityTeller({ toShop, project }: AvailabilityTellerDeps): AvailabilityTeller {
  let pending = new Map<PerformanceId, Pending>();
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<unknown> = Promise.resolve();

  async function tellOne({ saleId, ...change }: Pending): Promise<void> {
    const { performanceId, from, to, counts, seats } = change;
    const those = (what: 'taken' | 'released') => [...seats].flatMap(([seatId, is]) => (is === what ? [seatId] : []));
    // What is kept back may be open to this one or that: of such categories only the route can tell.
    const free = [...counts].flatMap(([categoryId, count]) =>
      count.blocked === 0 ? [{ categoryId, free: count.free }] : [],
    );
    toShop(saleId, {
      performanceId,
      since: from,
      version: to,
      taken: those('taken'),
      released: those('released'),
      free,
    });
    await project({ performanceId, from, to, counts, seats });
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
      const { performanceId, saleId, from, to } = stock;
      const known = pending.get(performanceId);
      const next: Pending = {
        performanceId,
        saleId,
        // Not seamless after another worker had the partition in between: then what came before counts as missing.
        from: known?.to === from ? known.from : from,
        to,
        counts: new Map([...(known?.counts ?? []), ...stock.counts]),
        seats: known?.seats ?? new Map(),
      };
      for (const { seatId, to: owner } of claims) next.seats.set(seatId, owner === null ? 'released' : 'taken');
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
