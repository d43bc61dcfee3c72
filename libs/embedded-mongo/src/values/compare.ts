// The order of all BSON values, as sorts, ranges and comparisons use it.
import { type Binary, type Code, Decimal128, Double, Int32, Long, type ObjectId, type Timestamp } from 'bson';
import type { Collation } from './collation.ts';
import { compareDecimals, decimalOf } from './decimal.ts';
import { bytesOf, type Doc, regexOf, type TypeName, toNumber, typeOf, typeOrder, type Value } from './types.ts';

/** Negative, zero or positive. Numbers compare by value whatever their type; fields of documents in their order. */
export function compareValues(a: Value, b: Value, collation: Collation | null = null): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string')
    return collation === null ? compareStrings(a, b) : collation.compare(a, b);
  if (a instanceof Int32 && b instanceof Int32) return a.value - b.value;
  const ta = typeOf(a);
  const tb = typeOf(b);
  const difference = typeOrder[ta] - typeOrder[tb];
  return difference !== 0 ? difference : compareSameClass(ta, a, b, collation);
}

export const valuesEqual = (a: Value, b: Value, collation: Collation | null = null): boolean =>
  compareValues(a, b, collation) === 0;

/** The same type and the same content, field by field in order: what a no-op update leaves. */
export function identical(a: Value, b: Value): boolean {
  if (a === b) return true;
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (type === 'object') return identicalDocs(a as Doc, b as Doc);
  if (type === 'array') {
    const [x, y] = [a as Value[], b as Value[]];
    return x.length === y.length && x.every((item, i) => identical(item, y[i]));
  }
  if (type === 'double') return Object.is(toNumber(a), toNumber(b));
  if (type === 'decimal') return String(a) === String(b);
  return compareSameClass(type, a, b, null) === 0;
}

function identicalDocs(a: Doc, b: Doc): boolean {
  const x = Object.keys(a);
  const y = Object.keys(b);
  return x.length === y.length && x.every((key, i) => key === y[i] && identical(a[key], b[key]));
}

function compareSameClass(type: TypeName, a: Value, b: Value, collation: Collation | null): number {
  switch (type) {
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return compareNumbers(a, b);
    case 'string':
    case 'symbol':
      return collation === null ? compareStrings(String(a), String(b)) : collation.compare(String(a), String(b));
    case 'object':
      return compareDocs(a as Doc, b as Doc, collation);
    case 'array':
      return compareArrays(a as Value[], b as Value[], collation);
    case 'binData':
      return compareBinaries(a as Binary, b as Binary);
    case 'objectId':
      return compareStrings((a as ObjectId).toHexString(), (b as ObjectId).toHexString());
    case 'bool':
      return Number(a) - Number(b);
    case 'date':
      return (a as Date).getTime() - (b as Date).getTime();
    case 'timestamp':
      return (a as Timestamp).compare(b as Timestamp);
    case 'regex': {
      const [x, y] = [regexOf(a), regexOf(b)];
      return compareStrings(x?.pattern ?? '', y?.pattern ?? '') || compareStrings(x?.options ?? '', y?.options ?? '');
    }
    case 'javascript':
    case 'javascriptWithScope':
      return compareStrings(String((a as Code).code), String((b as Code).code));
    default:
      return 0;
  }
}

/** By code points, which is the order of the UTF-8 bytes; JavaScript's own order is by UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? fixUp(x) - fixUp(y) : x - y;
  }
  return a.length - b.length;
}

/** Moves surrogates behind the private area, so that UTF-16 units order like code points. */
export const fixUp = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

function compareNumbers(a: Value, b: Value): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareDecimals(decimalOf(a), decimalOf(b));
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  const x = toNumber(a);
  const y = toNumber(b);
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : -1;
  if (Number.isNaN(y)) return 1;
  if (x !== y || !(a instanceof Long || b instanceof Long)) return x < y ? -1 : x > y ? 1 : 0;
  return compareLongWithDouble(a, b, x);
}

// Both round to the same double; beyond 2^53 the Long may still differ from it.
function compareLongWithDouble(a: Value, b: Value, rounded: number): number {
  if (Math.abs(rounded) <= Number.MAX_SAFE_INTEGER) return 0;
  const big = (v: Value): bigint =>
    v instanceof Long ? v.toBigInt() : BigInt(v instanceof Double ? v.value : rounded);
  const difference = big(a) - big(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function compareDocs(a: Doc, b: Doc, collation: Collation | null): number {
  const x = Object.keys(a);
  const y = Object.keys(b);
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const [kx, ky] = [x[i] as string, y[i] as string];
    const [vx, vy] = [a[kx], b[ky]];
    const byType = typeOrder[typeOf(vx)] - typeOrder[typeOf(vy)];
    const order = byType || compareStrings(kx, ky) || compareValues(vx, vy, collation);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

function compareArrays(a: Value[], b: Value[], collation: Collation | null): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = compareValues(a[i], b[i], collation);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  const [x, y] = [bytesOf(a), bytesOf(b)];
  return x.length - y.length || a.sub_type - b.sub_type || Buffer.compare(x, y);
}
