// Chooses how to find the documents of a query: by a key, by a range of an index, in the order of an index, or by
// looking at all of them. The filter is always checked again on what is found, so a plan may be wider than needed.
import { ServerError } from '../errors.ts';
import type { Collection } from '../storage/collection.ts';
import type { CollectionIndex } from '../storage/collection-index.ts';
import type { Slot } from '../storage/version.ts';
import { type Collation, isCollatable, sameCollation } from '../values/collation.ts';
import { identical } from '../values/compare.ts';
import { classBounds, invert } from '../values/key-encoding.ts';
import { isPosition } from '../values/paths.ts';
import { type Doc, isArray, isDoc, regexOf, typeOf, type Value } from '../values/types.ts';
import { isOperatorDoc } from './filter.ts';
import type { SortField } from './sort.ts';

/** What the conjunction of a filter says about one path. */
export type Condition = {
  equal?: Value;
  among?: readonly Value[];
  from?: { value: Value; inclusive: boolean };
  to?: { value: Value; inclusive: boolean };
  exists?: true;
};

type Range = { readonly from: string; readonly to: string | null };

export type Candidate = { readonly slot: Slot; readonly key: string | null };

export type Plan = {
  readonly stage: 'COLLSCAN' | 'IXSCAN' | 'IDHACK';
  readonly index: CollectionIndex | null;
  /** The slots to look at, with the key they were found by where the order of keys matters. */
  readonly candidates: () => Iterable<Candidate>;
  /** Whether the slots come in the order that was asked for. */
  readonly sorted: boolean;
  readonly direction: 'forwards' | 'backwards';
};

export type Hint = CollectionIndex | 'natural' | 'natural backwards' | null;

type Wanted = {
  readonly filter: Doc;
  readonly sort: readonly SortField[];
  readonly hint: Hint;
  readonly collation: Collation | null;
};

export function planQuery(collection: Collection, { filter, sort, hint, collation }: Wanted): Plan {
  const natural = sort.length === 1 && sort[0]?.path === '$natural' ? sort[0].direction : null;
  if (hint === 'natural' || hint === 'natural backwards' || natural !== null) {
    const backwards = hint === 'natural backwards' || natural === -1;
    return scanAll(collection, backwards ? 'backwards' : 'forwards', natural !== null || sort.length === 0);
  }
  const conditions = conditionsOf(filter);
  const byId = conditions.get('_id');
  if (
    hint === null &&
    byId &&
    'equal' in byId &&
    isKey(byId.equal) &&
    compares(collection.idIndex, collation, byId.equal)
  )
    return fetchById(collection, collection.idIndex.encode(byId.equal));
  if (
    hint !== null &&
    isDoc(hint.spec.options.partialFilterExpression) &&
    !mayUse(hint, { filter, conditions, collation })
  )
    throw new ServerError(291, 'error processing query: planner returned error :: caused by :: No query solutions');
  let best: { plan: Plan; score: number } | null = null;
  for (const index of hint === null ? collection.indexes.values() : [hint]) {
    if (hint === null && !mayUse(index, { filter, conditions, collation })) continue;
    const found = planIndex(index, usableBy(index, conditions, collation), {
      sort,
      ordered: sameCollation(index.collation, collation),
    });
    if (found !== null && (best === null || found.score > best.score)) best = found;
  }
  if (best !== null) return best.plan;
  if (hint !== null) return wholeIndex(hint, 'forwards', sort.length === 0);
  return scanAll(collection, 'forwards', sort.length === 0);
}

function scanAll(collection: Collection, direction: Plan['direction'], sorted: boolean): Plan {
  const candidates = function* (): Generator<Candidate> {
    const slots = direction === 'forwards' ? collection.slots : [...collection.slots].reverse();
    for (const slot of slots) yield { slot, key: null };
  };
  return { stage: 'COLLSCAN', index: null, candidates, sorted, direction };
}

function fetchById(collection: Collection, key: string): Plan {
  const index = collection.idIndex;
  const candidates = (): Candidate[] => index.slotsWith(key).map((slot) => ({ slot, key: null }));
  return { stage: 'IDHACK', index, candidates, sorted: true, direction: 'forwards' };
}

function wholeIndex(index: CollectionIndex, direction: Plan['direction'], sorted: boolean): Plan {
  return rangePlan(index, [{ from: '', to: null }], { direction, sorted });
}

// A multikey index has a document under each of its keys: the caller skips those it has seen.
function rangePlan(
  index: CollectionIndex,
  ranges: readonly Range[],
  order: { direction: Plan['direction']; sorted: boolean },
): Plan {
  const inOrder = order.direction === 'forwards' ? ranges : [...ranges].reverse();
  const candidates = function* (): Generator<Candidate> {
    for (const { from, to } of inOrder) {
      for (const [key, slot] of index.slotsBetween(from, to, order.direction)) yield { slot, key };
    }
  };
  return { stage: 'IXSCAN', index, candidates, ...order };
}

