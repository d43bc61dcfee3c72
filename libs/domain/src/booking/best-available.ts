// Best available: the seats a fan would have picked, without spoiling the row for those who come after.
// Order of wishes: side by side in one row without leaving a new single seat · side by side in one row · in two
// neighbouring rows, one behind the other · close together in one section. Within a wish the seats nearest to the stage
// and its axis win; among near-equals the seed decides, so that equal requests spread.
import type { SeatBlock, SeatSpot } from './seat-map.ts';
import { type BestAvailableRequest, freeRuns, meanPenalty } from './seat-search.ts';
import { placeInTwoRows } from './two-rows.ts';

type Window = { readonly seats: readonly SeatSpot[]; readonly singles: number; readonly penalty: number };

/** The chosen seats, or null when no section has that many free seats of the category. */
export function bestAvailable(request: BestAvailableRequest): readonly SeatSpot[] | null {
  return bestInOneRow(request)?.seats ?? placeInTwoRows(request) ?? closeTogether(request);
}

/** The most seats that one placement could have now, with that placement; empty when nothing is free. */
export function largestPlacement(request: BestAvailableRequest): readonly SeatSpot[] {
  for (let quantity = request.quantity - 1; quantity > 0; quantity--) {
    const seats = bestAvailable({ ...request, quantity });
    if (seats !== null) return seats;
  }
  return [];
}

/** Candidates this much worse than the best (relative) count as equal. */
const NEARLY = 0.02;

/** Side by side; `singles` says how many seats would stand alone afterwards that do not now. */
export function bestInOneRow(request: BestAvailableRequest): Window | null {
  const { seatMap, categoryId, seed } = request;
  let best: Window | null = null;
  let near: Window[] = [];
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    // The blocks come in order of their best seat: none further on can beat a clean window that is better than that.
    if (best?.singles === 0 && block.bestPenalty > best.penalty * (1 + NEARLY)) break;
    for (const window of windowsOf(block, request)) {
      if (best === null || isBetter(window, best)) {
        best = window;
        near = near.filter((other) => isNear(other, window));
      }
      if (isNear(window, best)) near.push(window);
    }
  }
  return near.length === 0 ? best : (near[seed % near.length] ?? best);
}

function* windowsOf(block: SeatBlock, { categoryId, quantity, free }: BestAvailableRequest): Generator<Window> {
  if (free.freeOfBlock(block) < quantity) return;
  for (const run of freeRuns(block, free)) {
    for (let start = 0; start + quantity <= run.length; start++) {
      const seats = run.slice(start, start + quantity);
      if (seats.some((seat) => seat.categoryId !== categoryId)) continue;
      yield { seats, singles: newSingles(run.length, start, quantity), penalty: meanPenalty(seats) };
    }
  }
}

/** How many seats would stand alone after taking `quantity` from position `start` of a run. */
function newSingles(runLength: number, start: number, quantity: number): number {
  return (start === 1 ? 1 : 0) + (runLength - start - quantity === 1 ? 1 : 0);
}

function isBetter(a: Window, b: Window): boolean {
  return a.singles !== b.singles ? a.singles < b.singles : a.penalty < b.penalty;
}

function isNear(a: Window, best: Window): boolean {
  return a.singles === best.singles && a.penalty <= best.penalty * (1 + NEARLY);
}

function closeTogether({ seatMap, categoryId, quantity, free }: BestAvailableRequest): readonly SeatSpot[] | null {
  const sections = new Map<string, SeatSpot[]>();
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    if (free.freeOfBlock(block) === 0) continue;
    const seats = sections.get(block.sectionId) ?? [];
    for (const seat of block.seats) if (seat.categoryId === categoryId && free.isFree(seat)) seats.push(seat);
    sections.set(block.sectionId, seats);
  }
  let best: { readonly seats: readonly SeatSpot[]; readonly spread: number } | null = null;
  for (const seats of sections.values()) {
    if (seats.length < quantity) continue;
    for (const centre of seats.slice(0, CENTRES_MAX)) {
      const group = nearestTo(centre, seats, quantity);
      const spread = group.reduce((sum, seat) => sum + distance(seat, centre), 0);
      if (best === null || spread < best.spread) best = { seats: group, spread };
    }
  }
  return best?.seats ?? null;
}

/** Seats tried as the middle of a scattered group; only rows with small gaps are left when this is reached. */
const CENTRES_MAX = 24;

function nearestTo(centre: SeatSpot, pool: readonly SeatSpot[], quantity: number): readonly SeatSpot[] {
  return [...pool].sort((a, b) => distance(a, centre) - distance(b, centre)).slice(0, quantity);
}

function distance(a: SeatSpot, b: SeatSpot): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
