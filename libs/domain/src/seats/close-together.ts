// The last wish: no row and no two rows have room, so the group sits as close together as one section allows.
import type { SeatSpot } from './seat-map.ts';
import type { BestAvailableRequest } from './seat-search.ts';

/** Seats tried as the middle of a group: those nearest to the stage. */
const CENTRES_MAX = 12;
/** Sections tried: those with the best free seat. */
const SECTIONS_MAX = 4;

/** The closest group, or null when no section has that many free seats of the category. */
export function closeTogether(request: BestAvailableRequest): readonly SeatSpot[] | null {
  const { quantity, seed } = request;
  const sections = freeBySection(request)
    .filter((seats) => seats.length >= quantity)
    .sort((a, b) => (a[0]?.penalty ?? 0) - (b[0]?.penalty ?? 0))
    .slice(0, SECTIONS_MAX);
  let best: { readonly seats: readonly SeatSpot[]; readonly spread: number } | null = null;
  for (const seats of sections) {
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
  return Math.max(0, ...freeBySection(request).map(({ length }) => length));
}

/** The free seats of each section, the best first. */
function freeBySection({ seatMap, categoryId, free }: BestAvailableRequest): SeatSpot[][] {
  const sections = new Map<string, SeatSpot[]>();
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    if (free.freeOfBlock(block) === 0) continue;
    const seats = sections.get(block.sectionId) ?? [];
    for (const seat of block.seats) if (seat.categoryId === categoryId && free.isFree(seat)) seats.push(seat);
    sections.set(block.sectionId, seats);
  }
  return [...sections.values()].map((seats) => seats.sort((a, b) => a.penalty - b.penalty));
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
