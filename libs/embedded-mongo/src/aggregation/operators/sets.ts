// Operators that take arrays for sets.
import { ServerError } from '../../errors.ts';
import { compareValues } from '../../values/compare.ts';
import { encodeValue } from '../../values/key-encoding.ts';
import { isArray, isNullish, typeOf, type Value } from '../../values/types.ts';
import type { MakeExpression } from '../environment.ts';
import { binary, unary, variadic } from './arguments.ts';
import { truthy } from './logic.ts';

function keyed(value: Value, operator: string, code: number): Map<string, Value> {
  if (!isArray(value))
    throw new ServerError(
      code,
      `All operands of ${operator} must be arrays. One argument is of type: ${typeOf(value)}`,
    );
  return new Map(value.map((item) => [encodeValue(item), item]));
}

const ordered = (values: Iterable<Value>): Value[] => [...values].sort(compareValues);

const union = variadic((values) => {
  if (values.some(isNullish)) return null;
  const all = new Map<string, Value>();
  for (const value of values)
    for (const [key, item] of keyed(value, '$setUnion', 17043)) if (!all.has(key)) all.set(key, item);
  return ordered(all.values());
});

const intersection = variadic((values) => {
  if (values.some(isNullish)) return null;
  const [first = new Map<string, Value>(), ...others] = values.map((value) => keyed(value, '$setIntersection', 17047));
  return ordered([...first].filter(([key]) => others.every((other) => other.has(key))).map(([, item]) => item));
});

const difference = binary('$setDifference', (a, b) => {
  if (isNullish(a) || isNullish(b)) return null;
  const [left, right] = [keyed(a, '$setDifference', 17048), keyed(b, '$setDifference', 17049)];
  return [...left].filter(([key]) => !right.has(key)).map(([, item]) => item);
});

const isSubset = binary('$setIsSubset', (a, b) => {
  const [left, right] = [keyed(a, '$setIsSubset', 17046), keyed(b, '$setIsSubset', 17042)];
  return [...left.keys()].every((key) => right.has(key));
});

const equals: MakeExpression = (argument, compile) => {
  if (!isArray(argument) || argument.length < 2)
    throw new ServerError(17045, '$setEquals needs at least two arguments');
  return variadic((values) => {
    const [first, ...others] = values.map((value) => keyed(value, '$setEquals', 17044));
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
