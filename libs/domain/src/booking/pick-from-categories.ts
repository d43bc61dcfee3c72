// So many places of a price, or of any of several prices: the best that are together. Who accepts several prices gets all
// places of one: of the earliest that has as good a placement as any other.
import type { CategoryId } from '../ids.ts';
import { bestAccessible } from '../seats/accessible-seats.ts';
import { bestAvailable, largestPlacement, placementGrades } from '../seats/best-available.ts';
import type { SeatSpot } from '../seats/seat-map.ts';
import type { BestAvailableRequest } from '../seats/seat-search.ts';
import { type Basket, freeFor, seatItem } from './basket.ts';
import type { WantedItem } from './booking-command.ts';
import type { BookedItem } from './booking-record.ts';
import type { CategoryFacts } from './booking-world.ts';
import type { Picked, Refused } from './reserve.ts';

type WantedOfCategories = Extract<WantedItem, { readonly quantity: unknown }>;

export function pickFromCategories(basket: Basket, wanted: WantedOfCategories): Picked | Refused {
  const { quantity } = wanted;
  const known: CategoryFacts[] = [];
  for (const id of categoriesOf(wanted)) {
    const category = basket.performance.categories.get(id);
    if (category === undefined) return { kind: 'refused', reason: 'unknown_category' };
    known.push(category);
  }
  const accessible = Math.min(wanted.accessible ?? 0, quantity);
  const free = freeFor(basket, accessible > 0);
  const { seed, performance } = basket;
  const requestOf = ({ id: categoryId }: CategoryFacts) => ({
    seatMap: performance.seatMap,
    categoryId,
    quantity,
    free,
    seed,
  });
  for (const grade of gradesFor(known, accessible)) {
    for (const category of known) {
      const items =
        category.kind === 'general'
          ? pickGeneral(basket, { category, quantity })
          : itemsOf(basket, grade(requestOf(category)));
      if (items !== null) return { kind: 'picked', items };
    }
  }
  const reserved = known.filter(({ kind }) => kind === 'reserved').map(requestOf);
  const largest = longest(
    reserved.map((request) => (accessible > 0 ? fewerAccessible(request, accessible) : largestPlacement(request))),
  );
  return {
    kind: 'refused',
    reason: largest.length === 0 ? 'sold_out' : 'no_block',
    alternatives: largest.map(({ id }) => id),
  };
}

/** In the order of the fan's wishes. */
function categoriesOf(wanted: WantedOfCategories): ReadonlySet<CategoryId> {
  return new Set('categoryIds' in wanted ? wanted.categoryIds : [wanted.categoryId]);
}

type Grade = (typeof placementGrades)[number];

function gradesFor(known: readonly CategoryFacts[], accessible: number): readonly Grade[] {
  if (accessible > 0) return [(request) => bestAccessible({ ...request, accessible })];
  return known.length === 1 ? [bestAvailable] : placementGrades;
}

function itemsOf(basket: Basket, seats: readonly SeatSpot[] | null): readonly BookedItem[] | null {
  return seats?.flatMap((seat) => seatItem(basket, seat)) ?? null;
}

function longest(placements: readonly (readonly SeatSpot[])[]): readonly SeatSpot[] {
  return placements.reduce((best, one) => (one.length > best.length ? one : best), []);
}

/** The most that can sit together: first fewer companions, then fewer accessible seats. */
function fewerAccessible(request: BestAvailableRequest, wanted: number): readonly SeatSpot[] {
  for (let quantity = request.quantity - 1; quantity > 0; quantity--) {
    const accessible = Math.min(wanted, quantity);
    const seats = bestAccessible({ ...request, quantity, accessible });
    if (seats !== null) return seats;
  }
  return [];
}

/** First out of the buyer's allocations, then what is free for all; null when there are too few. */
function pickGeneral(
  { ledger, performance, open, items }: Basket,
  { category, quantity }: { readonly category: CategoryFacts; readonly quantity: number },
): readonly BookedItem[] | null {
  const { id: categoryId, name: label, price } = category;
  const mine = items.filter((item) => item.categoryId === categoryId);
  const place: BookedItem = { categoryId, seatId: null, label, price, ticketId: null };
  const picked: BookedItem[] = [];
  for (const { id: blockId, left } of open) {
    const already = mine.filter((item) => item.blockId === blockId).length;
    const count = Math.min(quantity - picked.length, (left[categoryId] ?? 0) - already);
    for (let i = 0; i < count; i++) picked.push({ ...place, blockId });
  }
  const already = mine.filter(({ blockId }) => blockId === undefined).length;
  const rest = quantity - picked.length;
  if (ledger.stock.free(performance.id, categoryId) - already < rest) return null;
  for (let i = 0; i < rest; i++) picked.push(place);
  return picked;
}
