// Best available: the seats a fan would have picked, without spoiling the row for those who come after.
// Order of wishes: side by side without leaving a new single seat, side by side, close together in one section, anywhere.
import type { CategoryId } from '../ids.ts';
import type { SeatBlock, SeatMap, SeatSpot } from './seat-map.ts';

export type BestAvailableRequest = {
  readonly seatMap: SeatMap;
  readonly categoryId: CategoryId;
  readonly quantity: number;
  readonly isFree: (seat: SeatSpot) => boolean;
};

type Candidate = { readonly seats: readonly SeatSpot[]; readonly singles: number; readonly penalty: number };

/** The chosen seats, or null when the category has fewer free seats than asked for. */
export function bestAvailable(request: BestAvailableRequest): readonly SeatSpot[] | null {
  return sideBySide(request) ?? closeTogether(request);
}

function sideBySide({ seatMap, categoryId, quantity, isFree }: BestAvailableRequest): readonly SeatSpot[] | null {
  let best: Candidate | null = null;
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    for (const run of freeRuns(block, isFree)) {
      for (let start = 0; start + quantity <= run.length; start++) {
        const seats = run.slice(start, start + quantity);
        if (seats.some((seat) => seat.categoryId !== categoryId)) continue;
        const candidate = { seats, singles: newSingles(run.length, start, quantity), penalty: meanPenalty(seats) };
        if (best === null || isBetter(candidate, best)) best = candidate;
      }
    }
  }
  return best?.seats ?? null;
}

function closeTogether({ seatMap, categoryId, quantity, isFree }: BestAvailableRequest): readonly SeatSpot[] | null {
  const free = (seatMap.byCategory.get(categoryId) ?? []).flatMap(({ seats }) =>
    seats.filter((seat) => seat.categoryId === categoryId && isFree(seat)),
  );
  if (free.length < quantity) return null;
  const sections = new Map<string, SeatSpot[]>();
  for (const seat of free) {
    const section = sections.get(seat.sectionId);
    if (section === undefined) sections.set(seat.sectionId, [seat]);
    else section.push(seat);
  }
  const enough = [...sections.values()].filter((seats) => seats.length >= quantity);
  const pools = enough.length > 0 ? enough : [free];
  const groups = pools.map((pool) => nearestTo(leastPenalty(pool), pool, quantity));
  return groups.reduce((best, group) => (meanPenalty(group) < meanPenalty(best) ? group : best));
}

/** Maximal runs of free neighbours of a block, whatever their category: a lone seat is lone for everybody. */
export function freeRuns(block: SeatBlock, isFree: (seat: SeatSpot) => boolean): SeatSpot[][] {
  const runs: SeatSpot[][] = [];
  let run: SeatSpot[] = [];
  for (const seat of block.seats) {
    if (isFree(seat)) run.push(seat);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** How many seats would stand alone after taking `quantity` from position `start` of a run. */
function newSingles(runLength: number, start: number, quantity: number): number {
  return (start === 1 ? 1 : 0) + (runLength - start - quantity === 1 ? 1 : 0);
}

function isBetter(a: Candidate, b: Candidate): boolean {
  return a.singles !== b.singles ? a.singles < b.singles : a.penalty < b.penalty;
}

function meanPenalty(seats: readonly SeatSpot[]): number {
  return seats.reduce((sum, { penalty }) => sum + penalty, 0) / seats.length;
}

function leastPenalty(seats: readonly SeatSpot[]): SeatSpot {
  return seats.reduce((best, seat) => (seat.penalty < best.penalty ? seat : best));
}

function nearestTo(centre: SeatSpot, pool: readonly SeatSpot[], quantity: number): readonly SeatSpot[] {
  const far = (seat: SeatSpot) => Math.hypot(seat.x - centre.x, seat.y - centre.y);
  return [...pool].sort((a, b) => far(a) - far(b)).slice(0, quantity);
}
