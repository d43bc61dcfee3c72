// How operators take their arguments: a fixed number, a list, or named fields.
import { ServerError } from '../../errors.ts';
import type { Collation } from '../../values/collation.ts';
import { type Doc, isArray, isDoc, isNullish, type Value } from '../../values/types.ts';
import type { Compiler, Expression, MakeExpression } from '../environment.ts';

/** Arguments as a list; one that is no list counts as a list of one. */
export const listOf = (argument: Value): Value[] => (isArray(argument) ? argument : [argument]);

type Arity = { readonly operator: string; readonly min: number; readonly max: number };

export function compileList(argument: Value, compile: Compiler, { operator, min, max }: Arity): Expression[] {
  const list = listOf(argument);
  if (list.length < min || list.length > max) {
    const code = min === max ? 16020 : 28667;
    const wanted = min === max ? `exactly ${min}` : `at least ${min} and no more than ${max}`;
    throw new ServerError(code, `Expression ${operator} takes ${wanted} arguments. ${list.length} were passed in.`);
  }
  return list.map(compile);
}

export const unary =
  (operator: string, compute: (value: Value) => Value): MakeExpression =>
  (argument, compile) => {
    const [operand] = compileList(argument, compile, { operator, min: 1, max: 1 }) as [Expression];
    return (environment) => compute(operand(environment));
  };

export const binary =
  (operator: string, compute: (a: Value, b: Value, collation: Collation | null) => Value): MakeExpression =>
  (argument, compile) => {
    const [a, b] = compileList(argument, compile, { operator, min: 2, max: 2 }) as [Expression, Expression];
    return (environment) => compute(a(environment), b(environment), environment.collation);
  };

export const variadic =
  (compute: (values: Value[], collation: Collation | null) => Value): MakeExpression =>
  (argument, compile) => {
    const operands = listOf(argument).map(compile);
    return (environment) =>
      compute(
        operands.map((operand) => operand(environment)),
        environment.collation,
      );
  };

export const ranged =
  (arity: Arity, compute: (values: Value[], collation: Collation | null) => Value): MakeExpression =>
  (argument, compile) => {
    const operands = compileList(argument, compile, arity);
    return (environment) =>
      compute(
        operands.map((operand) => operand(environment)),
        environment.collation,
      );
  };

type Named = {
  readonly operator: string;
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly codes?: { unknown: number; missing: number; notDoc: number };
};

/** Named arguments, compiled; those left out are undefined. */
export function namedArguments(argument: Value, named: Named): Doc {
  const codes = named.codes ?? { unknown: 9, missing: 9, notDoc: 9 };
  if (!isDoc(argument))
    throw new ServerError(codes.notDoc, `${named.operator} only supports an object as its argument`);
  const known = [...named.required, ...(named.optional ?? [])];
  for (const key of Object.keys(argument)) {
    if (!known.includes(key))
      throw new ServerError(codes.unknown, `Unrecognized argument to ${named.operator}: ${key}`);
  }
  for (const key of named.required) {
    if (!Object.hasOwn(argument, key))
      throw new ServerError(codes.missing, `Missing '${key}' parameter to ${named.operator}`);
  }
  return argument;
}

export const anyNullish = (values: readonly Value[]): boolean => values.some(isNullish);