function keysPlan(index: CollectionIndex, keys: readonly string[], sorted: boolean): Plan {
  const candidates = function* (): Generator<Candidate> {
    for (const key of keys) for (const slot of index.slotsWith(key)) yield { slot, key: null };
  };
  return { stage: 'IXSCAN', index, candidates, sorted, direction: 'forwards' };
}

/** Whether the keys of an index tell what a comparison with the value under the collation asks for. */
const compares = (index: CollectionIndex, collation: Collation | null, value: Value): boolean =>
  sameCollation(index.collation, collation) || !isCollatable(value);

// An index of another collation serves only what no collation changes: conditions without strings, and no order.
function usableBy(
  index: CollectionIndex,
  conditions: ReadonlyMap<string, Condition>,
  collation: Collation | null,
): ReadonlyMap<string, Condition> {
  if (sameCollation(index.collation, collation)) return conditions;
  const plain = ({ equal, among = [], from, to }: Condition): boolean =>
    ![equal, ...among, from?.value, to?.value].some(isCollatable);
  return new Map([...conditions].filter(([, condition]) => plain(condition)));
}

// More combinations of $in lists than this are not worth so many look-ups.
const combinationsMax = 5000;

function planIndex(
  index: CollectionIndex,
  conditions: ReadonlyMap<string, Condition>,
  { sort, ordered }: { readonly sort: readonly SortField[]; readonly ordered: boolean },
): { plan: Plan; score: number } | null {
  let prefixes = [''];
  let points = 0;
  const usable = index.multikey ? 1 : index.paths.length;
  for (const [i, path] of index.paths.entries()) {
    const condition = i < usable ? conditions.get(path) : undefined;
    const values = condition === undefined ? null : pointValues(condition);
    if (values !== null && prefixes.length * values.length <= combinationsMax) {
      const parts = [...new Set(values.map((value) => encoded(index, i, value)))].sort();
      prefixes = prefixes.flatMap((prefix) => parts.map((part) => prefix + part));
      points += 1;
      continue;
    }
    const bounds = condition === undefined ? null : boundsOf(index, i, condition);
    const ranges = prefixes.map((prefix) => within(prefix, bounds));
    const order = ordered ? orderOf(index, points, prefixes.length, sort) : null;
    if (points === 0 && bounds === null && order === null) return null;
    const score = points * 2 + (bounds === null ? 0 : 1) + (order === null ? 0 : 0.5);
    return {
      plan: rangePlan(index, ranges, { direction: order ?? 'forwards', sorted: order !== null || sort.length === 0 }),
      score,
    };
  }
  const single = ordered && prefixes.length === 1 && sort.every(({ path }) => index.paths.includes(path));
  return { plan: keysPlan(index, prefixes, sort.length === 0 || (single && !index.multikey)), score: points * 2 + 1.5 };
}

const encoded = (index: CollectionIndex, column: number, value: Value): string =>
  index.directions[column] === -1 ? invert(index.encode(value)) : index.encode(value);

function within(prefix: string, bounds: Range | null): Range {
  if (bounds !== null) return { from: prefix + bounds.from, to: prefix + (bounds.to ?? '\uffff') };
  return prefix === '' ? { from: '', to: null } : { from: prefix, to: `${prefix}\uffff` };
}

/** The direction in which the index gives the wanted order behind `points` fixed columns; null if it does not. */
function orderOf(
  index: CollectionIndex,
  points: number,
  prefixes: number,
  sort: readonly SortField[],
): Plan['direction'] | null {
  if (sort.length === 0 || index.multikey) return null;
  const fixed = new Set(index.paths.slice(0, points));
  if (prefixes > 1 && points > 0) return null;
  const wanted = sort.filter(({ path }) => !fixed.has(path));
  let direction: Plan['direction'] | null = null;
  for (const [i, field] of wanted.entries()) {
    if (index.paths[points + i] !== field.path) return null;
    const own = index.directions[points + i] === field.direction ? 'forwards' : 'backwards';
    if (direction !== null && own !== direction) return null;
    direction = own;
  }
  return direction ?? 'forwards';
}

function pointValues(condition: Condition): readonly Value[] | null {
  if ('equal' in condition) return isKey(condition.equal) ? [condition.equal] : null;
  if (condition.among?.every(isKey)) return condition.among;
  return null;
}

// Arrays are indexed by their elements and patterns match many strings: neither is a key.
const isKey = (value: Value): boolean => value !== undefined && !isArray(value) && !regexOf(value);

