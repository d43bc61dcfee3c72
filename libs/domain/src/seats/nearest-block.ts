// When a wanted seat is gone, or a choice may not stand, the nearest seats side by side of the same number and the same
// prices are offered. Among blocks about as near the seed decides: of hundreds who lost the same seats each hears of
// others, else they would meet again at the next.
import type { CategoryId } from '../ids.ts';
import type { SeatBlock, SeatMap, SeatSpot } from './seat-map.ts';
import { type FreeSeats, newSingles, visitFreeRuns } from './seat-search.ts';

export type NearestBlockRequest = {
  readonly seatMap: SeatMap;
  readonly wanted: readonly SeatSpot[];
  readonly free: FreeSeats;
  readonly seed: number;
};

type Found = { readonly block: SeatBlock; readonly from: number; readonly singles: number; readonly far: number };

/** Blocks this many usual distances further away count as equally near. */
const NEAR_UNITS = 4;
const NEAR_MAX = 128;

/** The offered seats; rather none that leave a new single seat. Empty when no run of that length is free. */
export function nearestEqualBlock(request: NearestBlockRequest): readonly SeatSpot[] {
  const { wanted, seed } = request;
  const found = blocksNear(request);
  const clean = found.filter(({ singles }) => singles === 0);
  const offered = clean.length > 0 ? clean : found;
  const chosen = offered[seed % Math.max(1, offered.length)];
  return chosen === undefined ? [] : chosen.block.seats.slice(chosen.from, chosen.from + wanted.length);
}

/** The same, but only blocks that leave no new single seat. */
export function nearestCleanBlock(request: NearestBlockRequest): readonly SeatSpot[] {
  const clean = blocksNear(request).filter(({ singles }) => singles === 0);
  const chosen = clean[request.seed % Math.max(1, clean.length)];
  return chosen === undefined ? [] : chosen.block.seats.slice(chosen.from, chosen.from + request.wanted.length);
}

/** The nearest windows that leave no new single, and the nearest of the others, each with those about as near. */
function blocksNear({ seatMap, wanted, free }: NearestBlockRequest): readonly Found[] {
  const [first] = wanted;
  if (first === undefined) return [];
  const centre = middle(wanted);
  const slack = NEAR_UNITS * seatMap.unit;
  const prices = priceCheck(wanted);
  const nearest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]; // without and with new singles
  let found: Found[] = [];
  visitOutwards(seatMap.blocks, first.block, (block) => {
    const reach = (nearest[0] ?? 0) + slack;
    if (isBeyond(block, centre, reach) || free.freeOfBlock(block) < wanted.length) return;
    visitFreeRuns({ block, free, least: wanted.length }, (run) => {
      for (let from = run.from; from + wanted.length <= run.to; from++) {
        const far = farFrom(block, from, { count: wanted.length, centre });
        const singles = newSingles(run, from, wanted.length);
        const flawed = singles > 0 ? 1 : 0;
        if (far > (nearest[flawed] ?? 0) + slack || !prices(block, from)) continue;
        if (far < (nearest[flawed] ?? 0)) nearest[flawed] = far;
        found.push({ block, from, singles, far });
      }
    });
    if (found.length > NEAR_MAX * 4) found = keepNear(found, nearest, slack);
  });
  return keepNear(found, nearest, slack);
}

function keepNear(found: readonly Found[], nearest: readonly number[], slack: number): Found[] {
  return found
    .filter(({ far, singles }) => far <= (nearest[singles > 0 ? 1 : 0] ?? 0) + slack)
    .sort((a, b) => a.far - b.far)
    .slice(0, NEAR_MAX * 2);
}

/**
 * Visits the blocks from the given one on to both sides: those with close numbers lie close together, so that the nearest
 * come early and the others are passed over.
 */
function visitOutwards(blocks: readonly SeatBlock[], from: number, visit: (block: SeatBlock) => void): void {
  for (let step = 0; step < blocks.length; step++) {
    const before = blocks[from - step];
    const after = blocks[from + step];
    if (before !== undefined) visit(before);
    if (after !== undefined && step > 0) visit(after);
  }
}

/** Whether a window of this block has the prices of the wanted seats. */
function priceCheck(wanted: readonly SeatSpot[]): (block: SeatBlock, from: number) => boolean {
  const needed = new Map<CategoryId, number>();
  for (const { categoryId } of wanted) needed.set(categoryId, (needed.get(categoryId) ?? 0) + 1);
  return ({ seats }, from) => {
    const left = needed.size === 1 ? needed : new Map(needed);
    for (let at = from; at < from + wanted.length; at++) {
      const categoryId = seats[at]?.categoryId;
      const count = categoryId === undefined ? 0 : (left.get(categoryId) ?? 0);
      if (categoryId === undefined || count === 0) return false;
      if (left !== needed) left.set(categoryId, count - 1);
    }
    return true;
  };
}

type Point = { readonly x: number; readonly y: number };

/** Whether all of a block lies further away than `reach`. */
function isBeyond({ box }: SeatBlock, { x, y }: Point, reach: number): boolean {
  const dx = x < box.left ? box.left - x : x > box.right ? x - box.right : 0;
  const dy = y < box.top ? box.top - y : y > box.bottom ? y - box.bottom : 0;
  return dx * dx + dy * dy > reach * reach;
}

function farFrom({ seats }: SeatBlock, from: number, { count, centre }: { count: number; centre: Point }): number {
  const [first, last] = [seats[from], seats[from + count - 1]];
  const x = ((first?.x ?? 0) + (last?.x ?? 0)) / 2;
  const y = ((first?.y ?? 0) + (last?.y ?? 0)) / 2;
  return Math.hypot(x - centre.x, y - centre.y);
}

function middle(seats: readonly SeatSpot[]): Point {
  const sum = seats.reduce((at, { x, y }) => ({ x: at.x + x, y: at.y + y }), { x: 0, y: 0 });
  return { x: sum.x / seats.length, y: sum.y / seats.length };
}
