// The samples of a sale as charts want them: columns over time, with a hole where nobody sampled, and what of each column is
// worth saying in words.
import type { SaleSample } from '@onsale/contracts';

export type SeriesName = Exclude<keyof SaleSample, 'at'>;
export type Column = readonly (number | null)[];
export type Columns = { readonly seconds: readonly number[]; readonly of: Readonly<Record<SeriesName, Column>> };

const HOLE_SAMPLES = 3; // a leader that changes misses one or two

export const seriesNames = [
  'waiting',
  'called',
  'active',
  'callsPerMinute',
  'targetPerMinute',
  'shopDelayMs',
  'held',
  'sold',
  'free',
] as const satisfies readonly SeriesName[];

/** Of the last `minutes` before the latest sample. */
export function columnsOf(
  samples: readonly SaleSample[],
  { everySeconds, minutes }: { readonly everySeconds: number; readonly minutes: number },
): Columns {
  const last = secondsOf(samples.at(-1)?.at);
  const shown = samples.filter(({ at }) => last - secondsOf(at) <= minutes * 60);
  const rows: { at: number; sample: SaleSample | null }[] = [];
  for (const sample of shown) {
    const at = secondsOf(sample.at);
    const before = rows.at(-1);
    if (before !== undefined && at - before.at > HOLE_SAMPLES * everySeconds) {
      rows.push({ at: before.at + everySeconds, sample: null });
    }
    rows.push({ at, sample });
  }
  const column = (name: SeriesName) => rows.map(({ sample }) => sample?.[name] ?? null);
  return {
    seconds: rows.map(({ at }) => at),
    of: Object.fromEntries(seriesNames.map((name) => [name, column(name)])) as unknown as Record<SeriesName, Column>,
  };
}

/** Later samples added to those known; the oldest beyond `max` fall out. */
export function withLater(
  known: readonly SaleSample[],
  more: readonly SaleSample[],
  max: number,
): readonly SaleSample[] {
  const last = secondsOf(known.at(-1)?.at);
  return [...known, ...more.filter(({ at }) => secondsOf(at) > last)].slice(-max);
}

export type Extent = { readonly now: number | null; readonly least: number; readonly most: number };

/** Null when the column has no figure at all. */
export function extentOf(column: Column): Extent | null {
  const figures = column.filter((figure) => figure !== null);
  if (figures.length === 0) return null;
  return { now: column.at(-1) ?? null, least: Math.min(...figures), most: Math.max(...figures) };
}

/** Every so many-th row counted from the end, for a table that can be read through. */
export function everyNth(length: number, rowsMax: number): readonly number[] {
  const step = Math.max(1, Math.ceil(length / rowsMax));
  const rows: number[] = [];
  for (let i = length - 1; i >= 0; i -= step) rows.push(i);
  return rows;
}

function secondsOf(at: string | undefined): number {
  return at === undefined ? Number.NEGATIVE_INFINITY : Date.parse(at) / 1000;
}
