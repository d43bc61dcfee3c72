// Performances: one date in one venue, with its price categories.
import {
  type AccessiblePolicy,
  type CategoryId,
  defaultSeatingRules,
  type EventId,
  type Money,
  type PerformanceId,
  type PlanId,
  type SaleId,
  type SeatingRules,
} from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type CategoryRecord = {
  id: CategoryId;
  name: string;
  kind: 'reserved' | 'general';
  price: Money;
  /** How much of the price is fees; absent in what was made before there were any. */
  fee?: number;
  color: string;
  /** Seats of the plan for `reserved`, places for `general`. */
  capacity: number;
};

export type RulesRecord = Omit<SeatingRules, 'accessible'> & {
  readonly accessible: Omit<AccessiblePolicy, 'releaseAt'> & { readonly releaseAt: Date | null };
};

export type PerformanceRecord = {
  _id: PerformanceId;
  eventId: EventId;
  saleId: SaleId | null;
  name: string;
  startsAt: Date;
  planId: PlanId | null;
  categories: CategoryRecord[];
  /** The rules of a booking; absent: the usual ones. */
  rules?: RulesRecord;
  /** Rises when prices or seating change; the public page is immutable by it. */
  version: number;
  /** Since when it does not take place; absent or null when it does. */
  cancelledAt?: Date | null;
};

const schema = new Schema<PerformanceRecord>(
  {
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    saleId: { type: String, default: null },
    name: { type: String, required: true },
    startsAt: { type: Date, required: true },
    planId: { type: String, default: null },
    categories: { type: Schema.Types.Mixed, required: true },
    rules: { type: Schema.Types.Mixed },
    version: { type: Number, required: true },
    cancelledAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ eventId: 1 });
schema.index({ saleId: 1 });

export const performances = collection('performances', schema);

/** The rules of a booking for this performance. */
export function seatingRulesOf({ rules }: Pick<PerformanceRecord, 'rules'>): SeatingRules {
  if (rules === undefined) return defaultSeatingRules;
  return { ...rules, accessible: { ...rules.accessible, releaseAt: rules.accessible.releaseAt?.getTime() ?? null } };
}

/** The same as everybody is shown them. */
export function shownRules(performance: Pick<PerformanceRecord, 'rules'>) {
  const { accessible, ...rules } = seatingRulesOf(performance);
  const { releaseAt } = accessible;
  return {
    ...rules,
    accessible: { ...accessible, releaseAt: releaseAt === null ? null : new Date(releaseAt).toISOString() },
  };
}

/** Those that belong to a sale, in a fixed order. */
export async function performancesOnSale(mongo: Mongo): Promise<readonly PerformanceId[]> {
  const found = await performances(mongo)
    .find({ saleId: { $ne: null } }, { _id: 1 })
    .sort({ _id: 1 })
    .lean();
  return found.map(({ _id }) => _id);
}
