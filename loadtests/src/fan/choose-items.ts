// What a fan asks for: a number of general admission tickets, the best seats there are, or seats picked from the plan.
import type { AvailabilityView, BookingRequest, PerformanceView } from '@onsale/contracts';
import type { SeatId } from '@onsale/domain';
import type { SeededRandom } from '../seeded-random.ts';

export type Wish = {
  readonly party: number;
  /** How often this fan was refused before: after some, picking by hand gives way to taking what there is. */
  readonly refusals: number;
  readonly random: SeededRandom;
};

type Items = BookingRequest['items'];
const PICKED_BY_HAND = 0.5;
const PICKS_MAX = 2;
/** Everybody looks at the best rows first: half of those who pick choose among this share of what is free. */
const FAVOURITES = 0.1;

/** Null when nothing is free. A party larger than what is left takes what is left. */
export function chooseItems(performance: PerformanceView, availability: AvailabilityView, wish: Wish): Items | null {
  const { random, party, refusals } = wish;
  const withStock = availability.categories.filter(({ free }) => free > 0);
  if (withStock.length === 0) return null;
  const { categoryId, free } = random.pick(withStock);
  const category = performance.categories.find(({ id }) => id === categoryId);
  // Refused before: perhaps only single seats are left, so the party splits up.
  const quantity = Math.max(1, Math.min(free, refusals > PICKS_MAX ? party - (refusals - PICKS_MAX) : party));
  if (category?.kind === 'general' || performance.plan === null) return [{ categoryId, quantity }];
  if (refusals < PICKS_MAX && random.chance(PICKED_BY_HAND)) {
    const seatIds = pickSeats(performance, availability, { quantity, random });
    if (seatIds !== null) return [{ seatIds }];
  }
  return [{ categoryId, quantity, bestAvailable: true }];
}

/** Neighbours that looked free, from the front rows or from anywhere; null when there are none. */
function pickSeats(
  { plan }: PerformanceView,
  { taken }: AvailabilityView,
  { quantity, random }: { readonly quantity: number; readonly random: SeededRandom },
): SeatId[] | null {
  const gone = new Set(taken);
  const blocks: SeatId[][] = [];
  for (const section of plan?.sections ?? []) {
    for (const { seats } of section.rows) {
      for (let i = 0; i + quantity <= seats.length; i++) {
        const block = seats.slice(i, i + quantity);
        const oneCategory = block.every(({ categoryId }) => categoryId === block[0]?.categoryId);
        if (oneCategory && block.every(({ id }) => !gone.has(id))) blocks.push(block.map(({ id }) => id));
      }
    }
  }
  if (blocks.length === 0) return null;
  const favourites = blocks.slice(0, Math.max(1, Math.ceil(blocks.length * FAVOURITES)));
  return random.pick(random.chance(0.5) ? favourites : blocks);
}
