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
export type SeatBlock = {
  readonly index: number;
  readonly sectionId: string;
  readonly row: number;
  readonly seats: readonly SeatSpot[];
  /** Of its best seat. */
  readonly bestPenalty: number;
};

export type SeatMap = {
  readonly seats: ReadonlyMap<SeatId, SeatSpot>;
  readonly blocks: readonly SeatBlock[];
  /** The blocks that hold seats of a category, the best first. */
  readonly byCategory: ReadonlyMap<CategoryId, readonly SeatBlock[]>;
  /** By the number of a block: the blocks of the next row of its section. */
  readonly behind: readonly (readonly SeatBlock[])[];
};

/** Neighbours further apart than this many usual distances of their row have an aisle between them. */
const AISLE_FACTOR = 1.6;
/** Sitting one unit off the axis costs as much as sitting this much further back. */
const OFF_AXIS_WEIGHT = 0.5;

export const emptySeatMap: SeatMap = { seats: new Map(), blocks: [], byCategory: new Map(), behind: [] };

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
        const bestPenalty = Math.min(...seats.map(({ penalty }) => penalty));
        blocks.push({ index: block, sectionId: section.id, row: rowIndex, seats, bestPenalty });
      }
    });
  }
  return { seats: seatsById(blocks), blocks, byCategory: blocksByCategory(blocks), behind: blocksBehind(blocks) };
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
  for (const list of byCategory.values()) list.sort((a, b) => a.bestPenalty - b.bestPenalty);
  return byCategory;
}

function blocksBehind(blocks: readonly SeatBlock[]): SeatBlock[][] {
  const byRow = new Map<string, SeatBlock[]>();
  const keyOf = (sectionId: string, row: number) => `${row}:${sectionId}`;
  for (const block of blocks) {
    const key = keyOf(block.sectionId, block.row);
    byRow.set(key, [...(byRow.get(key) ?? []), block]);
  }
  return blocks.map(({ sectionId, row }) => byRow.get(keyOf(sectionId, row + 1)) ?? []);
}
