// The table of a bench as it is printed, and the same figures for the file.

export type Row = {
  readonly id: string;
  readonly what: string;
  readonly median: number;
  readonly range: readonly [number, number];
  readonly note: string;
};

/** A denominator that spreads by more says that the machine was too busy to trust the run. */
const SPREAD_MAX = 0.15;

export function createReport(say: (line: string) => void) {
  const rows: Row[] = [];
  return {
    rows: rows as readonly Row[],
    add(
      id: string,
      what: string,
      { values, note = '' }: { readonly values: readonly number[]; readonly note?: string },
    ): void {
      const sorted = [...values].sort((a, b) => a - b);
      const row: Row = {
        id,
        what,
        median: sorted[Math.floor(sorted.length / 2)] ?? 0,
        range: [sorted[0] ?? 0, sorted.at(-1) ?? 0],
        note,
      };
      rows.push(row);
      const range = values.length > 1 ? ` (${figure(row.range[0])}–${figure(row.range[1])})` : '';
      say(`${id.padEnd(10)} ${what.padEnd(52)} ${(figure(row.median) + range).padEnd(24)} ${note}`);
    },
    /** A figure others are divided by. */
    addBaseline(id: string, what: string, values: readonly number[]): void {
      const spread = (Math.max(...values) - Math.min(...values)) / (median(values) || 1);
      const percent = `${Math.round(spread * 100)} %`;
      this.add(id, what, {
        values,
        note: spread > SPREAD_MAX ? `baseline; spread ${percent}: a busy machine` : 'baseline',
      });
    },
  };
}
export type Report = ReturnType<typeof createReport>;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function figure(value: number): string {
  return value.toFixed(Math.abs(value) < 100 ? 2 : 0);
}
