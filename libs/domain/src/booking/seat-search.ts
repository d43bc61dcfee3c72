// What every search for seats needs: what is asked for, what is free, who sits beside whom.
import type { CategoryId } from '../ids.ts';
import type { SeatBlock, SeatMap, SeatSpot } from './seat-map.ts';

/** What is free, as the batch stands. */
export type FreeSeats = {
  isFree(seat: SeatSpot): boolean;
  freeOfBlock(block: SeatBlock): number;
};

export type BestAvailableRequest = {
  readonly seatMap: SeatMap;
  readonly categoryId: CategoryId;
  readonly quantity: number;
  readonly free: FreeSeats;
  /** Any number; the same seed makes the same choice. */
  readonly seed: number;
};

/** Maximal runs of free neighbours of a block, whatever their category: a lone seat is lone for everybody. */
export function freeRuns(block: SeatBlock, free: FreeSeats): SeatSpot[][] {
  if (free.freeOfBlock(block) === 0) return [];
  const runs: SeatSpot[][] = [];
  let run: SeatSpot[] = [];
  for (const seat of block.seats) {
    if (free.isFree(seat)) run.push(seat);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

export function meanPenalty(seats: readonly SeatSpot[]): number {
  return seats.reduce((sum, { penalty }) => sum + penalty, 0) / seats.length;
}
