// Decimal128 arithmetic on a BigInt coefficient and a decimal exponent, rounded to 34 digits (half to even).
import { Decimal128, Double, Int32, Long } from 'bson';
import { toNumber, type Value } from './types.ts';

export type Decimal =
  | { kind: 'finite'; coefficient: bigint; exponent: number }
  | { kind: 'nan' }
  | { kind: 'infinite'; sign: 1 | -1 };

const digitsMax = 34;

export function decimalOf(value: Value): Decimal {
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  if (value instanceof Long) return { kind: 'finite', coefficient: value.toBigInt(), exponent: 0 };
  if (value instanceof Int32) return { kind: 'finite', coefficient: BigInt(value.value), exponent: 0 };
  const number = value instanceof Double ? value.value : toNumber(value);
  return Number.isFinite(number) ? exactDecimal(number) : parseDecimal(String(number));
}

export function parseDecimal(text: string): Decimal {
  if (/nan/i.test(text)) return { kind: 'nan' };
  if (/inf/i.test(text)) return { kind: 'infinite', sign: text.trim().startsWith('-') ? -1 : 1 };
  const match = /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?\s*$/.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  const coefficient = BigInt(`${whole}${fraction}` || '0');
  return {
    kind: 'finite',
    coefficient: sign === '-' ? -coefficient : coefficient,
    exponent: Number(exponent) - fraction.length,
  };
}

// A double is m·2^e; with negative e it equals m·5^-e / 10^-e, so it has an exact decimal form.
function exactDecimal(number: number): Decimal {
  if (Number.isInteger(number)) return { kind: 'finite', coefficient: BigInt(number), exponent: 0 };
  let mantissa = number;
  let exponent = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  return { kind: 'finite', coefficient: BigInt(mantissa) * 5n ** BigInt(-exponent), exponent };
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.kind === 'nan') return b.kind === 'nan' ? 0 : -1;
  if (b.kind === 'nan') return 1;
  if (a.kind === 'infinite') return b.kind === 'infinite' ? a.sign - b.sign : a.sign;
  if (b.kind === 'infinite') return -b.sign;
  const [x, y] = align(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

type Finite = Extract<Decimal, { kind: 'finite' }>;

function align(a: Finite, b: Finite): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [
    a.coefficient * 10n ** BigInt(a.exponent - exponent),
    b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  ];
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== 'finite' || b.kind !== 'finite') return viaNumbers(a, b, (x, y) => x + y);
  const [x, y, exponent] = align(a, b);
  return { kind: 'finite', coefficient: x + y, exponent };
}

export const negateDecimal = (a: Decimal): Decimal =>
  a.kind === 'nan'
    ? a
    : a.kind === 'infinite'
      ? { kind: 'infinite', sign: a.sign === 1 ? -1 : 1 }
      : { ...a, coefficient: -a.coefficient };

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== 'finite' || b.kind !== 'finite') return viaNumbers(a, b, (x, y) => x * y);
  return { kind: 'finite', coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== 'finite' || b.kind !== 'finite' || b.coefficient === 0n) return viaNumbers(a, b, (x, y) => x / y);
  const shift = Math.max(0, digitsMax + 2 + digits(b.coefficient) - digits(a.coefficient));
  let coefficient = (a.coefficient * 10n ** BigInt(shift)) / b.coefficient;
  let exponent = a.exponent - b.exponent - shift;
  // The quotient is written with no more digits than it needs, as the server does.
  const ideal = a.exponent - b.exponent;
  while (exponent < ideal && coefficient !== 0n && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return { kind: 'finite', coefficient, exponent };
}

export function remainderOfDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== 'finite' || b.kind !== 'finite' || b.coefficient === 0n) return viaNumbers(a, b, (x, y) => x % y);
  const [x, y, exponent] = align(a, b);
  return { kind: 'finite', coefficient: x % y, exponent };
}

const asNumber = (a: Decimal): number =>
  a.kind === 'nan'
    ? Number.NaN
    : a.kind === 'infinite'
      ? a.sign * Number.POSITIVE_INFINITY
      : Number(`${a.coefficient}e${a.exponent}`);

const viaNumbers = (a: Decimal, b: Decimal, f: (x: number, y: number) => number): Decimal =>
  parseDecimal(String(f(asNumber(a), asNumber(b))));

const digits = (coefficient: bigint): number => (coefficient < 0n ? -coefficient : coefficient).toString().length;

export function toDecimal128(value: Decimal): Decimal128 {
  if (value.kind === 'nan') return Decimal128.fromString('NaN');
  if (value.kind === 'infinite') return Decimal128.fromString(value.sign < 0 ? '-Infinity' : 'Infinity');
  const { coefficient, exponent } = roundToDigits(value, digitsMax);
  return Decimal128.fromString(`${coefficient}E${exponent}`);
}

function roundToDigits(value: Finite, count: number): Finite {
  const excess = digits(value.coefficient) - count;
  if (excess <= 0) return value;
  return { kind: 'finite', coefficient: shiftRounded(value.coefficient, excess), exponent: value.exponent + excess };
}

/** The coefficient without its last `places` digits, rounded half to even. */
export function shiftRounded(coefficient: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  const quotient = coefficient / divisor;
  const rest = coefficient % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return away ? quotient + (coefficient < 0n ? -1n : 1n) : quotient;
}
