// The rows of a (compound) index for one document: arrays are unwound, but only one array for all columns together.
import { ServerError } from '../errors.ts';
import { isPosition, own } from '../values/paths.ts';
import { type Doc, isArray, isDoc, type Value } from '../values/types.ts';

type Column = { readonly value: Value; readonly parts: readonly string[] };
type Halt = { readonly array: readonly Value[]; readonly rest: readonly string[] };

export type Rows = { readonly rows: readonly (readonly Value[])[]; readonly multikey: boolean };

/** Missing values are undefined. Throws 171 where two arrays would have to be unwound side by side. */
export function indexRows(doc: Doc, paths: readonly (readonly string[])[]): Rows {
  const columns = paths.map((parts): Column => ({ value: doc, parts }));
  const rows: Value[][] = [];
  const multikey = unwindInto(rows, columns);
  return { rows, multikey };
}

function unwindInto(rows: Value[][], columns: readonly Column[]): boolean {
  const ends = columns.map(walk);
  const halts = ends.filter((end): end is Halt => isHalt(end));
  const [first] = halts;
  if (first === undefined) {
    rows.push(ends.map((end) => (end as { value: Value }).value));
    return false;
  }
  if (halts.some(({ array }) => array !== first.array)) throw new ServerError(171, 'cannot index parallel arrays');
  const elements = first.array.length === 0 ? [emptyMark] : first.array;
  for (const element of elements) {
    unwindInto(
      rows,
      ends.map((end) => (isHalt(end) ? afterHalt(end, element) : { value: end.value, parts: done })),
    );
  }
  return true;
}

// A column that has come to its end is not unwound again, though its value may be an array.
const done: readonly string[] = Object.freeze([]) as readonly string[];
const emptyMark = Symbol('element of an empty array');

function afterHalt({ rest }: Halt, element: Value): Column {
  if (element === emptyMark) return { value: rest.length === 0 ? [] : undefined, parts: done };
  if (rest.length === 0) return { value: element, parts: done };
  return isDoc(element) ? { value: element, parts: rest } : { value: undefined, parts: done };
}

const isHalt = (end: Halt | { value: Value }): end is Halt => 'array' in end;

function walk(column: Column): Halt | { value: Value } {
  let value = column.value;
  if (column.parts === done) return { value };
  for (const [i, part] of column.parts.entries()) {
    if (isArray(value)) {
      if (!isPosition(part)) return { array: value, rest: column.parts.slice(i) };
      value = value[Number(part)];
    } else value = isDoc(value) ? own(value, part) : undefined;
  }
  return isArray(value) ? { array: value, rest: done } : { value };
}
