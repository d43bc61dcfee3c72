// Seats as staff names them: a row of a section, from one seat to another.
import type { PerformanceView } from '@onsale/contracts';

type Plan = NonNullable<PerformanceView['plan']>;
export type Row = Plan['sections'][number]['rows'][number];
type SeatId = Row['seats'][number]['id'];
export type SeatRange = { readonly words: string; readonly seatIds: readonly SeatId[] };

/** From the one to the other as they stand in the row, in whichever order they are named. */
export function seatsBetween(row: Row, from: string, to: string): readonly SeatId[] {
  const ids = row.seats.map(({ id }) => id);
  const at = (seatId: string) => (ids as readonly string[]).indexOf(seatId);
  const [first, last] = [at(from), at(to)].sort((a, b) => a - b);
  return first === undefined || last === undefined || first < 0 ? [] : ids.slice(first, last + 1);
}
