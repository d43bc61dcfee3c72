// Arithmetic between number types: int < long < double < decimal; the wider type wins, an int that overflows becomes
// a long.
import { Decimal128, Double, Int32, Long } from 'bson';
import {
  addDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  remainderOfDecimals,
  toDecimal128,
} from './decimal.ts';
import { toNumber, type Value } from './types.ts';

export type NumberKind = 'int' | 'long' | 'double' | 'decimal';
export type Overflow = 'to-double' | 'fail';

export function kindOf(value: Value): NumberKind {
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof Long || typeof value === 'bigint') return 'long';
  if (value instanceof Decimal128) return 'decimal';
  const number = toNumber(value);
  return Number.isInteger(number) && Math.abs(number) <= 0x7fffffff ? 'int' : 'double';
}

const rank: Readonly<Record<NumberKind, number>> = { int: 0, long: 1, double: 2, decimal: 3 };
export const widest = (a: Value, b: Value): NumberKind => (rank[kindOf(a)] >= rank[kindOf(b)] ? kindOf(a) : kindOf(b));

export const bigOf = (value: Value): bigint =>
  value instanceof Long ? value.toBigInt() : typeof value === 'bigint' ? value : BigInt(Math.trunc(toNumber(value)));

const longMin = -(2n ** 63n);
const longMax = 2n ** 63n - 1n;
export const fitsLong = (big: bigint): boolean => big >= longMin && big <= longMax;
export const fitsInt = (number: number): boolean => number >= -0x80000000 && number <= 0x7fffffff;

/** An integer result in the kind of its operands; null where even a long cannot hold it. */
export function integer(big: bigint, kind: 'int' | 'long'): Int32 | Long | null {
  if (kind === 'int' && big >= -0x80000000n && big <= 0x7fffffffn) return new Int32(Number(big));
  return fitsLong(big) ? Long.fromBigInt(big) : null;
}

type Operation = {
  big: (a: bigint, b: bigint) => bigint;
  number: (a: number, b: number) => number;
  decimal: (a: Decimal, b: Decimal) => Decimal;
};

const operations = {
  add: { big: (a, b) => a + b, number: (a, b) => a + b, decimal: addDecimals },
  subtract: { big: (a, b) => a - b, number: (a, b) => a - b, decimal: (a, b) => addDecimals(a, negateDecimal(b)) },
  multiply: { big: (a, b) => a * b, number: (a, b) => a * b, decimal: multiplyDecimals },
} satisfies Record<string, Operation>;

/** Null where integers overflow a long. */
export function calculate(
  operation: keyof typeof operations,
  a: Value,
  b: Value,
): Int32 | Long | Double | Decimal128 | null {
  const { big, number, decimal }: Operation = operations[operation];
  const kind = widest(a, b);
  switch (kind) {
    case 'int': {
      const result = number(toNumber(a), toNumber(b));
      if (fitsInt(result)) return new Int32(result);
      return integer(big(bigOf(a), bigOf(b)), 'long');
    }
    case 'long':
      return integer(big(bigOf(a), bigOf(b)), 'long');
    case 'double':
      return new Double(number(toNumber(a), toNumber(b)));
    case 'decimal':
      return toDecimal128(decimal(decimalOf(a), decimalOf(b)));
  }
}

export const divide = (a: Value, b: Value): Double | Decimal128 =>
  widest(a, b) === 'decimal'
    ? toDecimal128(divideDecimals(decimalOf(a), decimalOf(b)))
    : new Double(toNumber(a) / toNumber(b));

export function remainder(a: Value, b: Value): Value {
  const kind = widest(a, b);
  if (kind === 'decimal') return toDecimal128(remainderOfDecimals(decimalOf(a), decimalOf(b)));
  if (kind === 'double') return new Double(toNumber(a) % toNumber(b));
  return integer(bigOf(a) % bigOf(b), kind);
}

/** A JavaScript number as the server would type a whole or broken number of its own. */
export const fromNumber = (number: number): Int32 | Long | Double =>
  Number.isInteger(number) && !Object.is(number, -0)
    ? fitsInt(number)
      ? new Int32(number)
      : Number.isSafeInteger(number)
        ? Long.fromNumber(number)
        : new Double(number)
    : new Double(number);

/** Sums as `$sum` and `$avg` do: integers exactly, doubles with compensation, the widest type of what was seen. */
export class Sum {
  private kind: NumberKind = 'int';
  private integers = 0n;
  private small = 0;
  private doubles = 0;
  private lost = 0;
  private decimals: Decimal = { kind: 'finite', coefficient: 0n, exponent: 0 };
  count = 0;

  add(value: Value): void {
    this.count += 1;
    const kind = kindOf(value);
    if (rank[kind] > rank[this.kind]) this.kind = kind;
    if (kind === 'int') {
      this.small += toNumber(value);
      if (!Number.isSafeInteger(this.small * 2)) this.flush();
    } else if (kind === 'long') this.integers += bigOf(value);
    else if (kind === 'double') this.addDouble(toNumber(value));
    else this.decimals = addDecimals(this.decimals, decimalOf(value));
  }

  total(): Int32 | Long | Double | Decimal128 {
    this.flush();
    if (this.kind === 'decimal')
      return toDecimal128(
        addDecimals(addDecimals(this.decimals, decimalOf(new Double(this.doubleTotal()))), this.exactIntegers()),
      );
    if (this.kind === 'double') return new Double(this.doubleTotal() + Number(this.integers));
    return integer(this.integers, this.kind) ?? new Double(Number(this.integers));
  }

  average(): Double | Decimal128 | null {
    if (this.count === 0) return null;
    return divide(this.total(), new Int32(this.count));
  }

  private flush(): void {
    this.integers += BigInt(this.small);
    this.small = 0;
  }

  private exactIntegers(): Decimal {
    return { kind: 'finite', coefficient: this.integers, exponent: 0 };
  }

  private doubleTotal(): number {
    return Number.isFinite(this.doubles) ? this.doubles + this.lost : this.doubles;
  }

  // Neumaier's compensated summation.
  private addDouble(number: number): void {
    const sum = this.doubles + number;
    this.lost += Math.abs(this.doubles) >= Math.abs(number) ? this.doubles - sum + number : number - sum + this.doubles;
    if (Number.isNaN(this.lost)) this.lost = 0;
    this.doubles = sum;
  }
}
