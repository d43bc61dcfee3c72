// Operators on numbers, with the number types of the server.
import { Decimal128, Double, Int32, Long } from 'bson';
import { ServerError, typeMismatch } from '../../errors.ts';
import { bigOf, calculate, divide, integer, kindOf, remainder, Sum } from '../../values/arithmetic.ts';
import { compareValues } from '../../values/compare.ts';
import { decimalOf, shiftRounded, toDecimal128 } from '../../values/decimal.ts';
import { isArray, isNullish, isNumber, toNumber, typeOf, type Value } from '../../values/types.ts';
import type { MakeExpression } from '../environment.ts';
import { anyNullish, binary, listOf, ranged, unary, variadic } from './arguments.ts';

function requireNumber(operator: string, value: Value, code = 28765): void {
  if (!isNumber(value)) throw new ServerError(code, `${operator} only supports numeric types, not ${typeOf(value)}`);
}

const dateShifted = (date: Date, by: Value): Date => new Date(date.getTime() + Math.round(toNumber(by)));

function add(values: Value[]): Value {
  if (anyNullish(values)) return null;
  let date: Date | null = null;
  let sum: Value = new Int32(0);
  for (const value of values) {
    if (value instanceof Date) {
      if (date !== null) throw new ServerError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumber(value)) sum = calculate('add', sum, value) ?? new Double(toNumber(sum) + toNumber(value));
    else throw new ServerError(16554, `$add only supports numeric or date types, not ${typeOf(value)}`);
  }
  return date === null ? sum : dateShifted(date, sum);
}

function subtract(a: Value, b: Value): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
    if (isNumber(b)) return new Date(a.getTime() - Math.round(toNumber(b)));
  }
  if (!isNumber(a) || !isNumber(b)) throw typeMismatch(`can't $subtract ${typeOf(b)} from ${typeOf(a)}`);
  return calculate('subtract', a, b) ?? new Double(toNumber(a) - toNumber(b));
}

function multiply(values: Value[]): Value {
  if (anyNullish(values)) return null;
  let product: Value = new Int32(1);
  for (const value of values) {
    if (!isNumber(value)) throw typeMismatch(`$multiply only supports numeric types, not ${typeOf(value)}`);
    product = calculate('multiply', product, value) ?? new Double(toNumber(product) * toNumber(value));
  }
  return product;
}

function quotient(a: Value, b: Value): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumber(a) || !isNumber(b))
    throw typeMismatch(`$divide only supports numeric types, not ${typeOf(a)} and ${typeOf(b)}`);
  if (toNumber(b) === 0) throw new ServerError(16608, "can't $divide by zero");
  return divide(a, b);
}

function modulo(a: Value, b: Value): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumber(a) || !isNumber(b))
    throw new ServerError(16611, `$mod only supports numeric types, not ${typeOf(a)} and ${typeOf(b)}`);
  if (toNumber(b) === 0) throw new ServerError(16610, "can't $mod by zero");
  return remainder(a, b);
}

/** A function of a double; integers become doubles, decimals go through them. */
const ofDouble = (
  operator: string,
  compute: (x: number) => number,
  check: (x: number) => void = () => {},
): MakeExpression =>
  unary(operator, (value) => {
    if (isNullish(value)) return null;
    requireNumber(operator, value);
    const number = toNumber(value);
    check(number);
    const result = compute(number);
    return value instanceof Decimal128 ? Decimal128.fromString(String(result)) : new Double(result);
  });

/** Rounding that keeps integers as they are. */
const whole = (operator: string, compute: (x: number) => number): MakeExpression =>
  unary(operator, (value) => {
    if (isNullish(value)) return null;
    requireNumber(operator, value);
    if (kindOf(value) === 'int' || kindOf(value) === 'long') return value;
    if (value instanceof Decimal128) return Decimal128.fromString(String(compute(toNumber(value))));
    return new Double(compute(toNumber(value)));
  });

function absolute(value: Value): Value {
  if (isNullish(value)) return null;
  requireNumber('$abs', value);
  if (value instanceof Decimal128) return Decimal128.fromString(value.toString().replace(/^-/, ''));
  if (kindOf(value) === 'double') return new Double(Math.abs(toNumber(value)));
  const big = bigOf(value);
  const result = integer(big < 0n ? -big : big, kindOf(value) === 'int' ? 'int' : 'long');
  if (result === null) throw new ServerError(28680, "can't take $abs of long long min");
  return result;
}

/** `$round` (half to even) and `$trunc` with an optional number of places. */
const rounding = (operator: string, halfToEven: boolean): MakeExpression =>
  ranged({ operator, min: 1, max: 2 }, ([value, places]) => {
    if (isNullish(value) || places === null) return null;
    requireNumber(operator, value, 51081);
    const digits = places === undefined ? 0 : toNumber(places);
    if (!Number.isInteger(digits))
      throw new ServerError(51082, `precision argument to ${operator} must be a integral value`);
    if (digits < -20 || digits > 100)
      throw new ServerError(
        51083,
        `cannot apply ${operator} with precision value ${digits} value must be in [-20, 100]`,
      );
    return roundTo(value, digits, halfToEven);
  });

function roundTo(value: Value, digits: number, halfToEven: boolean): Value {
  const kind = kindOf(value);
  if ((kind === 'int' || kind === 'long') && digits >= 0) return value;
  const exact = decimalOf(value);
  if (exact.kind !== 'finite' || -exact.exponent <= digits) return value;
  const excess = -exact.exponent - digits;
  const coefficient = halfToEven ? shiftRounded(exact.coefficient, excess) : exact.coefficient / 10n ** BigInt(excess);
  if (kind === 'decimal') return toDecimal128({ kind: 'finite', coefficient, exponent: -digits });
  if (kind === 'double') return new Double(Number(`${coefficient}e${-digits}`));
  return integer(coefficient * 10n ** BigInt(-digits), kind);
}

