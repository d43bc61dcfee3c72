// Tests of one value: comparison, membership, type, regular expression, remainder, bits.
import type { Binary } from 'bson';
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { keysFor } from '../values/collation-keys.ts';
import { compareValues, valuesEqual } from '../values/compare.ts';
import {
  bytesOf,
  isArray,
  isDoc,
  isNumber,
  regexOf,
  type TypeName,
  toNumber,
  typeNumbers,
  typeOf,
  typeOrder,
  type Value,
} from '../values/types.ts';
import { toRegExp } from './regex.ts';

export type LeafTest = (value: Value) => boolean;

export function equalityTest(wanted: Value, collation: Collation | null = null): LeafTest {
  if (wanted === null) return (value) => value === null || value === undefined;
  if (typeof wanted === 'string' && collation === null) return (value) => value === wanted;
  if (wanted === undefined) throw badValue('cannot compare to undefined');
  return (value) => value !== undefined && valuesEqual(value, wanted, collation);
}

/** What a test depends on beside its argument: `$options` of a `$regex`, and how strings compare. */
export type LeafScope = { readonly options?: Value; readonly collation?: Collation | null | undefined };

/** The test of one operator, or null if no such operator exists. */
export function compileLeaf(operator: string, argument: Value, scope: LeafScope): LeafTest | null {
  const collation = scope.collation ?? null;
  switch (operator) {
    case '$eq':
      return equalityTest(argument, collation);
    case '$gt':
      return rangeTest({ bound: argument, operator, collation }, (order) => order > 0);
    case '$gte':
      return rangeTest({ bound: argument, operator, collation }, (order) => order >= 0);
    case '$lt':
      return rangeTest({ bound: argument, operator, collation }, (order) => order < 0);
    case '$lte':
      return rangeTest({ bound: argument, operator, collation }, (order) => order <= 0);
    case '$in':
      return membershipTest(argument, collation);
    case '$type':
      return typeTest(argument);
    case '$mod':
      return remainderTest(argument);
    case '$regex':
      return regexTest(argument, scope.options);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return bitsTest(operator, argument);
    default:
      return null;
  }
}

type Bound = { readonly bound: Value; readonly operator: string; readonly collation: Collation | null };

function rangeTest({ bound, operator, collation }: Bound, holds: (order: number) => boolean): LeafTest {
  if (regexOf(bound)) throw badValue(`Can't have RegEx as arg to predicate over field '${operator}'.`);
  if (bound === undefined) throw badValue('cannot compare to undefined');
  const type = typeOf(bound);
  if (type === 'minKey' || type === 'maxKey') return (value) => holds(compareValues(value, bound));
  const order = typeOrder[type];
  const includesEqual = holds(0);
  if (type === 'null') return (value) => includesEqual && (value === null || value === undefined);
  if (order === 10) {
    const boundIsNaN = Number.isNaN(toNumber(bound));
    return (value) => {
      if (!isNumber(value)) return false;
      const valueIsNaN = Number.isNaN(toNumber(value));
      if (boundIsNaN || valueIsNaN) return boundIsNaN && valueIsNaN && includesEqual;
      return holds(compareValues(value, bound));
    };
  }
  return (value) =>
    value !== undefined && typeOrder[typeOf(value)] === order && holds(compareValues(value, bound, collation));
}

function membershipTest(argument: Value, collation: Collation | null): LeafTest {
  if (!isArray(argument)) throw badValue('$in needs an array');
  const { keep, find } = keysFor(collation);
  const keys = new Set<string>();
  const patterns: LeafTest[] = [];
  for (const entry of argument) {
    if (regexOf(entry)) patterns.push(regexTest(entry, undefined));
    else if (isDoc(entry) && Object.keys(entry)[0]?.startsWith('$') && Object.keys(entry)[0] !== '$ref')
      throw badValue('cannot nest $ under $in');
    keys.add(keep(entry));
  }
  const nullWanted = keys.has(find(null));
  return (value) => {
    if (value === undefined) return nullWanted;
    return keys.has(find(value)) || patterns.some((test) => test(value));
  };
}

