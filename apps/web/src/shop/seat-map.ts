// A seating plan made ready for drawing, tapping and listing: seats in flat arrays, a grid to find the one under a
// finger, and their words (section, row, seat).
import type { PerformanceView, SeatingPlan } from '@onsale/contracts';
import type { CategoryId, SeatId } from '@onsale/domain';
import type { Point } from './camera.ts';

export type Category = PerformanceView['categories'][number];
export type MapSeat = {
  readonly id: SeatId;
  readonly categoryId: CategoryId;
  readonly label: string;
  readonly row: string;
  readonly rowId: string;
  readonly section: string;
  readonly sectionId: string;
  readonly kind: 'standard' | 'accessible' | 'companion';
};

export type SeatMap = {
  readonly plan: SeatingPlan;
  readonly seats: readonly MapSeat[];
  readonly byId: ReadonlyMap<string, number>;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Which of the performance's categories, by position. */
  readonly categoryOf: Uint8Array;
  /** The usual distance between neighbouring seats, in plan units: a seat's dot is a little smaller. */
  readonly unit: number;
  readonly grid: Grid;
  /** Where the name of each section stands: its middle, on the side away from the stage. */
  readonly sectionNames: readonly (Point & { readonly name: string })[];
};

type Grid = { readonly cell: number; readonly columns: number; readonly cells: readonly number[][] };

export function seatMap(plan: SeatingPlan, categories: readonly Category[]): SeatMap {
  const placed = plan.sections.flatMap((section) =>
    section.rows.flatMap((row) => row.seats.map((seat) => ({ seat, row, section }))),
  );
  const position = new Map(categories.map(({ id }, i) => [id, i]));
  const xs = Float32Array.from(placed, ({ seat }) => seat.x);
  const ys = Float32Array.from(placed, ({ seat }) => seat.y);
  const unit = usualDistance(plan);
  return {
    plan,
    seats: placed.map(({ seat, row, section }) => ({
      id: seat.id,
      categoryId: seat.categoryId,
      label: seat.label,
      row: row.label,
      rowId: row.id,
      section: section.name,
      sectionId: section.id,
      kind: seat.kind ?? 'standard',
    })),
    byId: new Map(placed.map(({ seat }, i) => [seat.id, i])),
    xs,
    ys,
    categoryOf: Uint8Array.from(placed, ({ seat }) => position.get(seat.categoryId) ?? 0),
    unit,
    grid: gridOf(xs, ys, { plan, cell: unit * 4 }),
    sectionNames: plan.sections.flatMap((section) => sectionName(section, { focus: plan.focus, unit })),
  };
}

function sectionName(section: SeatingPlan['sections'][number], { focus, unit }: { focus: Point; unit: number }) {
  const seats = section.rows.flatMap((row) => row.seats);
  if (seats.length === 0) return [];
  const mean = (of: (seat: Point) => number) => seats.reduce((sum, seat) => sum + of(seat), 0) / seats.length;
  const behind = mean(({ y }) => y) < focus.y;
  const edge = seats.reduce((far, { y }) => (behind ? Math.min(far, y) : Math.max(far, y)), seats[0]?.y ?? 0);
  return [{ name: section.name, x: mean(({ x }) => x), y: edge + unit * (behind ? -1.4 : 1.5) }];
}

/** Seats that only those may choose who need an accessible place, and the seats beside them. */
export const specialSeats = ({ seats }: SeatMap): readonly SeatId[] =>
  seats.filter(({ kind }) => kind !== 'standard').map(({ id }) => id);

/** The seat nearest to a plan point within `reach` plan units; null when there is none. */
export function seatNear({ grid, xs, ys }: SeatMap, { x, y }: Point, reach: number): number | null {
  let nearest: number | null = null;
  let least = reach * reach;
  const span = Math.ceil(reach / grid.cell);
  const [column, row] = [Math.floor(x / grid.cell), Math.floor(y / grid.cell)];
  for (let r = row - span; r <= row + span; r++) {
    for (let c = column - span; c <= column + span; c++) {
      if (c < 0 || c >= grid.columns) continue;
      for (const seat of grid.cells[r * grid.columns + c] ?? []) {
        const distance = ((xs[seat] ?? 0) - x) ** 2 + ((ys[seat] ?? 0) - y) ** 2;
        if (distance < least) [nearest, least] = [seat, distance];
      }
    }
  }
  return nearest;
}

function gridOf(xs: Float32Array, ys: Float32Array, { plan, cell }: { plan: SeatingPlan; cell: number }): Grid {
  const columns = Math.floor(plan.width / cell) + 1;
  const cells: number[][] = [];
  xs.forEach((x, i) => {
    const at = Math.floor((ys[i] ?? 0) / cell) * columns + Math.floor(x / cell);
    cells[at] ??= [];
    cells[at].push(i);
  });
  return { cell, columns, cells };
}

// The median distance between seats that follow each other in a row.
function usualDistance(plan: SeatingPlan): number {
  const distances = plan.sections
    .flatMap(({ rows }) => rows)
    .flatMap(({ seats }) =>
      seats.slice(1).map((seat, i) => Math.hypot(seat.x - (seats[i]?.x ?? 0), seat.y - (seats[i]?.y ?? 0))),
    )
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] || 1;
}
