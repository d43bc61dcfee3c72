// A group split over two neighbouring rows, one part behind the other, so that it still sits together.
import type { SeatBlock, SeatSpot } from './seat-map.ts';
import {
  type BestAvailableRequest,
  type FreeRun,
  nearlyAsGood,
  newSingles,
  visitFreeRuns,
  type Window,
} from './seat-search.ts';

type Pair = { readonly parts: readonly [Window, Window]; readonly flaws: number; readonly penalty: number };

const NEAR_MAX = 64; // as for one row: among so many the seed chooses

/** The best such placement: parts that overlap from the side, rather not a part of one; null when there is none. */
export function placeInTwoRows(request: BestAvailableRequest): readonly SeatSpot[] | null {
  const { seatMap, categoryId, quantity, free, seed } = request;
  if (quantity < 2) return null;
  let best: Pair | null = null;
  let near: Pair[] = [];
  const consider = (pair: Pair) => {
    if (best === null || pair.flaws < best.flaws || (pair.flaws === best.flaws && pair.penalty < best.penalty)) {
      best = pair;
      near = near.filter((other) => isNear(other, pair));
    }
    if (near.length < NEAR_MAX && isNear(pair, best)) near.push(pair);
  };
  const isNear = (pair: Pair, to: Pair) => pair.flaws === to.flaws && pair.penalty <= nearlyAsGood(to.penalty, seatMap);
  const reach = (): number => (best?.flaws === 0 ? nearlyAsGood(best.penalty, seatMap) : Number.POSITIVE_INFINITY);
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    // Half of the group sits here: the mean is at least half of this block's best.
    if (block.bestPenalty / 2 > reach()) break;
    const room = free.freeOfBlock(block);
    if (room === 0) continue;
    for (const other of seatMap.beside[block.index] ?? []) {
      // In a full hall this passes over nearly all pairs without a look at their seats.
      if (room + free.freeOfBlock(other) < quantity) continue;
      if ((block.bestPenalty + other.bestPenalty) / 2 <= reach()) visitSplits(request, [block, other], consider);
    }
  }
  const chosen = near[seed % Math.max(1, near.length)] ?? best;
  return chosen === null ? null : seatsOfPair(chosen);
}

function seatsOfPair({ parts }: Pair): SeatSpot[] {
  return parts.flatMap(({ block, from, quantity }) => block.seats.slice(from, from + quantity));
}

function visitSplits(
  request: BestAvailableRequest,
  [first, second]: readonly [SeatBlock, SeatBlock],
  visit: (pair: Pair) => void,
): void {
  const { quantity, free } = request;
  const inSecond: FreeRun[] = [];
  visitFreeRuns({ block: second, free, least: 1 }, (run) => void inSecond.push(run));
  if (inSecond.length === 0) return;
  visitFreeRuns({ block: first, free, least: 1 }, (a) => {
    for (const b of inSecond) {
      const room = b.to - b.from;
      const inFirst = Math.min(a.to - a.from, Math.max(Math.ceil(quantity / 2), quantity - room));
      const rest = quantity - inFirst;
      if (rest < 1 || rest > room) continue;
      const pair = bestSplit(request, { block: first, run: a, count: inFirst }, { block: second, run: b, count: rest });
      if (pair !== null) visit(pair);
    }
  });
}

type Part = { readonly block: SeatBlock; readonly run: FreeRun; readonly count: number };

function bestSplit(request: BestAvailableRequest, a: Part, b: Part): Pair | null {
  let best: Pair | null = null;
  for (let from = a.run.from; from + a.count <= a.run.to; from++) {
    if (!isOfCategory(request, a, from)) continue;
    const at = nearestWindow(b, middle(a.block, from, a.count));
    if (!isOfCategory(request, b, at) || !overlap(a, from, { part: b, at })) continue;
    const parts = [windowOf(a, from), windowOf(b, at)] as const;
    const lone = a.count === 1 || b.count === 1 ? 1 : 0;
    const flaws = lone + parts[0].singles + parts[1].singles;
    const penalty = (penaltyOf(parts[0]) + penaltyOf(parts[1])) / (a.count + b.count);
    if (best === null || flaws < best.flaws || (flaws === best.flaws && penalty < best.penalty)) {
      best = { parts, flaws, penalty };
    }
  }
  return best;
}

function windowOf({ block, run, count }: Part, from: number): Window {
  return { block, from, quantity: count, singles: newSingles(run, from, count) };
}

function penaltyOf({ block, from, quantity }: Window): number {
  let sum = 0;
  for (let at = from; at < from + quantity; at++) sum += block.seats[at]?.penalty ?? 0;
  return sum;
}

function isOfCategory({ categoryId }: BestAvailableRequest, { block, count }: Part, from: number): boolean {
  for (let at = from; at < from + count; at++) if (block.seats[at]?.categoryId !== categoryId) return false;
  return true;
}

function nearestWindow({ block, run, count }: Part, x: number): number {
  let best = run.from;
  for (let from = run.from + 1; from + count <= run.to; from++) {
    if (Math.abs(middle(block, from, count) - x) < Math.abs(middle(block, best, count) - x)) best = from;
  }
  return best;
}

function middle({ seats }: SeatBlock, from: number, count: number): number {
  return ((seats[from]?.x ?? 0) + (seats[from + count - 1]?.x ?? 0)) / 2;
}

function overlap(a: Part, from: number, { part: b, at }: { readonly part: Part; readonly at: number }): boolean {
  const [aLeft, aRight] = ends(a.block, from, a.count);
  const [bLeft, bRight] = ends(b.block, at, b.count);
  const unit = Math.abs((a.block.seats[1]?.x ?? 0) - (a.block.seats[0]?.x ?? 0)) || 1;
  // Rows are often set off by half a seat: that much apart one still sits behind the other.
  return Math.max(aLeft, bLeft) <= Math.min(aRight, bRight) + unit / 2;
}

function ends({ seats }: SeatBlock, from: number, count: number): readonly [number, number] {
  const first = seats[from]?.x ?? 0;
  const last = seats[from + count - 1]?.x ?? 0;
  return [Math.min(first, last), Math.max(first, last)];
}