function typeTest(argument: Value): LeafTest {
  const wanted = parseTypes(argument);
  return (value) => value !== undefined && wanted.has(typeOf(value));
}

export function parseTypes(argument: Value): Set<TypeName> {
  const wanted = new Set<TypeName>();
  const entries = isArray(argument) ? argument : [argument];
  if (entries.length === 0) throw failedToParse('$type must match at least one type');
  for (const entry of entries) for (const type of parseType(entry)) wanted.add(type);
  return wanted;
}

const typeNames = new Set<string>(Object.values(typeNumbers));

function parseType(entry: Value): TypeName[] {
  if (typeof entry === 'string') {
    if (entry === 'number') return ['int', 'long', 'double', 'decimal'];
    if (!typeNames.has(entry)) throw badValue(`Unknown type name alias: ${entry}`);
    return [entry as TypeName];
  }
  if (!isNumber(entry)) throw typeMismatch('type must be represented as a number or a string');
  const type = typeNumbers[toNumber(entry)];
  if (type === undefined) throw badValue(`Invalid numerical type code: ${toNumber(entry)}`);
  return [type];
}

function remainderTest(argument: Value): LeafTest {
  if (!isArray(argument)) throw badValue('malformed mod, needs to be an array');
  if (argument.length < 2) throw badValue('malformed mod, not enough elements');
  if (argument.length > 2) throw badValue('malformed mod, too many elements');
  if (!isNumber(argument[0])) throw badValue('malformed mod, divisor not a number');
  const divisor = Math.trunc(toNumber(argument[0]));
  const remainder = Math.trunc(isNumber(argument[1]) ? toNumber(argument[1]) : 0);
  if (divisor === 0) throw badValue('divisor cannot be 0');
  return (value) => {
    if (!isNumber(value)) return false;
    const number = toNumber(value);
    return Number.isFinite(number) && (Math.trunc(number) % divisor) + 0 === remainder + 0;
  };
}

export function regexTest(argument: Value, options: Value): LeafTest {
  const own = regexOf(argument);
  if (own === undefined && typeof argument !== 'string') throw badValue('$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  const pattern = own?.pattern ?? String(argument);
  const flags = options ?? own?.options ?? '';
  const regex = toRegExp(pattern, flags as string);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (value === null || typeof value !== 'object') return false;
    if (typeOf(value) === 'symbol') return regex.test(String(value));
    const other = regexOf(value);
    return other !== undefined && other.pattern === pattern && other.options === flags;
  };
}

function bitsTest(operator: string, argument: Value): LeafTest {
  const positions = bitPositions(operator, argument);
  const all = operator.startsWith('$bitsAll');
  const wanted = operator.endsWith('Set');
  return (value) => {
    const bit = bitReader(value);
    if (bit === null) return false;
    const holds = (position: number): boolean => bit(position) === wanted;
    return all ? positions.every(holds) : positions.some(holds);
  };
}

function bitPositions(operator: string, argument: Value): number[] {
  if (isArray(argument)) {
    return argument.map((position) => {
      const number = toNumber(position);
      if (!Number.isInteger(number)) throw failedToParse(`bit positions must be an integer but got: ${position}`);
      if (number < 0) throw failedToParse(`bit positions must be >= 0 but got: ${number}`);
      return number;
    });
  }
  const reader = isNumber(argument) && toNumber(argument) < 0 ? null : bitReader(argument);
  if (reader === null) throw failedToParse(`${operator} takes an Array, a number, or a BinData`);
  const length = isNumber(argument) ? 64 : bytesOf(argument as Binary).length * 8;
  return Array.from({ length }, (_, i) => i).filter(reader);
}

function bitReader(value: Value): ((position: number) => boolean) | null {
  if (isNumber(value)) {
    const number = toNumber(value);
    if (!Number.isInteger(number) || Math.abs(number) >= 2 ** 63) return null;
    const bits = typeOf(value) === 'long' ? BigInt(String(value)) : BigInt(number);
    return (position) => ((bits >> BigInt(Math.min(position, 63))) & 1n) === 1n;
  }
  if (typeOf(value) !== 'binData') return null;
  const bytes = bytesOf(value as Binary);
  return (position) => (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
}
