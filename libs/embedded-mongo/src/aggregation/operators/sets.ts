// Operators that take arrays for sets.
import { ServerError } from '../../errors.ts';
import type { Collation } from '../../values/collation.ts';
import { keysFor, type ValueKeys } from '../../values/collation-keys.ts';
import { compareValues } from '../../values/compare.ts';
import { isArray, isNullish, typeOf, type Value } from '../../values/types.ts';
import type { MakeExpression } from '../environment.ts';
import { binary, unary, variadic } from './arguments.ts';
import { truthy } from './logic.ts';

type Operand = { readonly operator: string; readonly code: number; readonly keys: ValueKeys };

function keyed(value: Value, { operator, code, keys }: Operand): Map<string, Value> {
  if (!isArray(value))
    throw new ServerError(
      code,
      `All operands of ${operator} must be arrays. One argument is of type: ${typeOf(value)}`,
    );
  return new Map(value.map((item) => [keys.keep(item), item]));
}

const ordered = (values: Iterable<Value>, collation: Collation | null): Value[] =>
  [...values].sort((a, b) => compareValues(a, b, collation));

const union = variadic((values, collation) => {
  if (values.some(isNullish)) return null;
  const operand = { operator: '$setUnion', code: 17043, keys: keysFor(collation) };
  const all = new Map<string, Value>();
  for (const value of values) for (const [key, item] of keyed(value, operand)) if (!all.has(key)) all.set(key, item);
  return ordered(all.values(), collation);
});

const intersection = variadic((values, collation) => {
  if (values.some(isNullish)) return null;
  const operand = { operator: '$setIntersection', code: 17047, keys: keysFor(collation) };
  const [first = new Map<string, Value>(), ...others] = values.map((value) => keyed(value, operand));
  const common = [...first].filter(([key]) => others.every((other) => other.has(key)));
  return ordered(
    common.map(([, item]) => item),
    collation,
  );
});

const difference = binary('$setDifference', (a, b, collation) => {
  if (isNullish(a) || isNullish(b)) return null;
  const operand = { operator: '$setDifference', keys: keysFor(collation) };
  const [left, right] = [keyed(a, { ...operand, code: 17048 }), keyed(b, { ...operand, code: 17049 })];
  return [...left].filter(([key]) => !right.has(key)).map(([, item]) => item);
});

const isSubset = binary('$setIsSubset', (a, b, collation) => {
  const operand = { operator: '$setIsSubset', keys: keysFor(collation) };
  const [left, right] = [keyed(a, { ...operand, code: 17046 }), keyed(b, { ...operand, code: 17042 })];
  return [...left.keys()].every((key) => right.has(key));
});

const equals: MakeExpression = (argument, compile) => {
  if (!isArray(argument) || argument.length < 2)
    throw new ServerError(17045, '$setEquals needs at least two arguments');
  return variadic((values, collation) => {
    const operand = { operator: '$setEquals', code: 17044, keys: keysFor(collation) };
    const [first, ...others] = values.map((value) => keyed(value, operand));
    const keys = [...(first?.keys() ?? [])];
    return others.every((other) => other.size === keys.length && keys.every((key) => other.has(key)));
  })(argument, compile);
};

const elements = (operator: string, code: number, combine: (items: Value[]) => boolean): MakeExpression =>
  unary(operator, (value) => {
    if (!isArray(value))
      throw new ServerError(code, `${operator}'s argument must be an array, but is ${typeOf(value)}`);
    return combine(value);
  });

export const setOperators: Readonly<Record<string, MakeExpression>> = {
  $setUnion: union,
  $setIntersection: intersection,
  $setDifference: difference,
  $setIsSubset: isSubset,
  $setEquals: equals,
  $anyElementTrue: elements('$anyElementTrue', 17041, (items) => items.some(truthy)),
  $allElementsTrue: elements('$allElementsTrue', 17040, (items) => items.every(truthy)),
};
