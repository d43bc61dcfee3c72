// What every search for seats needs: what is asked for, what is free, who sits beside whom.
import type { CategoryId } from '../ids.ts';
import type { SeatBlock, SeatMap, SeatSpot } from './seat-map.ts';

/** What this buyer may take, as the batch stands. */
export type FreeSeats = {
  /** By the index of the seat: most seats looked at are taken, and of those nothing else is needed. */
  isFree(index: number): boolean;
  /** At least as many as are free in the block: it serves to pass over full ones. */
  freeOfBlock(block: SeatBlock): number;
};

export type BestAvailableRequest = {
  readonly seatMap: SeatMap;
  readonly categoryId: CategoryId;
  readonly quantity: number;
  readonly free: FreeSeats;
  /** Any whole number from 0; the same seed makes the same choice. */
  readonly seed: number;
};

/** Some seats side by side: `quantity` of them from position `from` of the block. */
export type Window = {
  readonly block: SeatBlock;
  readonly from: number;
  readonly quantity: number;
  /** How many seats would stand alone afterwards that do not now. */
  readonly singles: number;
};

export type FreeRun = { readonly from: number; readonly to: number };

/**
 * Visits the maximal runs of free neighbours of a block that are at least so long, whatever their category: a lone seat
 * is lone for everybody. `to` is not of the run.
 */
export function visitFreeRuns(
  { block, free, least }: { readonly block: SeatBlock; readonly free: FreeSeats; readonly least: number },
  visit: (run: FreeRun) => void,
): void {
  if (free.freeOfBlock(block) < least) return;
  const { first, seats } = block;
  let from = 0;
  for (let at = 0; at <= seats.length; at++) {
    if (at < seats.length && free.isFree(first + at)) continue;
    if (at - from >= least && at > from) visit({ from, to: at });
    from = at + 1;
  }
}

/** How many seats would stand alone after taking `quantity` seats from position `at` of a run. */
export function newSingles({ from, to }: FreeRun, at: number, quantity: number): number {
  return (at - from === 1 ? 1 : 0) + (to - at - quantity === 1 ? 1 : 0);
}

export function seatsOf({ block, from, quantity }: Window): readonly SeatSpot[] {
  return block.seats.slice(from, from + quantity);
}

/** Candidates this much worse than the best (relative, and in usual distances) count as equal. */
const NEARLY = 0.02;
const NEARLY_UNITS = 0.1;

/** The worst penalty that counts as equal to the best. */
export function nearlyAsGood(best: number, { unit }: SeatMap): number {
  return best * (1 + NEARLY) + NEARLY_UNITS * unit;
}
