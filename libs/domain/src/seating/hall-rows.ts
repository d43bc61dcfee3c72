// A hall as a table: one line for each run of seats of a row, `section, row, from, to, category`. Where a line says no
// place, rows are laid out one beneath the other, centred, the sections beneath each other.
import type { Inspection } from './inspection.ts';
import { FILE_SEATS_MAX, seatIdOf } from './mend-seating-file.ts';
import type { HallPlan, HallSeat } from './plan-of-file.ts';
import { SEAT_PITCH } from './read-seating-file.ts';
import { type FileSeat, ORIGIN, type SeatFlags, type SeatingFile, type Spot } from './seating-file.ts';

export const hallColumns = ['section', 'row', 'from', 'to', 'category', 'x', 'y', 'dx', 'dy', 'step', 'kind', 'view'];
/** A line of the table: its number in the file, and what stands under each column. */
export type HallRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };

const ROW_PITCH = 30;
const SECTION_GAP = 60;
const RUN_SEATS_MAX = 1_000;
const KINDS = ['', 'standard', 'accessible', 'companion'];

type Run = {
  readonly numbers: readonly number[];
  readonly category: string;
  readonly start: Spot | null;
  readonly pitch: Spot;
  readonly kind: string;
  readonly isRestricted: boolean;
};
type Row = { readonly name: string; readonly runs: Run[]; readonly seen: Map<number, number> };

export function readHallRows(
  { rows, name }: { readonly rows: readonly HallRow[]; readonly name: string },
  look: Inspection,
): { readonly file: SeatingFile; readonly flags: SeatFlags } {
  const sections = new Map<string, Map<string, Row>>();
  let seats = 0;
  for (const { line, cells } of rows) {
    const run = runOf(cells, (column, message) => look.tell({ path: `line ${line}.${column}`, message, repair: null }));
    if (run === null) continue;
    seats += run.numbers.length;
    if (seats > FILE_SEATS_MAX) {
      const message = `with this line there are ${seats} seats; ${FILE_SEATS_MAX} is the most`;
      look.tell({ path: `line ${line}.to`, message, repair: null });
      break;
    }
    const section = getOrAdd(sections, cells.section ?? '', () => new Map<string, Row>());
    const row = getOrAdd(section, cells.row ?? '', () => ({ name: cells.row ?? '', runs: [], seen: new Map() }));
    const twice = run.numbers.find((number) => row.seen.has(number));
    if (twice !== undefined) {
      const message = `seat ${twice} of row ${row.name} stands on line ${row.seen.get(twice)} already`;
      look.tell({ path: `line ${line}.from`, message, repair: null });
      continue;
    }
    for (const number of run.numbers) row.seen.set(number, line);
    row.runs.push(run);
  }
  return layOut(name, sections);
}

function runOf(cells: HallRow['cells'], tell: (column: string, message: string) => void): Run | null {
  let isWhole = true;
  const miss = (column: string, message: string) => {
    isWhole = false;
    tell(column, message);
    return 0;
  };
  const number = (column: string, otherwise: number | null) => {
    const text = (cells[column] ?? '').trim();
    if (text === '' && otherwise !== null) return otherwise;
    if (/^-?\d{1,6}(\.\d{1,6})?$/.test(text)) return Number(text);
    return miss(column, text === '' ? `say ${column}` : `${text} is no number`);
  };
  for (const column of ['section', 'category']) if (!cells[column]?.trim()) miss(column, `say ${column}`);
  const [from, to, step] = [number('from', null), number('to', null), number('step', 1)];
  if (![from, to, step].every(Number.isInteger) || step < 1) miss('from', 'seats are counted in whole numbers');
  const count = Math.floor(Math.abs(to - from) / Math.max(1, step)) + 1;
  if (count > RUN_SEATS_MAX) miss('to', `a run has at most ${RUN_SEATS_MAX} seats`);
  const kind = (cells.kind ?? '').trim();
  if (!KINDS.includes(kind)) miss('kind', `${kind} is not standard, accessible or companion`);
  const view = (cells.view ?? '').trim();
  if (view !== '' && view !== 'restricted') miss('view', `${view} is not restricted`);
  const hasSpot = Boolean(cells.x?.trim() || cells.y?.trim());
  const start = hasSpot ? { x: number('x', null), y: number('y', null) } : null;
  const pitch = { x: number('dx', SEAT_PITCH), y: number('dy', 0) };
  if (!isWhole) return null;
  const numbers = Array.from({ length: count }, (_, i) => from + i * step * (to < from ? -1 : 1));
  return { numbers, category: (cells.category ?? '').trim(), start, pitch, kind, isRestricted: view !== '' };
}

