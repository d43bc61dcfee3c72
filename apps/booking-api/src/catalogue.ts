// The catalogue as the pages need it, read from MongoDB and remembered for a second.
import {
  type CategoryStock,
  draws,
  type EventRecord,
  events,
  type Mongo,
  type PerformanceRecord,
  performances,
  readCategoryStock,
  readStock,
  type SaleRecord,
  type SeatingPlanRecord,
  sales,
  seatingPlans,
} from '@onsale/booking-mongo';
import {
  type CategoryId,
  type EventId,
  type HoldTerms,
  longestHoldMs,
  type PerformanceId,
  type PlanId,
  type SaleId,
} from '@onsale/domain';
import { remember } from './remember.ts';

const FRESH_MS = 1_000;
const PLAN_MS = 3_600_000; // plans never change; an hour bounds the memory of those no longer looked at
const ENTRIES_MAX = 1_000;
const PLANS_MAX = 50;

export type SaleSnapshot = {
  readonly sale: SaleRecord;
  readonly eventSlug: string;
  readonly drawn: ReadonlySet<string>;
  readonly soldOut: boolean;
  readonly holdTerms: HoldTerms;
};

export type Catalogue = ReturnType<typeof createCatalogue>;

export function createCatalogue(mongo: Mongo, now: () => number) {
  const short = { forMs: FRESH_MS, max: ENTRIES_MAX, now };
  return {
    publishedEvents: remember<'all', EventRecord[]>(
      () => events(mongo).find({ published: true }).sort({ createdAt: 1 }).lean(),
      short,
    ),
    eventBySlug: remember<string, EventRecord | null>(
      (slug) => events(mongo).findOne({ slug, published: true }).lean(),
      short,
    ),
    performancesOf: remember<EventId, PerformanceRecord[]>(
      (eventId) => performances(mongo).find({ eventId }).sort({ startsAt: 1 }).lean(),
      short,
    ),
    performance: remember<PerformanceId, PerformanceRecord | null>(
      (id) => performances(mongo).findById(id).lean(),
      short,
    ),
    performancesOnSale: remember<'all', Pick<PerformanceRecord, '_id' | 'saleId'>[]>(
      () =>
        performances(mongo)
          .find({ saleId: { $ne: null } }, { saleId: 1 })
          .lean(),
      short,
    ),
    salesOf: remember<EventId, SaleRecord[]>((eventId) => sales(mongo).find({ eventId }).lean(), short),
    stockOf: remember<PerformanceId, ReadonlyMap<CategoryId, CategoryStock>>(
      (id) => readCategoryStock(mongo, id),
      short,
    ),
    event: remember<EventId, EventRecord | null>((id) => events(mongo).findById(id).lean(), short),
    sale: remember<SaleId, SaleSnapshot | null>((saleId) => readSale(mongo, saleId), short),
    plan: remember<PlanId, SeatingPlanRecord | null>((id) => seatingPlans(mongo).findById(id).lean(), {
      forMs: PLAN_MS,
      max: PLANS_MAX,
      now,
    }),
  };
}

async function readSale(mongo: Mongo, saleId: SaleId): Promise<SaleSnapshot | null> {
  const sale = await sales(mongo).findById(saleId).lean();
  if (sale === null) return null;
  const event = await events(mongo).findById(sale.eventId, { slug: 1 }).lean();
  const held = await draws(mongo)
    .find({ saleId, revealedAt: { $ne: null } }, { phaseId: 1 })
    .lean();
  const { free, openHolds } = await readStock(mongo, saleId);
  return {
    sale,
    eventSlug: event?.slug ?? '',
    drawn: new Set(held.map(({ phaseId }) => phaseId)),
    // What is held may come back.
    holdTerms: { holdMs: sale.holdSeconds * 1000, holdMaxMs: longestHoldMs(sale) },
    soldOut: sale.soldOut || (free === 0 && openHolds === 0),
  };
}
