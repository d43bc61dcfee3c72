// A new performance with its price categories. It goes on sale when a sale names it.
import {
  type Actor,
  addPerformance,
  findEvent,
  findSeatingPlan,
  type Mongo,
  type PerformanceRecord,
  type SeatingPlanRecord,
  shownRules,
} from '@onsale/booking-mongo';
import type { newPerformance, PerformanceView } from '@onsale/contracts';
import { type PerformanceId, performanceFaults, seatsPerCategory } from '@onsale/domain';
import type { z } from 'zod';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { defaultRules, faultsOfRules, rulesRecord } from './rules-record.ts';

type NewPerformance = z.infer<typeof newPerformance>;

/** Refuses with not_found for an unknown event or plan, rule_violated when categories and plan do not fit. */
export async function createPerformance(
  { mongo }: { readonly mongo: Mongo },
  { input, actor }: { readonly input: NewPerformance; readonly actor: Actor },
): Promise<PerformanceView> {
  if ((await findEvent(mongo, input.eventId)) === null) refuse('not_found', { detail: 'There is no such event.' });
  const plan = input.planId === null ? null : await findSeatingPlan(mongo, input.planId);
  if (input.planId !== null && plan === null) refuse('not_found', { detail: 'There is no such seating plan.' });
  const rules = rulesRecord(defaultRules, input.rules);
  const faults = [...performanceFaults(input.categories, plan), ...faultsOfRules(rules, new Date(input.startsAt))];
  if (faults.length > 0) refuse('rule_violated', { fields: faults });
  const record = { ...performanceRecord(input, plan), rules };
  await addPerformance(mongo, record, actor);
  return performanceView(record, plan);
}

function performanceRecord(input: NewPerformance, plan: SeatingPlanRecord | null): PerformanceRecord {
  const seats = plan === null ? new Map<string, number>() : seatsPerCategory(plan);
  return {
    _id: newId<PerformanceId>('perf'),
    eventId: input.eventId,
    saleId: null,
    name: input.name,
    startsAt: new Date(input.startsAt),
    planId: input.planId,
    categories: input.categories.map(({ id, name, kind, price, fee, color, capacity }) => ({
      id,
      name,
      kind,
      price,
      fee: fee ?? 0,
      color,
      capacity: capacity ?? seats.get(id) ?? 0,
    })),
    version: 1,
  };
}

export function performanceView(record: PerformanceRecord, plan: SeatingPlanRecord | null): PerformanceView {
  const { _id, eventId, saleId, name, startsAt, version, categories } = record;
  return {
    id: _id,
    eventId,
    saleId,
    name,
    startsAt: startsAt.toISOString(),
    version,
    categories: categories.map(({ capacity: _capacity, fee, ...category }) => ({ ...category, fee: fee ?? 0 })),
    rules: shownRules(record),
    plan: plan && { width: plan.width, height: plan.height, focus: plan.focus, sections: plan.sections },
  };
}
