// The update operators of arrays: $push, $addToSet, $pop, $pull, $pullAll.
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { compileFilter, compileOperators, type FilterScope, isOperatorDoc } from '../query/filter.ts';
import { compareBy, parseSortPattern } from '../query/sort.ts';
import type { Collation } from '../values/collation.ts';
import { keysFor } from '../values/collation-keys.ts';
import { compareValues, valuesEqual } from '../values/compare.ts';
import { type Doc, isArray, isDoc, isNumber, regexOf, toNumber, typeOf, type Value } from '../values/types.ts';
import type { MakeModifier } from './modifiers.ts';
import { storable } from './storable.ts';

export const arrayModifiers: Readonly<Record<string, MakeModifier>> = {
  $push: (argument, path, scope) => {
    const { items, position, slice, sort } = parsePush(argument, scope.collation);
    return {
      whenMissing: 'create',
      apply: (old) => {
        const array = [...arrayOf(old, path, '$push')];
        const at = position === null ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
        array.splice(at, 0, ...items);
        if (sort) array.sort(sort);
        if (slice === null) return array;
        return slice < 0 ? array.slice(slice) : array.slice(0, slice);
      },
    };
  },
  $addToSet: (argument, path, { collation }) => {
    const each = eachOf(argument, '$addToSet');
    return {
      whenMissing: 'create',
      apply: (old) => {
        const array = arrayOf(old, path, '$addToSet');
        const { keep } = keysFor(collation);
        const known = new Set(array.map(keep));
        const added = each.filter((item) => {
          const key = keep(item);
          if (known.has(key)) return false;
          known.add(key);
          return true;
        });
        return added.length === 0 && old !== undefined ? old : [...array, ...added];
      },
    };
  },
  $pop: (argument, path) => {
    if (!isNumber(argument)) throw failedToParse(`Expected a number in: ${path}: ${JSON.stringify(argument)}`);
    const end = toNumber(argument);
    if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${end}`);
    return {
      whenMissing: 'skip',
      apply: (old) => {
        if (old === undefined) return undefined;
        if (!isArray(old)) throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeOf(old)}'`);
        return end === 1 ? old.slice(0, -1) : old.slice(1);
      },
    };
  },
  $pull: (argument, path, scope) => pulling(pullTest(argument, scope), path, '$pull'),
  $pullAll: (argument, path, { collation }) => {
    if (!isArray(argument)) throw badValue(`$pullAll requires an array argument but was given a ${typeOf(argument)}`);
    return pulling((item) => argument.some((unwanted) => valuesEqual(item, unwanted, collation)), path, '$pullAll');
  },
};

function pulling(unwanted: (item: Value) => boolean, path: string, operator: string): ReturnType<MakeModifier> {
  return {
    whenMissing: 'skip',
    apply: (old) => {
      if (old === undefined) return undefined;
      if (!isArray(old)) throw badValue(`Cannot apply ${operator} to a non-array value (${path})`);
      return old.some(unwanted) ? old.filter((item) => !unwanted(item)) : old;
    },
  };
}

function pullTest(argument: Value, scope: FilterScope): (item: Value) => boolean {
  const first = isDoc(argument) ? Object.keys(argument)[0] : undefined;
  if (first === '$not') throw badValue('unknown top level operator: $not');
  if (regexOf(argument) || (isOperatorDoc(argument) && !['$and', '$or', '$nor', '$expr'].includes(first ?? ''))) {
    const condition = regexOf(argument) ? { $regex: argument } : (argument as Doc);
    const predicate = compileOperators(['v'], condition, scope);
    return (item) => predicate({ v: item });
  }
  if (isDoc(argument)) {
    const predicate = compileFilter(argument, scope);
    return (item) => isDoc(item) && predicate(item);
  }
  return (item) => valuesEqual(item, argument, scope.collation);
}

function arrayOf(old: Value, path: string, operator: string): Value[] {
  if (old === undefined) return [];
  if (isArray(old)) return old;
  if (operator === '$push') throw badValue(`The field '${path}' must be an array but is of type ${typeOf(old)}`);
  throw badValue(
    `Cannot apply ${operator} to non-array field. Field named '${path}' has non-array type ${typeOf(old)}`,
  );
}

function eachOf(argument: Value, operator: string): Value[] {
  if (!isDoc(argument) || Object.keys(argument)[0] !== '$each') return [argument];
  const extra = Object.keys(argument).find((key) => key !== '$each');
  if (extra !== undefined) throw badValue(`Found unexpected fields after $each in ${operator}: ${extra}`);
  const items = argument.$each;
  if (!isArray(items))
    throw typeMismatch(`The argument to $each in ${operator} must be an array but it was of type ${typeOf(items)}`);
  return items;
}

type Push = {
  items: Value[];
  position: number | null;
  slice: number | null;
  sort: ((a: Value, b: Value) => number) | null;
};

function parsePush(argument: Value, collation: FilterScope['collation']): Push {
  if (!isDoc(argument) || !Object.hasOwn(argument, '$each')) {
    return { items: [storable(argument)], position: null, slice: null, sort: null };
  }
  const known = ['$each', '$position', '$slice', '$sort'];
  const extra = Object.keys(argument).find((key) => !known.includes(key));
  if (extra !== undefined) throw badValue(`Unrecognized clause in $push: ${extra}`);
  const items = argument.$each;
  if (!isArray(items))
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeOf(items)}`);
  return {
    items,
    position: wholeOf(argument.$position, '$position'),
    slice: wholeOf(argument.$slice, '$slice'),
    sort: parseSort(argument.$sort, collation ?? null),
  };
}

function wholeOf(value: Value, name: string): number | null {
  if (value === undefined) return null;
  if (!isNumber(value) || !Number.isInteger(toNumber(value))) {
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeOf(value)}`);
  }
  return toNumber(value);
}

function parseSort(pattern: Value, collation: Collation | null): Push['sort'] {
  if (pattern === undefined) return null;
  if (isNumber(pattern)) {
    const direction = toNumber(pattern);
    if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return (a, b) => direction * compareValues(a, b, collation);
  }
  if (!isDoc(pattern))
    throw badValue('The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields');
  if (Object.keys(pattern).length === 0)
    throw badValue('The $sort pattern is empty when it should be a set of fields.');
  for (const direction of Object.values(pattern)) {
    if (!isNumber(direction) || Math.abs(toNumber(direction)) !== 1)
      throw badValue('The $sort element value must be either 1 or -1');
  }
  const compare = compareBy(parseSortPattern(pattern), collation);
  const asDoc = (value: Value): Doc => (isDoc(value) ? value : {});
  return (a, b) => compare(asDoc(a), asDoc(b));
}