function power(base: Value, exponent: Value): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  requireNumber('$pow', base, 28762);
  requireNumber('$pow', exponent, 28763);
  if (toNumber(base) === 0 && toNumber(exponent) < 0)
    throw new ServerError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const kinds = [kindOf(base), kindOf(exponent)];
  if (kinds.includes('decimal')) return Decimal128.fromString(String(toNumber(base) ** toNumber(exponent)));
  if (kinds.includes('double') || toNumber(exponent) < 0) return new Double(toNumber(base) ** toNumber(exponent));
  if (Math.abs(toNumber(base)) > 1 && toNumber(exponent) > 64) return new Double(toNumber(base) ** toNumber(exponent));
  const result = bigOf(base) ** bigOf(exponent);
  return integer(result, kinds.includes('long') ? 'long' : 'int') ?? new Double(toNumber(base) ** toNumber(exponent));
}

function logarithm(value: Value, base: Value): Value {
  if (isNullish(value) || isNullish(base)) return null;
  requireNumber('$log', value, 28756);
  requireNumber('$log', base, 28757);
  if (toNumber(value) <= 0)
    throw new ServerError(28758, `$log's argument must be a positive number, but is ${toNumber(value)}`);
  if (toNumber(base) <= 0 || toNumber(base) === 1)
    throw new ServerError(28759, `$log's base must be a positive number not equal to 1, but is ${toNumber(base)}`);
  return new Double(Math.log(toNumber(value)) / Math.log(toNumber(base)));
}

// As expressions these take one array or several values, and leave out what is no number.
const numbersOf = (values: readonly Value[]): Value[] => {
  const [only] = values;
  return (values.length === 1 && isArray(only) ? only : values).filter(isNumber);
};

const extreme = (sign: 1 | -1): MakeExpression =>
  variadic((values, collation) => {
    const [only] = values;
    const candidates = (values.length === 1 && isArray(only) ? only : values).filter((value) => !isNullish(value));
    return candidates.reduce<Value>(
      (best, value) => (best === null || compareValues(value, best, collation) * sign > 0 ? value : best),
      null,
    );
  });

export function standardDeviation(numbers: readonly number[], kind: 'population' | 'sample'): Double | null {
  const count = numbers.length;
  if (count === 0 || (kind === 'sample' && count === 1)) return null;
  const mean = numbers.reduce((sum, x) => sum + x, 0) / count;
  const squares = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return new Double(Math.sqrt(squares / (kind === 'population' ? count : count - 1)));
}

const deviation = (kind: 'population' | 'sample'): MakeExpression =>
  variadic((values) => standardDeviation(numbersOf(values).map(toNumber), kind));

export const arithmeticOperators: Readonly<Record<string, MakeExpression>> = {
  $add: variadic(add),
  $subtract: binary('$subtract', subtract),
  $multiply: variadic(multiply),
  $divide: binary('$divide', quotient),
  $mod: binary('$mod', modulo),
  $abs: unary('$abs', absolute),
  $ceil: whole('$ceil', Math.ceil),
  $floor: whole('$floor', Math.floor),
  $round: rounding('$round', true),
  $trunc: rounding('$trunc', false),
  $exp: ofDouble('$exp', Math.exp),
  $ln: ofDouble('$ln', Math.log, (x) => {
    if (x <= 0) throw new ServerError(28766, `$ln's argument must be a positive number, but is ${x}`);
  }),
  $log10: ofDouble('$log10', Math.log10, (x) => {
    if (x <= 0) throw new ServerError(28761, `$log10's argument must be a positive number, but is ${x}`);
  }),
  $sqrt: ofDouble('$sqrt', Math.sqrt, (x) => {
    if (x < 0) throw new ServerError(28714, "$sqrt's argument must be greater than or equal to 0");
  }),
  $log: binary('$log', logarithm),
  $pow: binary('$pow', power),
  $sin: ofDouble('$sin', Math.sin),
  $cos: ofDouble('$cos', Math.cos),
  $tan: ofDouble('$tan', Math.tan),
  $asin: ofDouble('$asin', Math.asin),
  $acos: ofDouble('$acos', Math.acos),
  $atan: ofDouble('$atan', Math.atan),
  $sinh: ofDouble('$sinh', Math.sinh),
  $cosh: ofDouble('$cosh', Math.cosh),
  $tanh: ofDouble('$tanh', Math.tanh),
  $degreesToRadians: ofDouble('$degreesToRadians', (x) => (x * Math.PI) / 180),
  $radiansToDegrees: ofDouble('$radiansToDegrees', (x) => (x * 180) / Math.PI),
  $atan2: binary('$atan2', (a, b) =>
    isNullish(a) || isNullish(b) ? null : new Double(Math.atan2(toNumber(a), toNumber(b))),
  ),
  $rand: (argument, _compile) => {
    if (listOf(argument).some((value) => Object.keys((value ?? {}) as object).length > 0))
      throw new ServerError(3040501, '$rand does not currently accept arguments');
    return () => new Double(Math.random());
  },
  $sum: variadic((values) => {
    const sum = new Sum();
    for (const value of numbersOf(values)) sum.add(value);
    return sum.total();
  }),
  $avg: variadic((values) => {
    const sum = new Sum();
    for (const value of numbersOf(values)) sum.add(value);
    return sum.average();
  }),
  $min: extreme(-1),
  $max: extreme(1),
  $stdDevPop: deviation('population'),
  $stdDevSamp: deviation('sample'),
};
