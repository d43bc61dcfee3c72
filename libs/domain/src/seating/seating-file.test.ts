// The file of a hall: read, inspected defect by defect, mended, made a plan, and written again.
import fc from 'fast-check';
import { planFaults } from '../catalogue/plan-faults.ts';
import { inspectSeatingFile } from './inspect-seating-file.ts';
import { type SeatingRepair, seatingRepairNames } from './inspection.ts';
import { NO_SEAT_FLAGS, type SeatFlags, writeSeatingFile } from './seating-file.ts';
import { goodFile } from './test-file.ts';

const inspect = (json: unknown, repairs: readonly SeatingRepair[] = [], flags: SeatFlags = NO_SEAT_FLAGS) =>
  inspectSeatingFile({ json }, { flags, repairs });
type Draft = ReturnType<typeof goodFile>;

/** The good file with something else at these paths; undefined takes away what is there. */
function broken(...changes: readonly (readonly [path: string, value: unknown])[]): Draft {
  const file = structuredClone(goodFile());
  for (const [path, value] of changes) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<Record<string, unknown>>(
      (at, key) => at[key] as Record<string, unknown>,
      file as unknown as Record<string, unknown>,
    );
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return file;
}

test('a good file becomes a plan whose seats stand where zone, row and seat together say', () => {
  const { defects, made } = inspect(goodFile(), [], { ...NO_SEAT_FLAGS, accessible: ['m-1-1'], companion: ['m-1-2'] });
  expect(defects).toEqual([]);
  expect(made?.plan.sections.map(({ id, rows }) => [id, rows.map((row) => row.id)])).toEqual([
    ['main', ['main-1', 'main-2']],
    ['rang', ['rang-1']],
  ]);
  expect(made?.plan.sections[0]?.rows[0]?.seats).toEqual([
    { id: 'm-1-1', label: '1', x: 15, y: 50, categoryId: 'stalls', kind: 'accessible' },
    { id: 'm-1-2', label: '2', x: 35, y: 50, categoryId: 'stalls', kind: 'companion' },
  ]);
  expect(made?.plan.focus).toEqual({ x: 110, y: 20 });
  expect(made?.plan.categories[0]).toEqual({ id: 'stalls', name: 'Stalls', color: '#336699' });
  expect(made && planFaults(made.plan)).toEqual([]);
});

/** What is wrong, where and by which value, which place is named, and what mends it. */
const breaks: readonly [what: string, at: string, value: unknown, path: string, repair: SeatingRepair | null][] = [
  [
    'a seat id twice',
    'zones.0.rows.1.seats.0.seat_guid',
    'm-1-1',
    'zones.0.rows.1.seats.0.seat_guid',
    'renumber_seats',
  ],
  [
    'a seat without id',
    'zones.0.rows.0.seats.1.seat_guid',
    undefined,
    'zones.0.rows.0.seats.1.seat_guid',
    'renumber_seats',
  ],
  [
    'an id with spaces',
    'zones.1.rows.0.seats.0.seat_guid',
    'a b',
    'zones.1.rows.0.seats.0.seat_guid',
    'renumber_seats',
  ],
  ['a row twice', 'zones.0.rows.1.row_number', '1', 'zones.0.rows.1.row_number', 'rename_rows'],
  ['a zone twice', 'zones.1.name', 'Main', 'zones.1.name', 'rename_zones'],
  ['a zone without name', 'zones.1.name', undefined, 'zones.1.name', 'rename_zones'],
  ['a missing category', 'categories', [{ name: 'Stalls' }], 'zones.1.rows.0.seats.0.category', 'add_categories'],
  ['a category twice', 'categories.2', { name: 'Stalls' }, 'categories.2.name', 'merge_categories'],
  [
    'a seat number twice',
    'zones.0.rows.0.seats.1.seat_number',
    '1',
    'zones.0.rows.0.seats.1.seat_number',
    'number_rows_anew',
  ],
  ['a position as text', 'zones.0.position.x', '10', 'zones.0.position.x', 'read_numbers'],
  ['a row number as number', 'zones.0.rows.0.row_number', 1, 'zones.0.rows.0.row_number', 'read_numbers'],
  [
    'a seat without position',
    'zones.0.rows.0.seats.1.position',
    undefined,
    'zones.0.rows.0.seats.1.position',
    'lay_out_seats',
  ],
  [
    'a malformed position',
    'zones.0.rows.0.seats.1.position',
    { x: 'left', y: 1 },
    'zones.0.rows.0.seats.1.position',
    'lay_out_seats',
  ],
  [
    'a seat on another',
    'zones.0.rows.0.seats.1.position',
    { x: 0, y: 0 },
    'zones.0.rows.0.seats.1.position',
    'lay_out_seats',
  ],
  ['a field nobody knows', 'zones.0.rows.0.seats.1.prize', 3, 'zones.0.rows.0.seats.1.prize', 'drop_unknown'],
  ['a seat outside', 'size.width', 30, 'size', 'fit_size'],
  ['a seat left of everything', 'zones.0.position.x', -50, 'size', 'fit_size'],
  ['a size of nothing', 'size.height', 0, 'size', 'fit_size'],
  ['no zones', 'zones', undefined, 'zones', null],
  ['rows that are no list', 'zones.0.rows', 'two', 'zones.0.rows', null],
  ['a zone without position', 'zones.0.position', undefined, 'zones.0.position', null],
  ['a seat that is no object', 'zones.0.rows.0.seats.0', 4, 'zones.0.rows.0.seats.0', null],
  ['a category without name', 'categories.0.name', ' ', 'categories.0.name', null],
];

