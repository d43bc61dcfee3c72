// The seats of a plan as the rules need them: who sits beside whom, how far from the stage. Built once per plan version.
// Every seat has a number (`index`), so that what changes about it fits into flat arrays beside the map.
import type { CategoryId, SeatId } from '../ids.ts';

/** A place for a wheelchair or another need is `accessible`; `companion` is the seat beside it. */
export type SeatKind = 'standard' | 'accessible' | 'companion';

export type PlanSeat = {
  readonly id: SeatId;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly categoryId: CategoryId;
  /** Standard when nothing is said. */
  readonly kind?: SeatKind | undefined;
};
export type Plan = {
  readonly focus: { readonly x: number; readonly y: number };
  readonly sections: readonly {
    readonly id: string;
    readonly name: string;
    readonly rows: readonly { readonly id: string; readonly label: string; readonly seats: readonly PlanSeat[] }[];
  }[];
};

export type SeatSpot = Omit<PlanSeat, 'kind'> & {
  readonly kind: SeatKind;
  /** Position in the map's list of seats. */
  readonly index: number;
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
  /** Index of its first seat; the others follow. */
  readonly first: number;
  readonly seats: readonly SeatSpot[];
  /** Of its best seat. */
  readonly bestPenalty: number;
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
};

export type SeatMap = {
  readonly seats: ReadonlyMap<SeatId, SeatSpot>;
  /** By their index. */
  readonly list: readonly SeatSpot[];
  /** By index: 1 for seats that are neither accessible nor for companions. */
  readonly standard: Uint8Array;
  readonly blocks: readonly SeatBlock[];
  /** The blocks that hold seats of a category, the best first. */
  readonly byCategory: ReadonlyMap<CategoryId, readonly SeatBlock[]>;
  /** By the number of a block: the blocks of the rows before and behind it in its section. */
  readonly beside: readonly (readonly SeatBlock[])[];
  /** The usual distance between neighbours. */
  readonly unit: number;
};

/** Neighbours further apart than this many usual distances of their row have an aisle between them. */
const AISLE_FACTOR = 1.6;
/** Sitting one unit off the axis costs as much as sitting this much further back. */
const OFF_AXIS_WEIGHT = 0.5;

export const emptySeatMap: SeatMap = {
  seats: new Map(),
  list: [],
  standard: new Uint8Array(),
  blocks: [],
  byCategory: new Map(),
  beside: [],
  unit: 1,
};

export function buildSeatMap(plan: Plan): SeatMap {
  const blocks: SeatBlock[] = [];
  const list: SeatSpot[] = [];
  const distances: number[] = [];
  for (const section of plan.sections) {
    section.rows.forEach((row, rowIndex) => {
      const { runs, usual } = runsWithoutAisle(row.seats);
      if (usual > 0) distances.push(usual);
      for (const run of runs) {
        const block = blocks.length;
        const seats = run.map((seat, at) => ({
          ...seat,
          kind: seat.kind ?? 'standard',
          index: list.length + at,
          sectionId: section.id,
          block,
          at,
          penalty: penaltyOf(seat, plan.focus),
          fullLabel: `${section.name}, ${row.label}, ${seat.label}`,
        }));
        const first = list.length;
        list.push(...seats);
        const bestPenalty = Math.min(...seats.map(({ penalty }) => penalty));
        blocks.push({
          index: block,
          sectionId: section.id,
          row: rowIndex,
          first,
          seats,
          bestPenalty,
          box: boxOf(seats),
        });
      }
    });
  }
  return {
    seats: new Map(list.map((seat) => [seat.id, seat])),
    list,
    standard: Uint8Array.from(list, ({ kind }) => Number(kind === 'standard')),
    blocks,
    byCategory: blocksByCategory(blocks),
    beside: blocksBeside(blocks),
    unit: median(distances) || 1,
  };
}

function penaltyOf(seat: PlanSeat, focus: Plan['focus']): number {
  const off = Math.abs(seat.x - focus.x);
  return Math.hypot(off, seat.y - focus.y) + OFF_AXIS_WEIGHT * off;
}

function boxOf(seats: readonly PlanSeat[]): SeatBlock['box'] {
  const xs = seats.map(({ x }) => x);
  const ys = seats.map(({ y }) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function runsWithoutAisle(seats: readonly PlanSeat[]): { readonly runs: PlanSeat[][]; readonly usual: number } {
  const gaps = seats.slice(1).map((seat, i) => distance(seat, seats[i] ?? seat));
  const usual = median(gaps);
  const runs: PlanSeat[][] = [];
  seats.forEach((seat, i) => {
    const run = runs.at(-1);
    if (run === undefined || (gaps[i - 1] ?? 0) > usual * AISLE_FACTOR) runs.push([seat]);
    else run.push(seat);
  });
  return { runs, usual };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function distance(a: PlanSeat, b: PlanSeat): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
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

function blocksBeside(blocks: readonly SeatBlock[]): SeatBlock[][] {
  const byRow = new Map<string, SeatBlock[]>();
  const keyOf = (sectionId: string, row: number) => `${row}:${sectionId}`;
  for (const block of blocks) {
    const key = keyOf(block.sectionId, block.row);
    const ofRow = byRow.get(key);
    if (ofRow === undefined) byRow.set(key, [block]);
    else ofRow.push(block);
  }
  const rowOf = (sectionId: string, row: number) => byRow.get(keyOf(sectionId, row)) ?? [];
  return blocks.map(({ sectionId, row }) => [...rowOf(sectionId, row - 1), ...rowOf(sectionId, row + 1)]);
}
