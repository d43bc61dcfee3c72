// Sort patterns: comparing documents by their smallest (ascending) or largest (descending) value on a path.
import { badValue, ServerError } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { compareValues } from '../values/compare.ts';
import { indexValues, splitPath } from '../values/paths.ts';
import { type Doc, isDoc, isNumber, toNumber, type Value } from '../values/types.ts';

export type SortField = { readonly path: string; readonly parts: readonly string[]; readonly direction: 1 | -1 };

/** Throws BadValue where a direction is neither 1 nor -1. */
export function parseSortPattern(pattern: Doc): SortField[] {
  return Object.keys(pattern).map((path) => {
    const direction = pattern[path];
    if (isDoc(direction)) {
      if ('$meta' in direction)
        throw new ServerError(238, 'sorting by $meta is not implemented by the embedded server');
      throw badValue(`Illegal key in sort specification: ${path}`);
    }
    const sign = isNumber(direction) ? Math.trunc(toNumber(direction)) : 0;
    if (sign !== 1 && sign !== -1) throw badValue(`Bad sort specification: ${path} must be 1 or -1`);
    if (path === '' || splitPath(path).some((part) => part === ''))
      throw new ServerError(15998, 'FieldPath field names may not be empty strings.');
    return { path, parts: splitPath(path), direction: sign };
  });
}

/** A comparison of documents; what compares as equal keeps its order in a stable sort. */
export function compareBy(
  fields: readonly SortField[],
  collation: Collation | null = null,
): (a: Doc, b: Doc) => number {
  return (a, b) => {
    for (const field of fields) {
      const order = compareValues(sortValue(a, field, { collation }), sortValue(b, field, { collation }), collation);
      if (order !== 0) return field.direction * order;
    }
    return 0;
  };
}

/** Sorts with each document's keys taken out once. */
export function sortDocs<T>(
  items: readonly T[],
  docOf: (item: T) => Doc,
  fields: readonly SortField[],
  rules: SortRules = {},
): T[] {
  const collation = rules.collation ?? null;
  const keyed = items.map((item) => ({ item, keys: fields.map((field) => sortValue(docOf(item), field, rules)) }));
  keyed.sort((a, b) => {
    for (let i = 0; i < fields.length; i += 1) {
      const order = compareValues(a.keys[i], b.keys[i], collation);
      if (order !== 0) return (fields[i] as SortField).direction * order;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}

export type SortRules = {
  /** Queries sort a missing field like null; `$sort` in a pipeline puts it below null. */
  readonly missing?: 'as null' | 'below null';
  readonly collation?: Collation | null | undefined;
};

function sortValue(doc: Doc, { parts, direction }: SortField, { missing, collation }: SortRules): Value {
  const { values } = indexValues(doc, parts);
  if (missing === 'below null' && values.length === 1 && values[0] === undefined) return undefined;
  let best: Value = normal(values[0]);
  for (let i = 1; i < values.length; i += 1) {
    const value = normal(values[i]);
    if (compareValues(value, best, collation) * direction < 0) best = value;
  }
  return best;
}

// A missing field sorts as null; an empty array below it.
function normal(value: Value): Value {
  if (value === undefined) return null;
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}
