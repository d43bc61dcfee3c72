// Prices and rules of a performance, changed while it sells. If-Match carries the version that was seen.
import {
  type Actor,
  changePerformance as change,
  findSeatingPlan,
  type Mongo,
  type PerformanceRecord,
} from '@onsale/booking-mongo';
import type { PerformanceChange, PerformanceView } from '@onsale/contracts';
import type { Fault, PerformanceId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { seenVersion } from '../seen-version.ts';
import { performanceView } from './create-performance.ts';
import { defaultRules, faultsOfRules, rulesRecord } from './rules-record.ts';

/** Refuses with not_found, precondition_failed, or rule_violated naming every fault. */
export async function changePerformance(
  { mongo }: { readonly mongo: Mongo },
  {
    performanceId,
    ifMatch,
    input,
    actor,
  }: {
    readonly performanceId: PerformanceId;
    readonly ifMatch: string;
    readonly input: PerformanceChange;
    readonly actor: Actor;
  },
): Promise<PerformanceView> {
  const expectedVersion = seenVersion(ifMatch);
  if (expectedVersion === undefined) refuse('precondition_failed');
  const outcome = await change(mongo, {
    performanceId,
    expectedVersion,
    change: (performance) => {
      const faults = faultsOf(performance, input);
      if (faults.length > 0) refuse('rule_violated', { fields: faults });
      return {
        ...(input.prices && { categories: withPrices(performance.categories, input.prices) }),
        ...(input.rules && { rules: rulesRecord(performance.rules ?? defaultRules, input.rules) }),
      };
    },
    actor,
  });
  if (outcome.kind === 'not_found') refuse('not_found');
  if (outcome.kind === 'stale') refuse('precondition_failed');
  const { planId } = outcome.performance;
  return performanceView(outcome.performance, planId === null ? null : await findSeatingPlan(mongo, planId));
}

type Prices = NonNullable<PerformanceChange['prices']>;

function faultsOf({ categories, rules, startsAt }: PerformanceRecord, input: PerformanceChange): readonly Fault[] {
  const prices = (input.prices ?? []).flatMap(({ categoryId, price }, i): Fault[] => {
    const category = categories.find(({ id }) => id === categoryId);
    const tell = (field: string, message: string) => [{ field: `prices.${i}.${field}`, message }];
    if (category === undefined) return tell('categoryId', `the performance has no category ${categoryId}`);
    if (category.price.currency !== price.currency) {
      return tell('price.currency', `the performance is sold in ${category.price.currency}`);
    }
    return (category.fee ?? 0) > price.amount ? tell('price.amount', 'it is less than the fee in it') : [];
  });
  return [...prices, ...faultsOfRules(rulesRecord(rules ?? defaultRules, input.rules), startsAt)];
}

function withPrices(categories: PerformanceRecord['categories'], prices: Prices): PerformanceRecord['categories'] {
  return categories.map((category) => {
    const price = prices.find(({ categoryId }) => categoryId === category.id)?.price;
    return price === undefined ? category : { ...category, price };
  });
}
