// The plan of a performance, which never changes; null for one without seats or one that is not there.
import type { PerformanceId } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import { performances } from './performances.ts';
import { type SeatingPlanRecord, seatingPlans } from './seating-plans.ts';

export async function planOfPerformance(mongo: Mongo, performanceId: PerformanceId): Promise<SeatingPlanRecord | null> {
  const found = await performances(mongo).findById(performanceId, { planId: 1 }).lean();
  return found?.planId == null ? null : seatingPlans(mongo).findById(found.planId).lean<SeatingPlanRecord>();
}
