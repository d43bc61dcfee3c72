// A hall as CSV: the lines of a file with what stands under each column, and the other way round.
import { type HallRow, hallColumns } from '@onsale/domain';
import { CsvError, parse } from 'csv-parse/sync';
import { csvLine } from '../csv/csv-line.ts';

export type HallTable =
  | { readonly kind: 'read'; readonly rows: readonly HallRow[] }
  | { readonly kind: 'unreadable'; readonly line: number; readonly message: string };

const LINES_MAX = 20_000;
const CELL_CHARACTERS_MAX = 1_000;
const NEEDED = ['section', 'row', 'from', 'to', 'category'];

export function readHallTable(csv: string): HallTable {
  try {
    const records = parse(csv, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      delimiter: csv.split('\n', 1)[0]?.includes(';') ? ';' : ',',
      info: true,
      max_record_size: CELL_CHARACTERS_MAX * hallColumns.length,
      skip_empty_lines: true,
      to: LINES_MAX + 1,
      trim: true,
    }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    const columns = Object.keys(records[0]?.record ?? {});
    const missing = NEEDED.filter((name) => !columns.includes(name));
    if (missing.length > 0) return unreadable(1, `the first line names the columns; there is no ${missing.join(', ')}`);
    const unknown = columns.find((name) => !hallColumns.includes(name));
    if (unknown !== undefined)
      return unreadable(1, `there is no column ${unknown}; known are ${hallColumns.join(', ')}`);
    if (records.length > LINES_MAX) return unreadable(LINES_MAX, `a table has at most ${LINES_MAX} lines`);
    return { kind: 'read', rows: records.map(({ record, info }) => ({ line: info.lines, cells: record })) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable(Number(error.lines ?? 1), error.message);
  }
}

const unreadable = (line: number, message: string): HallTable => ({ kind: 'unreadable', line, message });

export function hallTable(rows: readonly (readonly string[])[]): string {
  return [hallColumns, ...rows].map(csvLine).join('');
}
