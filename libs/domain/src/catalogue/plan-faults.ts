// What can be wrong with a seating plan although its shape is right.
import type { SeatKind } from '../seats/seat-map.ts';
import type { Fault } from './fault.ts';

export type PlanFacts = {
  readonly width: number;
  readonly height: number;
  readonly sections: readonly {
    readonly id: string;
    readonly rows: readonly {
      readonly id: string;
      readonly seats: readonly {
        readonly id: string;
        readonly x: number;
        readonly y: number;
        readonly categoryId: string;
        readonly kind?: SeatKind | undefined;
      }[];
    }[];
  }[];
};

/** The largest plan one page can draw. */
export const SEATS_PER_PLAN_MAX = 100_000;
/** A wrong import is wrong everywhere: this many faults tell enough. */
const FAULTS_TOLD_MAX = 20;

/** Every fault of the plan, at most 20; empty when it can be sold. */
export function planFaults(plan: PlanFacts): readonly Fault[] {
  const faults: Fault[] = [];
  const tell = (field: string, message: string) => {
    if (faults.length < FAULTS_TOLD_MAX) faults.push({ field, message });
  };
  const sectionIds = new Set<string>();
  const rowIds = new Set<string>();
  const seatIds = new Set<string>();
  const spots = new Set<string>();
  plan.sections.forEach((section, s) => {
    if (!addNew(sectionIds, section.id)) tell(`plan.sections.${s}.id`, `section ${section.id} is there twice`);
    const kinds = new Set(section.rows.flatMap(({ seats }) => seats.map(({ kind }) => kind)));
    if (kinds.has('companion') && !kinds.has('accessible')) {
      tell(`plan.sections.${s}`, `section ${section.id} has companion seats, but no accessible seat they belong to`);
    }
    section.rows.forEach((row, r) => {
      const rowField = `plan.sections.${s}.rows.${r}`;
      if (!addNew(rowIds, row.id)) tell(`${rowField}.id`, `row ${row.id} is there twice`);
      row.seats.forEach(({ id, x, y }, i) => {
        const field = `${rowField}.seats.${i}`;
        if (!addNew(seatIds, id)) tell(`${field}.id`, `seat ${id} is there twice`);
        if (!addNew(spots, `${x} ${y}`)) tell(field, `seat ${id} stands on another seat`);
        if (x < 0 || y < 0 || x > plan.width || y > plan.height) tell(field, `seat ${id} lies outside the plan`);
      });
    });
  });
  if (seatIds.size === 0) tell('plan.sections', 'a plan needs at least one seat');
  if (seatIds.size > SEATS_PER_PLAN_MAX) tell('plan.sections', `a plan has at most ${SEATS_PER_PLAN_MAX} seats`);
  return faults;
}

/** How many seats of the plan each category has. */
export function seatsPerCategory(plan: PlanFacts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const section of plan.sections) {
    for (const row of section.rows) {
      for (const { categoryId } of row.seats) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
    }
  }
  return counts;
}

function addNew(known: Set<string>, value: string): boolean {
  if (known.has(value)) return false;
  known.add(value);
  return true;
}
