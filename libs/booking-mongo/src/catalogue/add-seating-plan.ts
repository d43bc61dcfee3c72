// Seating plans come in, each in one transaction with its file, its place in the line of versions and its entry in the
// audit log; and are looked up for the organizer. Read concern snapshot, write concern majority.
import type { PlanId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';
import { performances } from './performances.ts';
import { type KeptSeatingFile, type SeatingPlanRecord, seatingFiles, seatingPlans } from './seating-plans.ts';

type NewPlan = {
  readonly plan: SeatingPlanRecord;
  /** Null for a plan that came from no file. */
  readonly file: KeptSeatingFile | null;
  /** The plan whose next version it is; null for a hall of its own. */
  readonly replaces: PlanId | null;
};

/** `replaced` when the plan it was to replace is not there or has a next version already. */
export async function addSeatingPlan(
  mongo: Mongo,
  { plan, file, replaces }: NewPlan,
  actor: Actor,
): Promise<'added' | 'replaced'> {
  return runTransaction(mongo, async (session) => {
    let version = 1;
    if (replaces !== null) {
      const newest = { _id: replaces, replacedBy: null };
      const before = await seatingPlans(mongo)
        .findOneAndUpdate(newest, { $set: { replacedBy: plan._id } }, { session, projection: { version: 1 } })
        .lean();
      if (before === null) return 'replaced';
      version = (before.version ?? 1) + 1;
    }
    await seatingPlans(mongo).create([{ ...plan, version }], { session });
    if (file !== null) await seatingFiles(mongo).create([{ _id: plan._id, json: JSON.stringify(file) }], { session });
    const after = { name: plan.name, version, replaces };
    await recordAct(mongo, { act: 'seating plan added', subject: `plan:${plan._id}`, after }, { actor, session });
    return 'added';
  });
}

export async function findSeatingFile(mongo: Mongo, id: PlanId): Promise<KeptSeatingFile | null> {
  const found = await seatingFiles(mongo).findById(id).lean();
  return found === null ? null : JSON.parse(found.json);
}

/** Newest first. */
export async function listSeatingPlans(mongo: Mongo, limit: number): Promise<readonly SeatingPlanRecord[]> {
  return seatingPlans(mongo).find().sort({ createdAt: -1, _id: 1 }).limit(limit).lean<SeatingPlanRecord[]>();
}

/** How many performances seat by each of these plans; none is left out. */
export async function countPerformancesOf(
  mongo: Mongo,
  planIds: readonly PlanId[],
): Promise<ReadonlyMap<PlanId, number>> {
  const counted = new Map<PlanId, number>();
  const found = await performances(mongo)
    .find({ planId: { $in: [...planIds] } }, { planId: 1 })
    .lean();
  for (const { planId } of found) if (planId !== null) counted.set(planId, (counted.get(planId) ?? 0) + 1);
  return counted;
}
