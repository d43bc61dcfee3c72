// A hall as a table of row ranges: read, laid out, and written with every seat where it was.
import fc from 'fast-check';
import { type HallRow, hallColumns, hallRowsOf } from './hall-rows.ts';
import { inspectSeatingFile } from './inspect-seating-file.ts';
import { fileOfPlan, type HallPlan } from './plan-of-file.ts';
import { NO_SEAT_FLAGS } from './seating-file.ts';

const table = (lines: readonly (readonly string[])[], columns: readonly string[] = hallColumns): HallRow[] =>
  lines.map((line, i) => ({
    line: i + 2,
    cells: Object.fromEntries(columns.map((column, c) => [column, line[c] ?? ''])),
  }));
const inspect = (rows: readonly HallRow[]) =>
  inspectSeatingFile({ rows, name: 'Hall' }, { flags: NO_SEAT_FLAGS, repairs: [] });

test('a line is a run of seats; without places rows stand centred beneath each other', () => {
  const { made, defects } = inspect(
    table([
      ['Stalls', '1', '1', '4', 'A'],
      ['Stalls', '2', '1', '7', 'B', '', '', '', '', '2'],
    ]),
  );
  expect(defects).toEqual([]);
  const [first, second] = made?.plan.sections[0]?.rows ?? [];
  expect(first?.seats.map(({ id, x }) => [id, x])).toEqual([
    ['stalls-1-1', 20],
    ['stalls-1-2', 40],
    ['stalls-1-3', 60],
    ['stalls-1-4', 80],
  ]);
  expect(second?.seats.map(({ label }) => label)).toEqual(['1', '3', '5', '7']);
  expect(second?.seats[0]?.y).toBe((first?.seats[0]?.y ?? 0) + 30);
});

test('every wrong cell of a table is named by its line and column', () => {
  const lines = [
    ['Stalls', '1', '1', '4', 'A'],
    ['Stalls', '1', '3', '5', 'A'],
    ['', '2', 'one', '4', ''],
    ['Stalls', '3', '1', '5000', 'A'],
    ['Stalls', '4', '1', '2', 'A', '', '', '', '', '', 'soft'],
  ];
  expect(inspect(table(lines)).defects.map(({ path }) => path)).toEqual([
    'line 3.from',
    'line 4.section',
    'line 4.category',
    'line 4.from',
    'line 5.to',
    'line 6.kind',
  ]);
});

test('a table of far too many seats is read no further than the limit', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => ['Stalls', String(i), '1', '1000', 'A']);
  expect(inspect(table(lines)).defects).toContainEqual(expect.objectContaining({ path: 'line 102.to', repair: null }));
});

const seat = fc.record({
  dx: fc.integer({ min: 1, max: 3 }),
  dy: fc.integer({ min: 0, max: 1 }),
  category: fc.constantFrom('a', 'b'),
  kind: fc.constantFrom('standard', 'accessible'),
  restricted: fc.boolean(),
  gap: fc.integer({ min: 1, max: 2 }),
});
const rows = fc.array(fc.array(seat, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 5 });

test('a plan written as a table, or as a file, and read again has every seat with its number, place, category and flags', () => {
  fc.assert(
    fc.property(rows, (wished) => {
      const plan = planOf(wished);
      const byTable = inspect(table(hallRowsOf(plan)));
      expect(byTable.defects).toEqual([]);
      expect(seatsOf(byTable.made?.plan)).toEqual(seatsOf(plan));
      const { file, flags } = fileOfPlan('Hall', plan);
      const byFile = inspectSeatingFile(
        {
          json: {
            ...file,
            zones: file.zones.map(({ extras: _, ...zone }) => ({
              ...zone,
              areas: [],
              rows: zone.rows.map(({ extras: _e, position: _p, ...row }) => ({
                ...row,
                seats: row.seats.map(({ extras: _x, ...one }) => one),
              })),
            })),
            categories: file.categories.map(({ name }) => ({ name })),
          },
        },
        { flags, repairs: [] },
      );
      expect(byFile.defects).toEqual([]);
      expect(seatsOf(byFile.made?.plan)).toEqual(seatsOf(plan));
      expect(
        byFile.made?.plan.sections.flatMap((one) => one.rows.flatMap((row) => row.seats.map(({ id }) => id))),
      ).toEqual(plan.sections.flatMap((one) => one.rows.flatMap((row) => row.seats.map(({ id }) => id))));
    }),
    { numRuns: 200 },
  );
});

type Wish = { dx: number; dy: number; category: string; kind: string; restricted: boolean; gap: number };
function planOf(wished: readonly (readonly Wish[])[]): HallPlan {
  const sections = [
    {
      id: 'main',
      name: 'Main',
      rows: wished.map((seats, r) => {
        let [x, y, number] = [10, 20 + 40 * r, 0];
        return {
          id: `main-${r}`,
          label: String(r + 1),
          seats: seats.map(({ dx, dy, category, kind, restricted, gap }) => {
            [x, y, number] = [x + 10 * dx, y + 2 * dy, number + gap];
            return {
              ...{ id: `s-${r}-${number}`, label: String(number), x, y, categoryId: category },
              ...(kind === 'accessible' && { kind }),
              ...(restricted && { restrictedView: true }),
            };
          }),
        };
      }),
    },
  ] as unknown as HallPlan['sections'];
  return { width: 900, height: 900, focus: { x: 0, y: 0 }, sections, categories: [] };
}

const seatsOf = (plan: HallPlan | undefined) =>
  plan?.sections.flatMap((section) =>
    section.rows.flatMap((row) =>
      row.seats.map(({ label, x, y, categoryId, kind, restrictedView }) =>
        [section.name, row.label, label, x, y, categoryId, kind ?? 'standard', restrictedView ?? false].join(' '),
      ),
    ),
  );
