// What organizers bring into the world. Each function is one transaction together with its entry in the audit log.
// Read concern snapshot, write concern majority: a sale that was answered as made must survive a change of primary.
import type { EventId, PerformanceId, PlanId, SaleId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type DrawRecord, draws } from '../line/draws.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';
import { type EventRecord, events } from './events.ts';
import { type PerformanceRecord, performances } from './performances.ts';
import { type SaleRecord, sales } from './sales.ts';
import { type SeatingPlanRecord, seatingPlans } from './seating-plans.ts';

const DUPLICATE_KEY = 11_000;

export async function publishEvent(
  mongo: Mongo,
  event: EventRecord,
  actor: Actor,
): Promise<'published' | 'slug_taken'> {
  try {
    await runTransaction(mongo, async (session) => {
      await events(mongo).create([event], { session });
      const after = { slug: event.slug, title: event.title };
      await recordAct(mongo, { act: 'event published', subject: `event:${event._id}`, after }, { actor, session });
    });
    return 'published';
  } catch (error) {
    if ((error as { code?: unknown }).code === DUPLICATE_KEY) return 'slug_taken';
    throw error;
  }
}

export async function addPerformance(mongo: Mongo, performance: PerformanceRecord, actor: Actor): Promise<void> {
  await runTransaction(mongo, async (session) => {
    await performances(mongo).create([performance], { session });
    const after = { name: performance.name, eventId: performance.eventId };
    const subject = `performance:${performance._id}`;
    await recordAct(mongo, { act: 'performance added', subject, after }, { actor, session });
  });
}

/** The sale, the commitments of its draws, and its performances going on sale become true at once. */
export async function publishSale(
  mongo: Mongo,
  { sale, draws: commitments }: { readonly sale: SaleRecord; readonly draws: readonly DrawRecord[] },
  actor: Actor,
): Promise<'published' | 'performance_taken'> {
  return runTransaction(mongo, async (session) => {
    const free = { _id: { $in: sale.performanceIds }, saleId: null };
    const { modifiedCount } = await performances(mongo).updateMany(free, { $set: { saleId: sale._id } }, { session });
    if (modifiedCount !== sale.performanceIds.length) throw new PerformanceTaken();
    await sales(mongo).create([sale], { session });
    await draws(mongo).create([...commitments], { session, ordered: true });
    const after = { name: sale.name, performanceIds: sale.performanceIds, phases: sale.phases };
    await recordAct(mongo, { act: 'sale published', subject: `sale:${sale._id}`, after }, { actor, session });
    return 'published' as const;
  }).catch((error: unknown) => {
    if (error instanceof PerformanceTaken) return 'performance_taken' as const;
    throw error;
  });
}

/** Thrown to abort: performances given to a sale that is then refused must not stay given. */
class PerformanceTaken extends Error {}

export type PerformanceForSale = {
  readonly _id: PerformanceId;
  readonly eventId: EventId;
  readonly saleId: string | null;
  readonly currencies: readonly string[];
};

/** The performances of these ids that exist, in the order asked for. */
export async function performancesForSale(
  mongo: Mongo,
  ids: readonly PerformanceId[],
): Promise<readonly PerformanceForSale[]> {
  const found = await performances(mongo)
    .find({ _id: { $in: ids } })
    .lean();
  const byId = new Map(found.map((performance) => [performance._id, performance]));
  return ids.flatMap((id) => {
    const performance = byId.get(id);
    if (performance === undefined) return [];
    const { _id, eventId, saleId, categories } = performance;
    return [{ _id, eventId, saleId, currencies: categories.map(({ price }) => price.currency) }];
  });
}

export async function findSeatingPlan(mongo: Mongo, id: PlanId): Promise<SeatingPlanRecord | null> {
  return seatingPlans(mongo).findById(id).lean<SeatingPlanRecord>();
}

export async function findPerformance(mongo: Mongo, id: PerformanceId): Promise<PerformanceRecord | null> {
  return performances(mongo).findById(id).lean<PerformanceRecord>();
}

export async function findEvent(mongo: Mongo, id: EventId): Promise<EventRecord | null> {
  return events(mongo).findById(id).lean<EventRecord>();
}

/** Whether this database has seen an event yet: the demo is made once, in an empty one. */
export async function hasEvents(mongo: Mongo): Promise<boolean> {
  return (await events(mongo).exists({})) !== null;
}

export async function findSale(mongo: Mongo, id: SaleId): Promise<SaleRecord | null> {
  return sales(mongo).findById(id).lean<SaleRecord>();
}
