// The demo's hall with accessible places: at the ends of the last two rows of the stalls, each beside a companion's seat.
// Which seats of the real hall are accessible we do not know: these are an assumption, made for the demo.
import type { SeatingPlan } from '@onsale/contracts';

const ROWS: readonly string[] = ['stalls-22', 'stalls-23'];

export function withAccessiblePlaces(plan: SeatingPlan): SeatingPlan {
  const sections = plan.sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => (ROWS.includes(row.id) ? { ...row, seats: row.seats.map(atTheEnds) } : row)),
  }));
  return { ...plan, sections };
}

type Seat = SeatingPlan['sections'][number]['rows'][number]['seats'][number];

function atTheEnds(seat: Seat, at: number, { length }: readonly Seat[]): Seat {
  const fromEnd = Math.min(at, length - 1 - at);
  if (fromEnd === 0) return { ...seat, kind: 'accessible' };
  return fromEnd === 1 ? { ...seat, kind: 'companion' } : seat;
}
