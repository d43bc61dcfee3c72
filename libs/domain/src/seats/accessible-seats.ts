// Accessible seats and the companion seats beside them: chosen together, from their own pool.
import { nearestTo } from './close-together.ts';
import type { SeatMap, SeatSpot } from './seat-map.ts';
import { type BestAvailableRequest, nearlyAsGood } from './seat-search.ts';

export type AccessibleRequest = BestAvailableRequest & {
  /** How many of the quantity sit in an accessible seat; the others come with them. */
  readonly accessible: number;
};

/** Companions may sit on a usual seat where no companion seat is left, as if it were this many distances further away. */
const USUAL_SEAT_UNITS = 2;
/** Sitting one unit apart costs as much as sitting this much further back. */
const APART_WEIGHT = 4;

/** The accessible seats and those for who comes along, as close together as can be; null when there are too few. */
export function bestAccessible(request: AccessibleRequest): readonly SeatSpot[] | null {
  const { accessible, quantity, seed, seatMap } = request;
  let near: Group[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const { own, others } of freeBySection(request).values()) {
    if (own.length < accessible || others.length < quantity - accessible) continue;
    for (const centre of own) {
      const mine = nearestTo(centre, own, accessible);
      const along = nearestCompanions(seatMap, { centre, others, count: quantity - accessible });
      const cost = (mine.spread + along.far) * APART_WEIGHT + centre.penalty;
      if (cost > nearlyAsGood(least, seatMap)) continue;
      least = Math.min(least, cost);
      near.push({ seats: [...mine.seats, ...along.seats], cost });
    }
  }
  near = near.filter(({ cost }) => cost <= nearlyAsGood(least, seatMap));
  return near[seed % Math.max(1, near.length)]?.seats ?? null;
}

type Group = { readonly seats: readonly SeatSpot[]; readonly cost: number };

type Pools = { readonly own: SeatSpot[]; readonly others: SeatSpot[] };

function freeBySection({ seatMap, categoryId, free }: BestAvailableRequest): ReadonlyMap<string, Pools> {
  const sections = new Map<string, Pools>();
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    if (free.freeOfBlock(block) === 0) continue;
    for (const seat of block.seats) {
      if (seat.categoryId !== categoryId || !free.isFree(seat.index)) continue;
      const pools = sections.get(seat.sectionId) ?? { own: [], others: [] };
      if (seat.kind === 'accessible') pools.own.push(seat);
      else pools.others.push(seat);
      sections.set(seat.sectionId, pools);
    }
  }
  for (const [id, { own }] of sections) if (own.length === 0) sections.delete(id);
  return sections;
}

function nearestCompanions(
  { unit }: SeatMap,
  {
    centre,
    others,
    count,
  }: { readonly centre: SeatSpot; readonly others: readonly SeatSpot[]; readonly count: number },
): { readonly seats: readonly SeatSpot[]; readonly far: number } {
  if (count === 0) return { seats: [], far: 0 };
  const ranked = others
    .map((seat) => {
      const surcharge = seat.kind === 'standard' ? USUAL_SEAT_UNITS * unit : 0;
      return { seat, far: Math.hypot(seat.x - centre.x, seat.y - centre.y) + surcharge };
    })
    .sort((a, b) => a.far - b.far)
    .slice(0, count);
  return { seats: ranked.map(({ seat }) => seat), far: ranked.reduce((sum, { far }) => sum + far, 0) };
}
