// What can be wrong with a performance's price categories: they must cover the seats of the plan, each exactly once.
import type { Fault } from './fault.ts';
import { type PlanFacts, seatsPerCategory } from './plan-faults.ts';

export type CategoryToPrice = {
  readonly id: string;
  readonly kind: 'reserved' | 'general';
  readonly capacity?: number | undefined;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly fee?: number | undefined;
};

/** Every fault of the categories; `plan` is null for a performance without numbered seats. */
export function performanceFaults(categories: readonly CategoryToPrice[], plan: PlanFacts | null): readonly Fault[] {
  const seats = plan === null ? new Map<string, number>() : seatsPerCategory(plan);
  const faults = categories.flatMap((category, i) => categoryFaults({ category, i, categories, seats }));
  const reserved = new Set(categories.filter(({ kind }) => kind === 'reserved').map(({ id }) => id));
  const uncovered = [...seats.keys()].filter((id) => !reserved.has(id));
  const uncoveredFaults = uncovered.map((id) => ({
    field: 'categories',
    message: `the plan has ${seats.get(id)} seats of category ${id}, which has no price here`,
  }));
  return [...faults, ...uncoveredFaults];
}

function categoryFaults({
  category,
  i,
  categories,
  seats,
}: {
  readonly category: CategoryToPrice;
  readonly i: number;
  readonly categories: readonly CategoryToPrice[];
  readonly seats: ReadonlyMap<string, number>;
}): Fault[] {
  const faults: Fault[] = [];
  const tell = (field: string, message: string) => faults.push({ field: `categories.${i}.${field}`, message });
  if (categories.findIndex(({ id }) => id === category.id) !== i) tell('id', `category ${category.id} is there twice`);
  if (category.price.currency !== categories[0]?.price.currency) {
    tell('price.currency', 'one performance has one currency');
  }
  if ((category.fee ?? 0) > category.price.amount) tell('fee', 'it is a part of the price and cannot be more');
  if (category.kind === 'general' && category.capacity === undefined) tell('capacity', 'say how many there are');
  if (category.kind === 'reserved' && category.capacity !== undefined) {
    tell('capacity', 'the plan says how many there are');
  }
  if (category.kind === 'reserved' && !seats.has(category.id)) tell('id', 'no seat of the plan has this category');
  return faults;
}

/** What can be wrong with the rules of a booking; times in milliseconds. */
export function rulesFaults(
  { accessible }: { readonly accessible: { readonly releaseAt: number | null } },
  startsAt: number,
): readonly Fault[] {
  if (accessible.releaseAt === null || accessible.releaseAt < startsAt) return [];
  return [{ field: 'rules.accessible.releaseAt', message: 'seats are released before the performance starts' }];
}