function boundsOf(index: CollectionIndex, column: number, { from, to }: Condition): Range | null {
  const some = from ?? to;
  if (some === undefined) return null;
  const { from: lowest, to: highest } = classBounds(some.value);
  const low = from === undefined ? lowest : index.encode(from.value);
  // Of an array one element may meet the lower and another the upper bound: then only one of them may be used.
  const high =
    to === undefined || (index.multikey && from !== undefined)
      ? highest
      : `${index.encode(to.value)}${to.inclusive ? '\uffff' : ''}`;
  if (index.directions[column] !== -1) return { from: low, to: high };
  return { from: invertedFrom(high), to: `${invert(low)}\uffff` };
}

// Turned round, the end of a range becomes its start; a closing mark must not be turned with it.
const invertedFrom = (high: string): string =>
  invert(high.endsWith('\uffff') ? high.slice(0, -1) : high).replace(/^$/, '');

/** Partial and sparse indexes may only serve queries whose every match they hold. */
function mayUse(
  index: CollectionIndex,
  {
    filter,
    conditions,
    collation,
  }: { filter: Doc; conditions: ReadonlyMap<string, Condition>; collation: Collation | null },
): boolean {
  if (index.spec.options.hidden === true) return false;
  if (index.paths.some((path) => path.split('.').some(isPosition))) return false;
  const partial = index.spec.options.partialFilterExpression;
  // What the partial filter lets in is decided by the collation of the index.
  if (isDoc(partial) && !sameCollation(index.collation, collation)) return false;
  if (isDoc(partial)) return Object.keys(partial).every((path) => implies(path, partial[path], filter, conditions));
  if (!index.spec.sparse) return true;
  return index.paths.some((path) => {
    const condition = conditions.get(path);
    if (condition === undefined) return false;
    const values = 'equal' in condition ? [condition.equal] : (condition.among ?? []);
    return values.every((value) => value !== null);
  });
}

function implies(path: string, demand: Value, filter: Doc, conditions: ReadonlyMap<string, Condition>): boolean {
  if (path.startsWith('$')) return false;
  if (Object.hasOwn(filter, path) && identical(filter[path], demand)) return true;
  const condition = conditions.get(path);
  if (condition === undefined) return false;
  if (isOperatorDoc(demand)) {
    const keys = Object.keys(demand);
    if (keys.length === 1 && keys[0] === '$exists' && demand.$exists) {
      return (
        ('equal' in condition && condition.equal !== null) ||
        (condition.among?.every((value) => value !== null) ?? false) ||
        condition.exists === true ||
        condition.from !== undefined ||
        condition.to !== undefined
      );
    }
    if (keys.length === 1 && keys[0] === '$eq') return 'equal' in condition && identical(condition.equal, demand.$eq);
    if (keys.length === 1 && keys[0] === '$in' && isArray(demand.$in)) {
      const allowed = demand.$in;
      const asked = 'equal' in condition ? [condition.equal] : condition.among;
      return asked?.every((value) => allowed.some((other) => identical(other, value))) ?? false;
    }
    return false;
  }
  return 'equal' in condition && identical(condition.equal, demand);
}

/** What must hold of single paths wherever the filter holds. */
export function conditionsOf(filter: Doc, into = new Map<string, Condition>()): Map<string, Condition> {
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if (key === '$and' && isArray(value)) for (const part of value) conditionsOf(isDoc(part) ? part : {}, into);
    else if (!key.startsWith('$')) addCondition(into, key, value);
  }
  return into;
}

function addCondition(into: Map<string, Condition>, path: string, value: Value): void {
  const condition = into.get(path) ?? {};
  if (isOperatorDoc(value)) {
    for (const operator of Object.keys(value)) addOperator(condition, operator, value[operator]);
  } else if (!regexOf(value)) condition.equal = value;
  if (Object.keys(condition).length > 0) into.set(path, condition);
}

const rangeable = (value: Value): boolean =>
  !['null', 'missing', 'minKey', 'maxKey', 'array', 'regex', 'object'].includes(typeOf(value)) &&
  !(Number.isNaN(Number(value)) && typeOf(value) === 'double');

function addOperator(condition: Condition, operator: string, value: Value): void {
  switch (operator) {
    case '$eq':
      condition.equal = value;
      return;
    case '$in':
      if (isArray(value)) condition.among = value;
      return;
    case '$exists':
      if (value === true) condition.exists = true;
      return;
    case '$gt':
    case '$gte':
      if (rangeable(value)) condition.from = { value, inclusive: operator === '$gte' };
      return;
    case '$lt':
    case '$lte':
      if (rangeable(value)) condition.to = { value, inclusive: operator === '$lte' };
      return;
    default:
  }
}
