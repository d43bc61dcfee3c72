// Side by side in one row. The first wish of every group.
import type { SeatBlock } from './seat-map.ts';
import { type BestAvailableRequest, nearlyAsGood, newSingles, visitFreeRuns, type Window } from './seat-search.ts';

type Scored = Window & { readonly penalty: number };

/** Among so many near-equals the seed chooses; more would spread no further. */
const NEAR_MAX = 256;

/** The best window: none that leaves a new single seat while another leaves none, then the nearest to the stage. */
export function bestInOneRow(request: BestAvailableRequest): Window | null {
  const { seatMap, categoryId, seed } = request;
  let best: Scored | null = null;
  let near: Scored[] = [];
  const consider = (window: Scored) => {
    if (best === null || isBetter(window, best)) {
      best = window;
      near = near.filter((other) => isNear(other, window, request));
    }
    if (near.length < NEAR_MAX && isNear(window, best, request)) near.push(window);
  };
  for (const block of seatMap.byCategory.get(categoryId) ?? []) {
    // The blocks come in order of their best seat: none further on can match a clean window that is better than that.
    if (isOutOfReach(best, block, request)) break;
    visitWindows(block, request, consider);
  }
  return near.length === 0 ? best : (near[seed % near.length] ?? best);
}

function isOutOfReach(best: Scored | null, block: SeatBlock, { seatMap }: BestAvailableRequest): boolean {
  return best?.singles === 0 && block.bestPenalty > nearlyAsGood(best.penalty, seatMap);
}

function isBetter(a: Scored, b: Scored): boolean {
  return a.singles !== b.singles ? a.singles < b.singles : a.penalty < b.penalty;
}

function isNear(a: Scored, best: Scored, { seatMap }: BestAvailableRequest): boolean {
  return a.singles === best.singles && a.penalty <= nearlyAsGood(best.penalty, seatMap);
}

function visitWindows(
  block: SeatBlock,
  { categoryId, quantity, free }: BestAvailableRequest,
  visit: (window: Scored) => void,
): void {
  const { seats } = block;
  visitFreeRuns({ block, free, least: quantity }, (run) => {
    let sum = 0;
    let strange = 0; // seats of another category in the window
    for (let end = run.from; end < run.to; end++) {
      const entering = seats[end];
      sum += entering?.penalty ?? 0;
      strange += entering?.categoryId === categoryId ? 0 : 1;
      const from = end - quantity + 1;
      if (from < run.from) continue;
      if (strange === 0) {
        visit({ block, from, quantity, singles: newSingles(run, from, quantity), penalty: sum / quantity });
      }
      const leaving = seats[from];
      sum -= leaving?.penalty ?? 0;
      strange -= leaving?.categoryId === categoryId ? 0 : 1;
    }
  });
}
