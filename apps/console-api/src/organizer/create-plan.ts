// A new seating plan; it never changes afterwards.
import { type Actor, addSeatingPlan, type Mongo } from '@onsale/booking-mongo';
import type { newPlan } from '@onsale/contracts';
import { type PlanId, planFaults } from '@onsale/domain';
import type { z } from 'zod';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';

/** Refuses with rule_violated, naming what is wrong with the plan. */
export async function createPlan(
  { mongo }: { readonly mongo: Mongo },
  { name, plan, actor }: z.infer<typeof newPlan> & { readonly actor: Actor },
): Promise<PlanId> {
  const faults = planFaults(plan);
  if (faults.length > 0) refuse('rule_violated', { fields: faults });
  const _id = newId<PlanId>('plan');
  const record = { _id, name, ...plan, createdAt: actor.at };
  await addSeatingPlan(mongo, { plan: record, file: null, replaces: null }, actor);
  return _id;
}
