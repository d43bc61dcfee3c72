// Tells those who look at a plan which seats changed, at most four times a second for a performance, however many
// batches were committed meanwhile. An event may be lost: its version tells the page that one is missing.
import type { AvailabilityEvent } from '@onsale/contracts';
import type { ClaimChange, PerformanceId, SaleId, SeatId } from '@onsale/domain';
import type { Part } from '@onsale/runtime';

export type AvailabilityTellerDeps = {
  toShop(saleId: SaleId, event: AvailabilityEvent): void;
  /** The version of the performance's availability now. */
  versionOf(performanceId: PerformanceId): Promise<number>;
};

export type AvailabilityTeller = Part & {
  note(change: {
    readonly saleId: SaleId;
    readonly performanceId: PerformanceId;
    readonly claims: readonly ClaimChange[];
  }): void;
};

const EVERY_MS = 250;

type Pending = { readonly saleId: SaleId; readonly isTaken: Map<SeatId, boolean> };

export function availabilityTeller({ toShop, versionOf }: AvailabilityTellerDeps): AvailabilityTeller {
  const pending = new Map<PerformanceId, Pending>();
  let timer: NodeJS.Timeout | undefined;

  async function tellOne(performanceId: PerformanceId, { saleId, isTaken }: Pending): Promise<void> {
    // Read after the changes: it is at least theirs, and a page that has a lower one asks for the whole.
    const version = await versionOf(performanceId);
    const taken = [...isTaken].flatMap(([seatId, is]) => (is ? [seatId] : []));
    const released = [...isTaken].flatMap(([seatId, is]) => (is ? [] : [seatId]));
    toShop(saleId, { performanceId, version, taken, released });
  }

  async function tellAll(): Promise<void> {
    const all = [...pending];
    pending.clear();
    await Promise.all(all.map(([performanceId, one]) => tellOne(performanceId, one).catch(() => undefined)));
  }

  return {
    name: 'availability',
    note({ saleId, performanceId, claims }) {
      const { isTaken } = pending.get(performanceId) ?? { isTaken: new Map<SeatId, boolean>() };
      for (const { seatId, to } of claims) isTaken.set(seatId, to !== null);
      pending.set(performanceId, { saleId, isTaken });
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
