// Operators on arrays.
import { Int32 } from 'bson';
import { ServerError } from '../../errors.ts';
import { parseSortPattern, sortDocs } from '../../query/sort.ts';
import type { Collation } from '../../values/collation.ts';
import { compareValues, valuesEqual } from '../../values/compare.ts';
import {
  type Doc,
  isArray,
  isDoc,
  isNullish,
  isNumber,
  setField,
  toNumber,
  typeOf,
  type Value,
} from '../../values/types.ts';
import type { MakeExpression } from '../environment.ts';
import { binary, namedArguments, ranged, unary, variadic } from './arguments.ts';
import { checkName, truthy } from './logic.ts';

type Wanted = { readonly operator: string; readonly code: number };

function arrayOf(value: Value, { operator, code }: Wanted): Value[] {
  if (!isArray(value))
    throw new ServerError(code, `${operator} needs an array, but its argument is of type ${typeOf(value)}`);
  return value;
}

function wholeOf(value: Value, { operator, code }: Wanted): number {
  if (!isNumber(value) || !Number.isInteger(toNumber(value)))
    throw new ServerError(code, `${operator} needs a whole number, but got ${typeOf(value)}`);
  return toNumber(value);
}

const size = unary('$size', (value) => {
  if (!isArray(value))
    throw new ServerError(17124, `The argument to $size must be an array, but was of type: ${typeOf(value)}`);
  return new Int32(value.length);
});

