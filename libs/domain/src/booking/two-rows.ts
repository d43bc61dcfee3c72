// A group split over two neighbouring rows, one part behind the other, so that it still sits together.
import type { SeatBlock, SeatSpot } from './seat-map.ts';
import { type BestAvailableRequest, freeRuns, meanPenalty } from './seat-search.ts';

/** The best such placement: parts of at least two seats that overlap in x; null when there is none. */
export function placeInTwoRows(request: BestAvailableRequest): readonly SeatSpot[] | null {
  const { seatMap, categoryId, quantity } = request;
  if (quantity < 4) return null; // a part of one is a lone seat
  let best: { readonly seats: readonly SeatSpot[]; readonly penalty: number } | null = null;
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    if (request.free.freeOfBlock(block) < 2) continue;
    for (const behind of seatMap.behind[block.index] ?? []) {
      for (const seats of splits(request, block, behind)) {
        const penalty = meanPenalty(seats);
        if (best === null || penalty < best.penalty) best = { seats, penalty };
      }
    }
  }
  return best?.seats ?? null;
}

function* splits(request: BestAvailableRequest, front: SeatBlock, behind: SeatBlock): Generator<readonly SeatSpot[]> {
  const { quantity, categoryId, free } = request;
  const inFront = freeRuns(front, free).filter((run) => run.length >= 2);
  const inBack = freeRuns(behind, free).filter((run) => run.length >= 2);
  for (const a of inFront) {
    for (const b of inBack) {
      const half = Math.ceil(quantity / 2);
      const first = Math.min(a.length, Math.max(half, quantity - b.length));
      if (first < 2 || quantity - first < 2 || quantity - first > b.length) continue;
      const front = a.slice(0, first);
      const back = nearestWindow(b, quantity - first, middle(front));
      const seats = [...front, ...back];
      if (overlap(front, back) && seats.every((seat) => seat.categoryId === categoryId)) yield seats;
    }
  }
}

function nearestWindow(run: readonly SeatSpot[], length: number, x: number): readonly SeatSpot[] {
  let best = run.slice(0, length);
  for (let start = 1; start + length <= run.length; start++) {
    const window = run.slice(start, start + length);
    if (Math.abs(middle(window) - x) < Math.abs(middle(best) - x)) best = window;
  }
  return best;
}

function middle(seats: readonly SeatSpot[]): number {
  return ((seats[0]?.x ?? 0) + (seats.at(-1)?.x ?? 0)) / 2;
}

function overlap(a: readonly SeatSpot[], b: readonly SeatSpot[]): boolean {
  const left = Math.max(Math.min(...a.map(({ x }) => x)), Math.min(...b.map(({ x }) => x)));
  const right = Math.min(Math.max(...a.map(({ x }) => x)), Math.max(...b.map(({ x }) => x)));
  return left <= right;
}
