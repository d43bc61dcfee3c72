// The seats of a plan as the rules need them: who sits beside whom, how far from the stage. Built once per plan version.
import type { CategoryId, SeatId } from '../ids.ts';

export type PlanSeat = {
  readonly id: SeatId;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly categoryId: CategoryId;
};
export type Plan = {
  readonly focus: { readonly x: number; readonly y: number };
  readonly sections: readonly {
    readonly id: string;
    readonly name: string;
    readonly rows: readonly { readonly id: string; readonly label: string; readonly seats: readonly PlanSeat[] }[];
  }[];
};

export type SeatSpot = PlanSeat & {
  readonly sectionId: string;
  /** Which block, and which seat of it from the left. */
  readonly block: number;
  readonly at: number;
  /** Lower is better: distance to the focus, with a surcharge for sitting off the middle axis. */
  readonly penalty: number;
  /** As printed on the ticket: section, row, seat. */
  readonly fullLabel: string;
};

/** A block is a run of seats of one row without an aisle between them. */
export type SeatBlock = { readonly sectionId: string; readonly row: number; readonly seats: readonly SeatSpot[] };

export type SeatMap = {
  readonly seats: ReadonlyMap<SeatId, SeatSpot>;
  readonly blocks: readonly SeatBlock[];
  /** The blocks that hold seats of a category, the best first. */
  readonly byCategory: ReadonlyMap<CategoryId, readonly SeatBlock[]>;
  readonly capacity: ReadonlyMap<CategoryId, number>;
};

/** Neighbours further apart than this many usual distances of their row have an aisle between them. */
const AISLE_FACTOR = 1.6;
/** Sitting one unit off the axis costs as much as sitting this much further back. */
const OFF_AXIS_WEIGHT = 0.5;

export const emptySeatMap: SeatMap = { seats: new Map(), blocks: [], byCategory: new Map(), capacity: new Map() };

export function buildSeatMap(plan: Plan): SeatMap {
  const blocks: SeatBlock[] = [];
  for (const section of plan.sections) {
    section.rows.forEach((row, rowIndex) => {
      for (const run of runsWithoutAisle(row.seats)) {
        const block = blocks.length;
        const seats = run.map((seat, at) => ({
          ...seat,
          sectionId: section.id,
          block,
          at,
          penalty: penaltyOf(seat, plan.focus),
          fullLabel: `${section.name}, ${row.label}, ${seat.label}`,
        }));
        blocks.push({ sectionId: section.id, row: rowIndex, seats });
      }
    });
  }
  return { seats: seatsById(blocks), blocks, byCategory: blocksByCategory(blocks), capacity: capacities(blocks) };
}

function penaltyOf(seat: PlanSeat, focus: Plan['focus']): number {
  const off = Math.abs(seat.x - focus.x);
  return Math.hypot(off, seat.y - focus.y) + OFF_AXIS_WEIGHT * off;
}

function runsWithoutAisle(seats: readonly PlanSeat[]): PlanSeat[][] {
  const gaps = seats.slice(1).map((seat, i) => distance(seat, seats[i] ?? seat));
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const runs: PlanSeat[][] = [];
  seats.forEach((seat, i) => {
    const run = runs.at(-1);
    if (run === undefined || (gaps[i - 1] ?? 0) > usual * AISLE_FACTOR) runs.push([seat]);
    else run.push(seat);
  });
  return runs;
}

function distance(a: PlanSeat, b: PlanSeat): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function seatsById(blocks: readonly SeatBlock[]): Map<SeatId, SeatSpot> {
  return new Map(blocks.flatMap(({ seats }) => seats.map((seat) => [seat.id, seat] as const)));
}

function blocksByCategory(blocks: readonly SeatBlock[]): Map<CategoryId, SeatBlock[]> {
  const byCategory = new Map<CategoryId, SeatBlock[]>();
  for (const block of blocks) {
    for (const categoryId of new Set(block.seats.map((seat) => seat.categoryId))) {
      const list = byCategory.get(categoryId) ?? [];
      list.push(block);
      byCategory.set(categoryId, list);
    }
  }
  for (const list of byCategory.values()) list.sort((a, b) => bestPenalty(a) - bestPenalty(b));
  return byCategory;
}

function bestPenalty({ seats }: SeatBlock): number {
  return seats.reduce((best, { penalty }) => Math.min(best, penalty), Number.POSITIVE_INFINITY);
}

function capacities(blocks: readonly SeatBlock[]): Map<CategoryId, number> {
  const capacity = new Map<CategoryId, number>();
  for (const { seats } of blocks) {
    for (const { categoryId } of seats) capacity.set(categoryId, (capacity.get(categoryId) ?? 0) + 1);
  }
  return capacity;
}
