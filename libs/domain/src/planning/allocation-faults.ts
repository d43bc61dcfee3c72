// What can be wrong with the allocations of a planned sale: stock that is not there, or is promised twice.
import type { Fault } from '../catalogue/fault.ts';
import type { PlannedPerformance, PlannedSale, SaleSurroundings } from './sale-checklist.ts';

/** A list of seats from another plan is wrong everywhere: this many faults tell enough. */
const FAULTS_TOLD_MAX = 20;

export function allocationFaults(sale: PlannedSale, { performances }: SaleSurroundings): readonly Fault[] {
  const books = new Map(performances.map((performance) => [performance.id, bookOf(performance)]));
  const faults: Fault[] = [];
  for (const [a, { performanceId, items, audience }] of sale.allocations.entries()) {
    const tell = (field: string, message: string) => faults.push({ field: `allocations.${a}.${field}`, message });
    const known = { phase: sale.phases.length, code_set: sale.codeSets.length, channel: Number.POSITIVE_INFINITY };
    if (audience !== null && audience.index >= known[audience.kind]) {
      tell('audience', audience.kind === 'phase' ? 'the sale has no such phase' : 'the sale has no such set of codes');
    }
    const book = books.get(performanceId);
    if (book === undefined) {
      tell('performanceId', 'the sale does not sell this performance');
      continue;
    }
    for (const [i, item] of items.entries()) {
      const looks =
        'seatIds' in item
          ? item.seatIds.map((id, s) => [`items.${i}.seatIds.${s}`, book.takeSeat(id)] as const)
          : [[`items.${i}.quantity`, book.take(item.categoryId, item.quantity)] as const];
      for (const [field, wrong] of looks) if (wrong !== null) tell(field, wrong);
    }
  }
  return faults.slice(0, FAULTS_TOLD_MAX);
}

/** What is left of a performance while its allocations are taken out, one after the other. */
function bookOf({ categories, seats }: PlannedPerformance) {
  const left = new Map(categories.map(({ id, capacity }) => [id, capacity]));
  const taken = new Set<string>();
  const take = (categoryId: string, quantity: number): string | null => {
    const free = left.get(categoryId);
    if (free === undefined) return `the performance has no category ${categoryId}`;
    left.set(categoryId, free - quantity);
    return free < quantity ? `of category ${categoryId} only ${Math.max(0, free)} are left for it` : null;
  };
  return {
    take,
    takeSeat(id: string): string | null {
      const categoryId = seats.get(id);
      if (categoryId === undefined) return `the plan has no seat ${id}`;
      if (taken.has(id)) return `seat ${id} is kept back twice`;
      taken.add(id);
      return take(categoryId, 1);
    },
  };
}