test.each(breaks)('%s is named, and mended by its repair alone', (_what, at, value, path, repair) => {
  const file = broken([at, value]);
  const found = inspect(file);
  expect(found.made).toBeNull();
  expect(found.defects).toContainEqual({ path, message: expect.stringMatching(/\w/), repair });
  if (repair === null) return expect(inspect(file, seatingRepairNames).made).toBeNull();
  const { made, defects, mended } = inspect(file, [repair]);
  expect(defects).toEqual([]);
  expect(mended.map((one) => one.repair)).toEqual([repair]);
  expect(made && planFaults(made.plan)).toEqual([]);
  const whole = seatCount(goodFile());
  expect(made && seatCount(made.file)).toBe(whole);
});

test('every defect of a file is named in one look, and all of them are mended together', () => {
  const names = ['a seat id twice', 'a missing category', 'a row twice', 'a position as text', 'a field nobody knows'];
  const chosen = breaks.filter(([what]) => names.includes(what));
  const file = broken(...chosen.map(([, at, value]) => [at, value] as const));
  const { defects, defectCount } = inspect(file);
  expect(defects.map(({ path }) => path).sort()).toEqual(chosen.map(([, , , path]) => path).sort());
  expect(defectCount).toBe(chosen.length);
  expect(inspect(file, seatingRepairNames).made).not.toBeNull();
});

test('flags of seats that are not there, or that contradict each other, are named', () => {
  const flags = { accessible: ['nobody', 'm-1-1'], companion: ['m-1-1', 'r-1-1'], restrictedView: [] };
  expect(inspect(goodFile(), [], flags).defects.map(({ path }) => path)).toEqual([
    'flags.accessible.0',
    'flags.companion.0',
    'flags.companion.1',
  ]);
});

test('what is no file at all, and what is far too large, are told so and not read on', () => {
  for (const json of [null, 3, 'text', [], undefined]) {
    expect(inspect(json).defects).toEqual([{ path: '', message: expect.stringMatching(/object/), repair: null }]);
  }
  const many = broken(['zones', Array.from({ length: 201 }, () => goodFile().zones[0])]);
  expect(inspect(many).defects).toContainEqual(expect.objectContaining({ path: 'zones', repair: null }));
});

test('ten thousand seats of one id on one spot are mended in a moment', () => {
  const seats = Array.from({ length: 10_000 }, () => ({ ...goodFile().zones[0]?.rows[0]?.seats[0] }));
  const file = broken(['zones.0.rows', [{ row_number: '1', seats }]]);
  expect(inspect(file).defectCount).toBe(3 * 9_999);
  const { made } = inspect(file, seatingRepairNames);
  expect(made?.plan.sections[0]?.rows[0]?.seats).toHaveLength(10_000);
  expect(made && planFaults(made.plan)).toEqual([]);
});

const words = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '');
const anySpot = fc.record({ x: fc.integer({ min: 0, max: 3000 }), y: fc.integer({ min: 0, max: 3000 }) });
const seatOf = fc.record({
  seat_guid: fc.string({ maxLength: 8 }),
  seat_number: fc.string({ maxLength: 4 }),
  position: anySpot,
  category: words,
});
const rowOf = fc.record({ row_number: fc.string({ maxLength: 3 }), seats: fc.array(seatOf, { maxLength: 5 }) });
const zoneOf = fc.record({
  name: fc.string({ maxLength: 6 }),
  position: anySpot,
  rows: fc.array(rowOf, { maxLength: 4 }),
  areas: fc.constant([]),
});
const fileOf = fc.record({
  name: words,
  categories: fc.array(fc.record({ name: words }), { maxLength: 4 }),
  zones: fc.array(zoneOf, { minLength: 1, maxLength: 3 }),
  size: fc.constant({ width: 9000, height: 9000 }),
});

test('any file of the right shape is mended into a plan that can be sold, and what is written is read back the same', () => {
  fc.assert(
    fc.property(fileOf, (json) => {
      const { made, defects } = inspect(json, seatingRepairNames);
      if (made === null) {
        // Too many categories, no seat at all: only a person can mend that.
        expect(defects.every(({ repair }) => repair === null)).toBe(true);
        return;
      }
      expect(planFaults(made.plan)).toEqual([]);
      const written = JSON.parse(JSON.stringify(writeSeatingFile(made.file)));
      const again = inspect(written);
      expect(again.defects).toEqual([]);
      expect(again.made).toEqual(made);
    }),
    { numRuns: 300 },
  );
});

function seatCount({ zones }: { zones: readonly { rows: readonly { seats: readonly unknown[] }[] }[] }): number {
  return zones.reduce((sum, { rows }) => sum + rows.reduce((inner, { seats }) => inner + seats.length, 0), 0);
}
