// Accumulators of $group, $bucket and their kin.
import { Int32 } from 'bson';
import { ServerError } from '../errors.ts';
import { compareBy, parseSortPattern, type SortField } from '../query/sort.ts';
import { Sum } from '../values/arithmetic.ts';
import type { Collation } from '../values/collation.ts';
import { keysFor } from '../values/collation-keys.ts';
import { compareValues } from '../values/compare.ts';
import { type Doc, isDoc, isNullish, isNumber, setField, toNumber, type Value } from '../values/types.ts';
import type { Compiler, Environment, Expression } from './environment.ts';
import { standardDeviation } from './operators/arithmetic.ts';

export type Accumulator = { add(environment: Environment): void; result(): Value };
export type MakeAccumulator = (collation: Collation | null) => Accumulator;

type Fold = (collation: Collation | null) => { add(value: Value): void; result(): Value };

const folds: Readonly<Record<string, Fold>> = {
  $sum: () => {
    const sum = new Sum();
    return { add: (value) => (isNumber(value) ? sum.add(value) : undefined), result: () => sum.total() };
  },
  $avg: () => {
    const sum = new Sum();
    return { add: (value) => (isNumber(value) ? sum.add(value) : undefined), result: () => sum.average() };
  },
  $min: (collation) => extreme(-1, collation),
  $max: (collation) => extreme(1, collation),
  $first: () => {
    let first: { value: Value } | null = null;
    return {
      add: (value) => {
        if (first === null) first = { value };
      },
      result: () => orNull(first?.value),
    };
  },
  $last: () => {
    let last: Value;
    return {
      add: (value) => {
        last = value;
      },
      result: () => orNull(last),
    };
  },
  $push: () => {
    const values: Value[] = [];
    return { add: (value) => void (value !== undefined && values.push(value)), result: () => values };
  },
  $addToSet: (collation) => {
    const { keep } = keysFor(collation);
    const values = new Map<string, Value>();
    return {
      add: (value) => void (value !== undefined && !values.has(keep(value)) && values.set(keep(value), value)),
      result: () => [...values.values()],
    };
  },
  $mergeObjects: () => {
    const merged: Doc = {};
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (!isDoc(value)) throw new ServerError(40400, '$mergeObjects requires object inputs');
        for (const key of Object.keys(value)) setField(merged, key, value[key]);
      },
      result: () => merged,
    };
  },
  $stdDevPop: () => deviation('population'),
  $stdDevSamp: () => deviation('sample'),
};

const orNull = (value: Value): Value => (value === undefined ? null : value);

function extreme(sign: 1 | -1, collation: Collation | null): ReturnType<Fold> {
  let best: Value = null;
  return {
    add: (value) => {
      if (!isNullish(value) && (best === null || compareValues(value, best, collation) * sign > 0)) best = value;
    },
    result: () => best,
  };
}

function deviation(kind: 'population' | 'sample'): ReturnType<Fold> {
  const numbers: number[] = [];
  return {
    add: (value) => void (isNumber(value) && numbers.push(toNumber(value))),
    result: () => standardDeviation(numbers, kind),
  };
}

/** Throws where the name or the arguments of an accumulator are wrong. */
export function compileAccumulator(field: string, specification: Value, compile: Compiler): MakeAccumulator {
  if (!isDoc(specification)) throw new ServerError(40234, `The field '${field}' must be an accumulator object`);
  const names = Object.keys(specification);
  const name = names[0];
  if (names.length !== 1 || name === undefined)
    throw new ServerError(40238, `The field '${field}' must specify one accumulator`);
  const argument = specification[name];
  if (!name.startsWith('$')) throw new ServerError(40234, `The field '${field}' must be an accumulator object`);
  if (name === '$count') {
    if (!isDoc(argument) || Object.keys(argument).length > 0)
      throw new ServerError(14, '$count takes no arguments, i.e. $count:{}');
    return folding(folds.$sum as Fold, () => new Int32(1));
  }
  const many = manyOf(name, argument, compile);
  if (many !== null) return many;
  const fold = Object.hasOwn(folds, name) ? folds[name] : undefined;
  if (fold === undefined) throw new ServerError(15952, `unknown group operator '${name}'`);
  if (Array.isArray(argument) && argument.length !== 1)
    throw new ServerError(40237, `The ${name} accumulator is a unary operator`);
  return folding(fold, compile(Array.isArray(argument) ? argument[0] : argument));
}

const folding =
  (fold: Fold, expression: Expression): MakeAccumulator =>
  (collation) => {
    const state = fold(collation);
    return { add: (environment) => state.add(expression(environment)), result: () => state.result() };
  };

/** `$firstN` and the others that keep several, and `$top`, `$bottom` by their own order. */
function manyOf(name: string, argument: Value, compile: Compiler): MakeAccumulator | null {
  const kind = /^\$(first|last|min|max)N$|^\$(top|bottom)(N?)$/.exec(name);
  if (!kind) return null;
  if (!isDoc(argument)) throw new ServerError(5787801, `specification must be an object; found ${name}`);
  const [, end, side, plural] = kind;
  const input = compile(side ? argument.output : argument.input);
  const n = side && plural === '' ? () => new Int32(1) : compile(argument.n);
  const order: SortField[] = side && isDoc(argument.sortBy) ? parseSortPattern(argument.sortBy) : [];
  return (collation) => {
    const seen: { value: Value; doc: Doc }[] = [];
    let count = 1;
    return {
      add: (environment) => {
        count = toNumber(n(environment));
        seen.push({ value: orNull(input(environment)), doc: isDoc(environment.root) ? environment.root : {} });
      },
      result: () => {
        const kept = chooseMany({ seen, count, end, side, order, collation });
        return side && plural === '' ? orNull(kept[0]) : kept;
      },
    };
  };
}

type Choice = {
  seen: { value: Value; doc: Doc }[];
  count: number;
  end: string | undefined;
  side: string | undefined;
  order: SortField[];
  collation: Collation | null;
};

function chooseMany({ seen, count, end, side, order, collation }: Choice): Value[] {
  if (side) {
    const compare = compareBy(order, collation);
    const sorted = [...seen].sort((a, b) => compare(a.doc, b.doc)).map(({ value }) => value);
    return side === 'top' ? sorted.slice(0, count) : sorted.slice(-count);
  }
  const values = seen.map(({ value }) => value);
  if (end === 'first') return values.slice(0, count);
  if (end === 'last') return values.slice(-count);
  const sign = end === 'min' ? 1 : -1;
  return values
    .filter((value) => value !== null)
    .sort((a, b) => sign * compareValues(a, b, collation))
    .slice(0, count);
}
