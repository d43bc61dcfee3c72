// Conversion between types: $convert and its short forms, $type, $isNumber.
import { Decimal128, Double, Int32, Long, ObjectId, type Timestamp } from 'bson';
import { ServerError } from '../../errors.ts';
import { bigOf, fitsLong, kindOf } from '../../values/arithmetic.ts';
import { isNullish, isNumber, type TypeName, toNumber, typeNumbers, typeOf, type Value } from '../../values/types.ts';
import type { MakeExpression } from '../environment.ts';
import { namedArguments, unary } from './arguments.ts';
import { parseDate } from './date-text.ts';
import { truthy } from './logic.ts';

const failure = (message: string): ServerError => new ServerError(241, message);

const unsupported = (value: Value, to: string): ServerError =>
  failure(`Unsupported conversion from ${typeOf(value)} to ${to} in $convert with no onError value`);

/** Numbers, dates, ids and booleans as text. */
export function textOf(value: Value): string {
  switch (typeOf(value)) {
    case 'string':
      return value as string;
    case 'bool':
      return value ? 'true' : 'false';
    case 'double':
      return doubleText(toNumber(value));
    case 'int':
    case 'long':
    case 'decimal':
    case 'symbol':
      return String(value);
    case 'objectId':
      return (value as ObjectId).toHexString();
    case 'date':
      return (value as Date).toISOString();
    default:
      throw unsupported(value, 'string');
  }
}

// The server writes doubles as C does, without the plus sign's exponent zeros JavaScript lacks anyway.
const doubleText = (number: number): string =>
  Number.isNaN(number)
    ? 'NaN'
    : number === Number.POSITIVE_INFINITY
      ? 'Infinity'
      : number === Number.NEGATIVE_INFINITY
        ? '-Infinity'
        : Object.is(number, -0)
          ? '-0'
          : String(number);

function toInt(value: Value): Value {
  const number = wholeFrom(value, 'int');
  if (number < -0x80000000n || number > 0x7fffffffn)
    throw failure(`Conversion would overflow target type in $convert with no onError value: ${String(value)}`);
  return new Int32(Number(number));
}

function toLong(value: Value): Value {
  const number = value instanceof Date ? BigInt(value.getTime()) : wholeFrom(value, 'long');
  if (!fitsLong(number))
    throw failure(`Conversion would overflow target type in $convert with no onError value: ${String(value)}`);
  return Long.fromBigInt(number);
}

function wholeFrom(value: Value, to: string): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw failure(`Failed to parse number '${value}' in $convert with no onError value`);
    return BigInt(value);
  }
  if (!isNumber(value)) throw unsupported(value, to);
  const number = toNumber(value);
  if (Number.isNaN(number))
    throw failure('Attempt to convert NaN value to integer type in $convert with no onError value');
  if (!Number.isFinite(number))
    throw failure('Attempt to convert infinity value to integer type in $convert with no onError value');
  return kindOf(value) === 'long' ? bigOf(value) : BigInt(Math.trunc(number));
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === 'string') {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^[+-]?(inf(inity)?|nan)$/i.test(value))
      throw failure(`Failed to parse number '${value}' in $convert with no onError value`);
    return new Double(
      /inf/i.test(value)
        ? value.startsWith('-')
          ? Number.NEGATIVE_INFINITY
          : Number.POSITIVE_INFINITY
        : Number(value),
    );
  }
  if (!isNumber(value)) throw unsupported(value, 'double');
  return new Double(toNumber(value));
}

function toDecimal(value: Value): Value {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'string') {
    try {
      return Decimal128.fromString(value);
    } catch {
      throw failure(`Failed to parse number '${value}' in $convert with no onError value`);
    }
  }
  if (!isNumber(value)) throw unsupported(value, 'decimal');
  // A double is taken with the fifteen digits it can be trusted for.
  return Decimal128.fromString(kindOf(value) === 'double' ? decimalText(toNumber(value)) : String(value));
}

const decimalText = (number: number): string => (Number.isFinite(number) ? number.toPrecision(15) : String(number));

function toDate(value: Value): Value {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeof value === 'string') return parseDate(value);
  const kind = typeOf(value);
  if (kind === 'timestamp') return new Date((value as Timestamp).getHighBitsUnsigned() * 1000);
  if (kind === 'long' || kind === 'double' || kind === 'decimal') return new Date(Math.trunc(toNumber(value)));
  throw unsupported(value, 'date');
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value))
    throw failure(`Failed to parse objectId '${value}' in $convert with no onError value`);
  return new ObjectId(value);
}

const toBool = (value: Value): Value => (isNumber(value) || typeof value === 'boolean' ? truthy(value) : true);

const conversions: Readonly<Partial<Record<TypeName, (value: Value) => Value>>> = {
  double: toDouble,
  string: textOf,
  objectId: toObjectId,
  bool: toBool,
  date: toDate,
  int: toInt,
  long: toLong,
  decimal: toDecimal,
};

const short = (operator: string, convert: (value: Value) => Value): MakeExpression =>
  unary(operator, (value) => (isNullish(value) ? null : convert(value)));

function targetType(to: Value): TypeName {
  const name = typeof to === 'string' ? to : isNumber(to) ? typeNumbers[toNumber(to)] : undefined;
  if (typeof to !== 'string' && !isNumber(to))
    throw new ServerError(9, `$convert's 'to' argument must be a string or number, but is ${typeOf(to)}`);
  if (name === undefined || !Object.values(typeNumbers).includes(name as TypeName))
    throw new ServerError(2, `Unknown type name: ${String(to)}`);
  return name as TypeName;
}

const convert: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, {
    operator: '$convert',
    required: ['input', 'to'],
    optional: ['onError', 'onNull', 'format', 'base', 'byteOrder'],
  });
  const [input, to] = [compile(given.input), compile(given.to)];
  const onError = Object.hasOwn(given, 'onError') ? compile(given.onError) : null;
  const onNull = Object.hasOwn(given, 'onNull') ? compile(given.onNull) : () => null;
  return (environment) => {
    const target = to(environment);
    const value = input(environment);
    if (isNullish(value)) return onNull(environment);
    if (isNullish(target)) return null;
    const convertTo = conversions[targetType(target)];
    try {
      if (convertTo === undefined) throw unsupported(value, String(target));
      return convertTo(value);
    } catch (error) {
      if (onError !== null && error instanceof ServerError && error.code === 241) return onError(environment);
      throw error;
    }
  };
};

export const conversionOperators: Readonly<Record<string, MakeExpression>> = {
  $convert: convert,
  $toInt: short('$toInt', toInt),
  $toLong: short('$toLong', toLong),
  $toDouble: short('$toDouble', toDouble),
  $toDecimal: short('$toDecimal', toDecimal),
  $toString: short('$toString', textOf),
  $toBool: short('$toBool', toBool),
  $toDate: short('$toDate', toDate),
  $toObjectId: short('$toObjectId', toObjectId),
  $type: unary('$type', (value) => typeOf(value)),
  $isNumber: unary('$isNumber', (value) => isNumber(value)),
};
