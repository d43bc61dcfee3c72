// The update operators: each makes, for one path and argument, a function from the old value to the new one
// (undefined: no such field).
import { Int32, Long, Timestamp } from 'bson';
import { badValue, typeMismatch } from '../errors.ts';
import type { FilterScope } from '../query/filter.ts';
import { bigOf, calculate, integer, widest } from '../values/arithmetic.ts';
import { compareValues } from '../values/compare.ts';
import { isDoc, isNumber, typeOf, type Value } from '../values/types.ts';
import { arrayModifiers } from './array-modifiers.ts';
import { storable } from './storable.ts';
import type { UpdateContext } from './update.ts';

export type Modifier = {
  /** Whether a path that is not there is made, or the operator does nothing. */
  readonly whenMissing: 'create' | 'skip';
  readonly onlyOnInsert?: true;
  apply(old: Value, context: UpdateContext): Value;
};
export type MakeModifier = (argument: Value, path: string, scope: FilterScope) => Modifier;

const creating = (apply: Modifier['apply']): Modifier => ({ whenMissing: 'create', apply });

const modifiers: Readonly<Record<string, MakeModifier>> = {
  $set: (argument) => creating(() => storable(argument)),
  $setOnInsert: (argument) => ({ ...creating(() => storable(argument)), onlyOnInsert: true }),
  $unset: () => ({ whenMissing: 'skip', apply: () => undefined }),
  $inc: (argument, path) => arithmetic('add', argument, path),
  $mul: (argument, path) => arithmetic('multiply', argument, path),
  $min: (argument, _path, { collation }) =>
    creating((old) => (old === undefined || compareValues(argument, old, collation) < 0 ? argument : old)),
  $max: (argument, _path, { collation }) =>
    creating((old) => (old === undefined || compareValues(argument, old, collation) > 0 ? argument : old)),
  $currentDate: (argument, path, scope) => currentDate(argument, path, scope),
  $bit: bitwise,
  ...arrayModifiers,
};

export const modifierFor = (operator: string): MakeModifier | undefined =>
  Object.hasOwn(modifiers, operator) ? modifiers[operator] : undefined;

function arithmetic(operation: 'add' | 'multiply', argument: Value, path: string): Modifier {
  const [verb, name] = operation === 'add' ? ['increment', '$inc'] : ['multiply', '$mul'];
  if (!isNumber(argument)) {
    throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${JSON.stringify(argument)}}`);
  }
  return creating((old) => {
    if (old === undefined) return operation === 'add' ? argument : calculate('multiply', argument, new Int32(0));
    if (!isNumber(old)) {
      throw typeMismatch(
        `Cannot apply ${name} to a value of non-numeric type. {_id: …} has the field '${path}' of non-numeric type ${typeOf(old)}`,
      );
    }
    const result = calculate(operation, old, argument);
    if (result === null)
      throw badValue(`Failed to apply ${name} operations to current value (${String(old)}) for document`);
    return result;
  });
}

function currentDate(argument: Value, path: string, { now }: FilterScope): Modifier {
  const type = isDoc(argument) ? argument.$type : argument === true || argument === false ? 'date' : undefined;
  if (isDoc(argument) && Object.keys(argument).some((key) => key !== '$type')) {
    throw badValue(`Unrecognized $currentDate option: ${Object.keys(argument).find((key) => key !== '$type')}`);
  }
  if (type === 'date') return creating(() => now);
  if (type === 'timestamp') return creating(() => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }));
  if (isDoc(argument))
    throw badValue(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  throw badValue(
    `${typeOf(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}). (${path})`,
  );
}

/** Refuses a rename of a path onto itself or a part of itself. */
export function checkRename(from: string, to: Value): string {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${from}: ${String(to)}`);
  if (to === from) throw badValue(`The source and target field for $rename must differ: ${from}: "${to}"`);
  if (to.startsWith(`${from}.`) || from.startsWith(`${to}.`)) {
    throw badValue(`The source and target field for $rename must not be on the same path: ${from}: "${to}"`);
  }
  for (const side of [from, to]) {
    if (side.includes('$')) throw badValue(`The source and destination field for $rename may not be dynamic: ${side}`);
  }
  return to;
}

function bitwise(argument: Value, path: string): Modifier {
  if (!isDoc(argument))
    throw badValue(
      `The $bit modifier is not compatible with a ${typeOf(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  const entries = Object.entries(argument);
  if (entries.length === 0)
    throw badValue(`You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}}`);
  for (const [name, operand] of entries) {
    if (!['and', 'or', 'xor'].includes(name))
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${String(operand)}}`,
      );
    if (!['int', 'long'].includes(typeOf(operand)))
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeOf(operand)}' is not supported here: {${name}: ${String(operand)}}`,
      );
  }
  return creating((old) => {
    if (old !== undefined && !['int', 'long'].includes(typeOf(old))) {
      throw badValue(
        `Cannot apply $bit to a value of non-integral type. {_id: …} has the field ${path} of non-integer type ${typeOf(old)}`,
      );
    }
    return entries.reduce<Value>((value, [name, operand]) => {
      const [a, b] = [bigOf(value), bigOf(operand)];
      const bits = name === 'and' ? a & b : name === 'or' ? a | b : a ^ b;
      return integer(BigInt.asIntN(64, bits), widest(value, operand) === 'long' ? 'long' : 'int') ?? Long.ZERO;
    }, old ?? new Int32(0));
  });
}