const arrayElemAt = binary('$arrayElemAt', (array, position) => {
  if (isNullish(array) || isNullish(position)) return null;
  const items = arrayOf(array, { operator: '$arrayElemAt', code: 28689 });
  if (!isNumber(position))
    throw new ServerError(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeOf(position)}`);
  const at = wholeOf(position, { operator: '$arrayElemAt', code: 28691 });
  return items[at < 0 ? items.length + at : at];
});

const end = (operator: string, at: 0 | -1): MakeExpression =>
  unary(operator, (array) => (isNullish(array) ? null : arrayOf(array, { operator, code: 28689 }).at(at)));

const slice = ranged({ operator: '$slice', min: 2, max: 3 }, ([array, second, third]) => {
  if (isNullish(array) || second === null || third === null) return null;
  const items = arrayOf(array, { operator: '$slice', code: 28724 });
  const first = wholeOf(second, { operator: '$slice', code: 28725 });
  if (third === undefined) return first < 0 ? items.slice(first) : items.slice(0, first);
  const count = wholeOf(third, { operator: '$slice', code: 28727 });
  if (count <= 0) throw new ServerError(28729, `Third argument to $slice must be positive: ${count}`);
  const start = first < 0 ? Math.max(0, items.length + first) : first;
  return items.slice(start, start + count);
});

const within: MakeExpression = binary('$in', (item, array, collation) => {
  if (!isArray(array))
    throw new ServerError(40081, `$in requires an array as a second argument, found: ${typeOf(array)}`);
  return array.some((candidate) => valuesEqual(candidate, item, collation));
});

const indexOfArray = ranged({ operator: '$indexOfArray', min: 2, max: 4 }, ([array, item, from, to], collation) => {
  if (isNullish(array)) return null;
  const items = arrayOf(array, { operator: '$indexOfArray', code: 40090 });
  const start = from === undefined ? 0 : wholeOf(from, { operator: '$indexOfArray', code: 40096 });
  const stop = to === undefined ? items.length : wholeOf(to, { operator: '$indexOfArray', code: 40096 });
  if (start < 0 || stop < 0) throw new ServerError(40097, '$indexOfArray requires a nonnegative index');
  for (let i = start; i < Math.min(stop, items.length); i += 1)
    if (valuesEqual(items[i], item, collation)) return new Int32(i);
  return new Int32(-1);
});

const rangesMax = 1_000_000;
const range = ranged({ operator: '$range', min: 2, max: 3 }, ([from, to, by]) => {
  const start = wholeOf(from, { operator: '$range', code: isNumber(from) ? 34444 : 34443 });
  const stop = wholeOf(to, { operator: '$range', code: isNumber(to) ? 34446 : 34445 });
  const step = by === undefined ? 1 : wholeOf(by, { operator: '$range', code: isNumber(by) ? 34448 : 34447 });
  if (step === 0) throw new ServerError(34449, '$range requires a non-zero step value');
  const values: Int32[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) {
    if (values.length >= rangesMax) throw new ServerError(146, '$range would make too many values');
    values.push(new Int32(i));
  }
  return values;
});

const reverse = unary('$reverseArray', (value) =>
  isNullish(value) ? null : [...arrayOf(value, { operator: '$reverseArray', code: 34435 })].reverse(),
);

const concat = variadic((values) => {
  if (values.some(isNullish)) return null;
  return values.flatMap((value) => arrayOf(value, { operator: '$concatArrays', code: 28664 }));
});

const filter: MakeExpression = (argument, compile) => {
  const codes = { unknown: 28647, missing: 28648, notDoc: 28646 };
  const given = namedArguments(argument, {
    operator: '$filter',
    required: ['input', 'cond'],
    optional: ['as', 'limit'],
    codes,
  });
  const name = given.as === undefined ? 'this' : checkName(String(given.as));
  const input = compile(given.input);
  const test = compile.within([name])(given.cond);
  const limit = given.limit === undefined ? null : compile(given.limit);
  return (environment) => {
    const array = input(environment);
    if (isNullish(array)) return null;
    const items = arrayOf(array, { operator: '$filter', code: 28651 });
    const most = limit === null ? Number.POSITIVE_INFINITY : toNumber(limit(environment));
    const kept: Value[] = [];
    for (const item of items) {
      if (kept.length >= most) break;
      if (truthy(test({ ...environment, variables: { ...environment.variables, [name]: item } }))) kept.push(item);
    }
    return kept;
  };
};

const map: MakeExpression = (argument, compile) => {
  const codes = { unknown: 16879, missing: 16880, notDoc: 16878 };
  const given = namedArguments(argument, { operator: '$map', required: ['input', 'in'], optional: ['as'], codes });
  const name = given.as === undefined ? 'this' : checkName(String(given.as));
  const input = compile(given.input);
  const body = compile.within([name])(given.in);
  return (environment) => {
    const array = input(environment);
    if (isNullish(array)) return null;
    return arrayOf(array, { operator: '$map', code: 16883 }).map((item) => {
      const value = body({ ...environment, variables: { ...environment.variables, [name]: item } });
      return value === undefined ? null : value;
    });
  };
};

const reduce: MakeExpression = (argument, compile) => {
  const codes = { unknown: 40076, missing: 40077, notDoc: 40075 };
  const given = namedArguments(argument, { operator: '$reduce', required: ['input', 'initialValue', 'in'], codes });
  const input = compile(given.input);
  const initial = compile(given.initialValue);
  const body = compile.within(['this', 'value'])(given.in);
  return (environment) => {
    const array = input(environment);
    if (isNullish(array)) return null;
    const items = arrayOf(array, { operator: '$reduce', code: 40080 });
    return items.reduce<Value>(
      (value, item) => body({ ...environment, variables: { ...environment.variables, this: item, value } }),
      initial(environment),
    );
  };
};

const zip: MakeExpression = (argument, compile) => {
  const codes = { unknown: 34464, missing: 34465, notDoc: 34460 };
  const given = namedArguments(argument, {
    operator: '$zip',
    required: ['inputs'],
    optional: ['useLongestLength', 'defaults'],
    codes,
  });
  const inputs = given.inputs;
  if (!isArray(inputs)) throw new ServerError(34461, 'inputs must be an array of expressions');
  if (inputs.length === 0) throw new ServerError(34465, '$zip requires at least one input array');
  const longest = given.useLongestLength ?? false;
  if (typeof longest !== 'boolean') throw new ServerError(34463, 'useLongestLength must be a bool');
  const defaults = given.defaults;
  if (defaults !== undefined && !longest)
    throw new ServerError(34466, 'cannot specify defaults unless useLongestLength is true');
  const arrays = inputs.map(compile);
  const fallback = isArray(defaults) ? defaults.map(compile) : [];
  return (environment) => {
    const lists = arrays.map((array) => array(environment));
    if (lists.some(isNullish)) return null;
    const checked = lists.map((list) => arrayOf(list, { operator: '$zip', code: 34468 }));
    const lengths = checked.map((list) => list.length);
    const length = longest ? Math.max(...lengths) : Math.min(...lengths);
    return Array.from({ length }, (_, row) =>
      checked.map((list, i) => (row < list.length ? list[row] : (fallback[i]?.(environment) ?? null))),
    );
  };
};

const arrayToObject = unary('$arrayToObject', (value) => {
  if (isNullish(value)) return null;
  const items = arrayOf(value, { operator: '$arrayToObject', code: 40386 });
  const result: Doc = {};
  for (const item of items) {
    if (isArray(item)) {
      if (item.length !== 2)
        throw new ServerError(
          40397,
          `$arrayToObject requires an array of size 2 arrays,found array of size: ${item.length}`,
        );
      if (typeof item[0] !== 'string')
        throw new ServerError(
          40395,
          '$arrayToObject requires an array of key-value pairs, where the key must be of type string',
        );
      setField(result, item[0], item[1]);
    } else if (isDoc(item)) {
      if (Object.keys(item).length !== 2)
        throw new ServerError(
          40392,
          `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${Object.keys(item).length}`,
        );
      if (!Object.hasOwn(item, 'k') || !Object.hasOwn(item, 'v'))
        throw new ServerError(40393, "$arrayToObject requires an object with keys 'k' and 'v'.");
      if (typeof item.k !== 'string')
        throw new ServerError(
          40394,
          "$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string.",
        );
      setField(result, item.k, item.v);
    } else throw new ServerError(40398, `Unrecognised input type format for $arrayToObject: ${typeOf(item)}`);
  }
  return result;
});

const sortArray: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, { operator: '$sortArray', required: ['input', 'sortBy'] });
  const input = compile(given.input);
  const by = given.sortBy;
  if (!isNumber(by) && !isDoc(by))
    throw new ServerError(
      2942507,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const fields = isDoc(by) ? parseSortPattern(by) : [];
  return (environment) => {
    const array = input(environment);
    if (isNullish(array)) return null;
    const items = arrayOf(array, { operator: '$sortArray', code: 2942504 });
    const { collation } = environment;
    if (isNumber(by)) return [...items].sort((a, b) => toNumber(by) * compareValues(a, b, collation));
    return sortDocs(items, (item) => (isDoc(item) ? item : {}), fields, { collation });
  };
};

/** `$firstN`, `$lastN`, `$minN`, `$maxN` as expressions of an array. */
const nOf =
  (operator: string, take: (items: Value[], n: number, collation: Collation | null) => Value[]): MakeExpression =>
  (argument, compile) => {
    const given = namedArguments(argument, { operator, required: ['n', 'input'] });
    const [n, input] = [compile(given.n), compile(given.input)];
    return (environment) => {
      const count = wholeOf(n(environment), { operator, code: 5787902 });
      if (count <= 0) throw new ServerError(5787908, `'n' must be greater than 0, found ${count}`);
      return take(arrayOf(input(environment), { operator, code: 5788200 }), count, environment.collation);
    };
  };

const sorted = (items: Value[], sign: 1 | -1, collation: Collation | null): Value[] =>
  items.filter((item) => !isNullish(item)).sort((a, b) => sign * compareValues(a, b, collation));

export const arrayOperators: Readonly<Record<string, MakeExpression>> = {
  $size: size,
  $arrayElemAt: arrayElemAt,
  $first: end('$first', 0),
  $last: end('$last', -1),
  $slice: slice,
  $in: within,
  $indexOfArray: indexOfArray,
  $range: range,
  $reverseArray: reverse,
  $concatArrays: concat,
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $zip: zip,
  $arrayToObject: arrayToObject,
  $isArray: unary('$isArray', (value) => isArray(value)),
  $sortArray: sortArray,
  $firstN: nOf('$firstN', (items, n) => items.slice(0, n)),
  $lastN: nOf('$lastN', (items, n) => items.slice(-n)),
  $minN: nOf('$minN', (items, n, collation) => sorted(items, 1, collation).slice(0, n)),
  $maxN: nOf('$maxN', (items, n, collation) => sorted(items, -1, collation).slice(0, n)),
};
