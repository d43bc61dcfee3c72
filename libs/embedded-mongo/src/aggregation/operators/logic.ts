// Comparison, boolean and conditional operators, variables and literals.
import { Int32 } from 'bson';
import { ServerError } from '../../errors.ts';
import { compareValues } from '../../values/compare.ts';
import { type Doc, isArray, isDoc, isNullish, isNumber, toNumber, type Value } from '../../values/types.ts';
import { constant, type Expression, type MakeExpression } from '../environment.ts';
import { binary, compileList, listOf, unary } from './arguments.ts';

/** What expressions take for true: all but false, zero, null and what is missing. */
export const truthy = (value: Value): boolean =>
  value !== false && !isNullish(value) && !(isNumber(value) && toNumber(value) === 0);

// Here, unlike in sorts, a missing value is below null.
const comparing = (operator: string, holds: (order: number) => boolean): MakeExpression =>
  binary(operator, (a, b, collation) => holds(compareValues(a, b, collation)));

const cond: MakeExpression = (argument, compile) => {
  const [test, yes, no] = isDoc(argument)
    ? condFields(argument).map(compile)
    : compileList(argument, compile, { operator: '$cond', min: 3, max: 3 });
  return (environment) =>
    truthy((test as Expression)(environment)) ? (yes as Expression)(environment) : (no as Expression)(environment);
};

function condFields(argument: Doc): Value[] {
  for (const key of Object.keys(argument)) {
    if (!['if', 'then', 'else'].includes(key)) throw new ServerError(17083, `Unrecognized parameter to $cond: ${key}`);
  }
  for (const [key, code] of [
    ['if', 17080],
    ['then', 17081],
    ['else', 17082],
  ] as const) {
    if (!Object.hasOwn(argument, key)) throw new ServerError(code, `Missing '${key}' parameter to $cond`);
  }
  return [argument.if, argument.then, argument.else];
}

const switchOf: MakeExpression = (argument, compile) => {
  if (!isDoc(argument)) throw new ServerError(40060, '$switch requires an object as an argument');
  for (const key of Object.keys(argument)) {
    if (key !== 'branches' && key !== 'default')
      throw new ServerError(40067, `$switch found an unknown argument: ${key}`);
  }
  const branches = argument.branches;
  if (branches !== undefined && !isArray(branches))
    throw new ServerError(40061, "$switch expected an array for 'branches'");
  if (!branches || branches.length === 0) throw new ServerError(40068, '$switch requires at least one branch.');
  const compiled = branches.map((branch) => {
    if (!isDoc(branch)) throw new ServerError(40062, '$switch expected each branch to be an object');
    for (const key of Object.keys(branch))
      if (key !== 'case' && key !== 'then')
        throw new ServerError(40063, `$switch found an unknown argument to a branch: ${key}`);
    if (!Object.hasOwn(branch, 'case'))
      throw new ServerError(40064, "$switch requires each branch have a 'case' expression");
    if (!Object.hasOwn(branch, 'then'))
      throw new ServerError(40065, "$switch requires each branch have a 'then' expression.");
    return { test: compile(branch.case), value: compile(branch.then) };
  });
  const otherwise = Object.hasOwn(argument, 'default') ? compile(argument.default) : null;
  return (environment) => {
    for (const { test, value } of compiled) if (truthy(test(environment))) return value(environment);
    if (otherwise === null)
      throw new ServerError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return otherwise(environment);
  };
};

const ifNull: MakeExpression = (argument, compile) => {
  const list = listOf(argument);
  if (list.length < 2) throw new ServerError(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
  const operands = list.map(compile);
  return (environment) => {
    let value: Value;
    for (const operand of operands) {
      value = operand(environment);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

const letOf: MakeExpression = (argument, compile) => {
  if (!isDoc(argument)) throw new ServerError(16874, '$let only supports an object as its argument');
  for (const key of Object.keys(argument))
    if (key !== 'vars' && key !== 'in') throw new ServerError(16875, `Unrecognized parameter to $let: ${key}`);
  if (!isDoc(argument.vars)) throw new ServerError(16876, "Missing 'vars' parameter to $let");
  if (!Object.hasOwn(argument, 'in')) throw new ServerError(16877, "Missing 'in' parameter to $let");
  const vars = argument.vars;
  const values = Object.keys(vars).map((name) => ({ name: checkName(name), value: compile(vars[name]) }));
  const body = compile.within(values.map(({ name }) => name))(argument.in);
  return (environment) => {
    const variables = { ...environment.variables };
    for (const { name, value } of values) variables[name] = value(environment);
    return body({ ...environment, variables });
  };
};

/** Variables of the user begin with a lower-case letter; CURRENT may be bound anew. */
export function checkName(name: string): string {
  if (name === 'CURRENT') return name;
  if (name === '') throw new ServerError(9, 'empty variable names are not allowed');
  if (!/^[a-z\u0080-\uffff]/.test(name))
    throw new ServerError(9, `'${name}' starts with an invalid character for a user variable name`);
  if (!/^[a-zA-Z0-9_\u0080-\uffff]+$/.test(name))
    throw new ServerError(9, `'${name}' contains an invalid character for a variable name`);
  return name;
}

export const logicOperators: Readonly<Record<string, MakeExpression>> = {
  $cmp: binary('$cmp', (a, b, collation) => new Int32(Math.sign(compareValues(a, b, collation)))),
  $eq: comparing('$eq', (order) => order === 0),
  $ne: comparing('$ne', (order) => order !== 0),
  $gt: comparing('$gt', (order) => order > 0),
  $gte: comparing('$gte', (order) => order >= 0),
  $lt: comparing('$lt', (order) => order < 0),
  $lte: comparing('$lte', (order) => order <= 0),
  $and: (argument, compile) => {
    const operands = listOf(argument).map(compile);
    return (environment) => operands.every((operand) => truthy(operand(environment)));
  },
  $or: (argument, compile) => {
    const operands = listOf(argument).map(compile);
    return (environment) => operands.some((operand) => truthy(operand(environment)));
  },
  $not: unary('$not', (value) => !truthy(value)),
  $cond: cond,
  $switch: switchOf,
  $ifNull: ifNull,
  $let: letOf,
  $literal: (argument) => constant(argument),
};
