// What the leader of a sale remembers between ticks. All of it can be lost: the stores hold what must not be.
import type { DrawRecord, StockOfSale } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import type { Outflow } from '@onsale/domain';
import { newPresenceMemory, type PresenceMemory } from './watch-presence.ts';

export type SaleMemory = {
  /** Rate that was allowed and not used, in calls. */
  credit: number;
  /** When the last decision was made, ms on the line's clock; null before the first. */
  decidedAt: number | null;
  /** Calls of the last minutes, oldest first, bounded by their age. */
  outflow: Outflow[];
  calledSoFar: number;
  /** Where the measure of seats per fan begins. */
  basketFrom: { readonly epoch: number; readonly admitted: number; readonly seats: number } | null;
  /** How many had joined at the last tick. */
  joined: { readonly at: number; readonly count: number } | null;
  stock: { readonly at: number; readonly value: StockOfSale } | null;
  published: LineDocument | null;
  /** The last decision that was kept, to keep only those that differ. */
  kept: { readonly at: number; readonly reason: string } | null;
  draws: readonly DrawRecord[];
  readonly presence: PresenceMemory;
};

export function newSaleMemory(): SaleMemory {
  return {
    credit: 0,
    decidedAt: null,
    outflow: [],
    calledSoFar: 0,
    basketFrom: null,
    joined: null,
    stock: null,
    published: null,
    kept: null,
    draws: [],
    presence: newPresenceMemory(),
  };
}
