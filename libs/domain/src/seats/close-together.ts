// The last wish: no row and no two rows have room, so the group sits as close together as one section allows.
import type { SeatSpot } from './seat-map.ts';
import type { BestAvailableRequest } from './seat-search.ts';

/** Seats tried as the middle of a group: those nearest to the stage. */
const CENTRES_MAX = 12;
/** Sections tried: those with the best free seat. */
const SECTIONS_MAX = 4;
/** Free seats of a section looked at, for each seat wanted: the group is found among the nearest of them. */
const POOL_FACTOR = 4;

/** The closest group, or null when no section has that many free seats of the category. */
export function closeTogether(request: BestAvailableRequest): readonly SeatSpot[] | null {
  const { quantity, seed } = request;
  let best: { readonly seats: readonly SeatSpot[]; readonly spread: number } | null = null;
  for (const seats of bestSections(request)) {
    const centres = Math.min(CENTRES_MAX, seats.length);
    for (let i = 0; i < centres; i++) {
      const centre = seats[(i + seed) % centres];
      if (centre === undefined) continue;
      const group = nearestTo(centre, seats, quantity);
      if (best === null || group.spread < best.spread) best = group;
    }
  }
  return best?.seats ?? null;
}

/** How many seats of the category the section with the most of them has free. */
export function mostInOneSection(request: BestAvailableRequest): number {
  const counts = new Map<string, number>();
  visitFree(request, ({ sectionId }) => {
    counts.set(sectionId, (counts.get(sectionId) ?? 0) + 1);
    return false;
  });
  return Math.max(0, ...counts.values());
}

/** The sections with the best free seats that have room for the group, each with a pool of its best free seats. */
function bestSections(request: BestAvailableRequest): readonly (readonly SeatSpot[])[] {
  const { quantity } = request;
  const enough = quantity * POOL_FACTOR;
  const sections = new Map<string, SeatSpot[]>();
  let ripe = 0;
  // The blocks come best first: when some sections have a large pool, what follows is further back.
  visitFree(request, (seat) => {
    const seats = sections.get(seat.sectionId) ?? [];
    if (seats.length < enough && seats.push(seat) === enough) ripe += 1;
    sections.set(seat.sectionId, seats);
    return ripe >= SECTIONS_MAX;
  });
  return [...sections.values()].filter((seats) => seats.length >= quantity).slice(0, SECTIONS_MAX);
}

/** Visits the free seats of the category block by block, until the visitor says that it has enough. */
function visitFree({ seatMap, categoryId, free }: BestAvailableRequest, hasEnough: (seat: SeatSpot) => boolean): void {
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    if (free.freeOfBlock(block) === 0) continue;
    const { first, seats } = block;
    for (let at = 0; at < seats.length; at++) {
      const seat = free.isFree(first + at) ? seats[at] : undefined;
      if (seat !== undefined && seat.categoryId === categoryId && hasEnough(seat)) return;
    }
  }
}

/** The seats of the pool that are nearest to `centre`, and the sum of their distances. */
export function nearestTo(
  centre: { readonly x: number; readonly y: number },
  pool: readonly SeatSpot[],
  quantity: number,
): { readonly seats: readonly SeatSpot[]; readonly spread: number } {
  const byDistance = pool
    .map((seat) => ({ seat, far: Math.hypot(seat.x - centre.x, seat.y - centre.y) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, quantity);
  return { seats: byDistance.map(({ seat }) => seat), spread: byDistance.reduce((sum, { far }) => sum + far, 0) };
}