function layOut(name: string, sections: ReadonlyMap<string, ReadonlyMap<string, Row>>) {
  const widest = Math.max(1, ...[...sections.values()].flatMap((rows) => [...rows.values()].map(seatsOf)));
  const flags = { accessible: [] as string[], companion: [] as string[], restrictedView: [] as string[] };
  const categories = new Set<string>();
  let y = SECTION_GAP;
  const zones = [...sections].map(([section, rows]) => {
    const placed = [...rows.values()].map((row) => {
      let next: Spot = { x: SEAT_PITCH + ((widest - seatsOf(row)) / 2) * SEAT_PITCH, y };
      y += ROW_PITCH;
      const seats = row.runs.flatMap(({ numbers, category, start, pitch, kind, isRestricted }) => {
        categories.add(category);
        const begin = start ?? next;
        return numbers.map((number, i): FileSeat => {
          const position = { x: roundTo(begin.x + i * pitch.x), y: roundTo(begin.y + i * pitch.y) };
          next = { x: position.x + pitch.x, y: position.y + pitch.y };
          const seat_guid = seatIdOf(section, row.name, String(number));
          if (kind === 'accessible' || kind === 'companion') flags[kind].push(seat_guid);
          if (isRestricted) flags.restrictedView.push(seat_guid);
          return { seat_guid, seat_number: String(number), position, category, extras: {} };
        });
      });
      return { row_number: row.name, position: null, seats, extras: {} };
    });
    y += SECTION_GAP;
    return { name: section, position: ORIGIN, rows: placed, areas: [], extras: {} };
  });
  const named = [...categories].map((category) => ({ name: category, color: null }));
  return { file: { name, categories: named, zones, size: null }, flags };
}

/** The plan as such a table: as few lines as tell every seat's number, category, place and flags. */
export function hallRowsOf({ sections, categories = [] }: Pick<HallPlan, 'sections'> & Partial<HallPlan>): string[][] {
  const nameOf = new Map(categories.map(({ id, name }) => [id, name]));
  return sections.flatMap((section) =>
    section.rows.flatMap((row) =>
      runsOf(row.seats).map((run) => {
        const [first, second] = run;
        const last = run.at(-1);
        if (first === undefined || last === undefined) return [];
        const step = second === undefined ? 1 : Math.abs(Number(second.label) - Number(first.label));
        const dx = second === undefined ? SEAT_PITCH : roundTo(second.x - first.x);
        const dy = second === undefined ? 0 : roundTo(second.y - first.y);
        return [
          ...[section.name, row.label, first.label, last.label, nameOf.get(first.categoryId) ?? first.categoryId],
          ...[first.x, first.y, dx, dy, step].map(String),
          ...[first.kind ?? 'standard', first.restrictedView === true ? 'restricted' : ''],
        ];
      }),
    ),
  );
}

function runsOf(seats: readonly HallSeat[]): readonly (readonly HallSeat[])[] {
  const runs: HallSeat[][] = [];
  for (const seat of seats) {
    const run = runs.at(-1);
    if (run !== undefined && goesOn(run, seat)) run.push(seat);
    else runs.push([seat]);
  }
  return runs;
}

function goesOn(run: readonly HallSeat[], seat: HallSeat): boolean {
  const [first, second] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined || !isLike(first, seat)) return false;
  const step = Number(seat.label) - Number(last.label);
  if (!Number.isInteger(step) || step === 0) return false;
  if (second === undefined) return true;
  const isStraight =
    roundTo(seat.x - last.x) === roundTo(second.x - first.x) &&
    roundTo(seat.y - last.y) === roundTo(second.y - first.y);
  return isStraight && step === Number(second.label) - Number(first.label) && run.length < RUN_SEATS_MAX;
}

const isLike = (a: HallSeat, b: HallSeat) =>
  a.categoryId === b.categoryId &&
  (a.kind ?? 'standard') === (b.kind ?? 'standard') &&
  (a.restrictedView ?? false) === (b.restrictedView ?? false);

const seatsOf = ({ runs }: Row) => runs.reduce((sum, { numbers }) => sum + numbers.length, 0);
/** A thousandth: what a table writes and reads back. */
const roundTo = (n: number) => Math.round(n * 1000) / 1000;

function getOrAdd<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
