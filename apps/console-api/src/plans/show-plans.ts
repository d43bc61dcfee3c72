// Seating plans as the organizer sees them: the list, one whole, and as a file to take along.
import {
  type Actor,
  changePerformance,
  countPerformancesOf,
  findSeatingFile,
  findSeatingPlan,
  listSeatingPlans,
  type Mongo,
  type SeatingPlanRecord,
} from '@onsale/booking-mongo';
import type { PerformanceView, PlanSummary } from '@onsale/contracts';
import {
  fileOfPlan,
  hallRowsOf,
  type PerformanceId,
  type PlanId,
  performanceFaults,
  seatsPerCategory,
  writeSeatingFile,
} from '@onsale/domain';
import { refuse } from '../errors.ts';
import { performanceView } from '../organizer/create-performance.ts';
import { seenVersion } from '../seen-version.ts';
import { hallTable } from './hall-table.ts';
import { shownPlan } from './import-plan.ts';

type Deps = { readonly mongo: Mongo };
const PLANS_MAX = 200;

export async function showPlans({ mongo }: Deps): Promise<readonly PlanSummary[]> {
  const plans = await listSeatingPlans(mongo, PLANS_MAX);
  const used = await countPerformancesOf(
    mongo,
    plans.map(({ _id }) => _id),
  );
  return plans.map((plan) => summaryOf(plan, used.get(plan._id) ?? 0));
}

export async function showPlan({ mongo }: Deps, planId: PlanId) {
  const plan = await readPlan({ mongo }, planId);
  const used = await countPerformancesOf(mongo, [planId]);
  return { ...summaryOf(plan, used.get(planId) ?? 0), plan: shownPlan(plan) };
}

/** The text of the file and what it is. */
export async function planFile(
  { mongo }: Deps,
  { planId, format }: { readonly planId: PlanId; readonly format: 'json' | 'csv' | 'flags' },
): Promise<{ readonly text: string; readonly type: string; readonly name: string }> {
  const plan = await readPlan({ mongo }, planId);
  if (format === 'csv') {
    return { text: hallTable(hallRowsOf(plan)), type: 'text/csv; charset=utf-8', name: `${planId}.csv` };
  }
  const { file, flags } = (await findSeatingFile(mongo, planId)) ?? fileOfPlan(plan.name, plan);
  const content = format === 'flags' ? flags : writeSeatingFile({ ...file, name: plan.name });
  return { text: JSON.stringify(content), type: 'application/json', name: `${planId}.${format}.json` };
}

/** Refuses with not_found, precondition_failed, conflict once it is on sale, rule_violated when prices and plan do not fit. */
export async function setPerformancePlan(
  { mongo }: Deps,
  wish: {
    readonly performanceId: PerformanceId;
    readonly planId: PlanId;
    readonly ifMatch: string;
    readonly actor: Actor;
  },
): Promise<PerformanceView> {
  const plan = await readPlan({ mongo }, wish.planId);
  const expectedVersion = seenVersion(wish.ifMatch);
  if (expectedVersion === undefined) refuse('precondition_failed');
  const seats = seatsPerCategory(plan);
  const outcome = await changePerformance(mongo, {
    performanceId: wish.performanceId,
    expectedVersion,
    change: ({ saleId, categories }) => {
      if (saleId !== null) {
        refuse('conflict', { detail: 'It is on sale by its plan: seats that may be sold do not move.' });
      }
      const wished = categories.map(({ capacity, ...category }) => ({
        ...category,
        ...(category.kind === 'general' && { capacity }),
      }));
      const faults = performanceFaults(wished, plan);
      if (faults.length > 0) refuse('rule_violated', { fields: faults });
      const seated = categories.map((category) => ({
        ...category,
        capacity: seats.get(category.id) ?? category.capacity,
      }));
      return { planId: wish.planId, categories: seated };
    },
    actor: wish.actor,
  });
  if (outcome.kind === 'not_found') refuse('not_found');
  if (outcome.kind === 'stale') refuse('precondition_failed');
  return performanceView(outcome.performance, plan);
}

async function readPlan({ mongo }: Deps, planId: PlanId): Promise<SeatingPlanRecord> {
  return (await findSeatingPlan(mongo, planId)) ?? refuse('not_found', { detail: 'There is no such seating plan.' });
}

function summaryOf(plan: SeatingPlanRecord, used: number): PlanSummary {
  const count = seatsPerCategory(plan);
  const named = new Map(plan.categories?.map((category) => [category.id as string, category]));
  return {
    id: plan._id,
    name: plan.name,
    version: plan.version ?? 1,
    replacedBy: plan.replacedBy ?? null,
    seats: [...count.values()].reduce((sum, seats) => sum + seats, 0),
    categories: [...count].map(([id, seats]) => ({
      id: id as PlanSummary['categories'][number]['id'],
      name: named.get(id)?.name ?? id,
      color: named.get(id)?.color ?? null,
      seats,
    })),
    performances: used,
    createdAt: plan.createdAt.toISOString(),
  };
}
