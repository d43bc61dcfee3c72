// The BSON types as this server holds them in memory. Documents are read with every number in its wrapper (Int32,
// Double, Long, Decimal128), so that a value keeps the type the client gave it. `undefined` stands for a missing field.
import { type Binary, BSONRegExp, Decimal128, Double, Int32, Long } from 'bson';

export type Value = unknown;
export type Doc = Record<string, unknown>;

export type TypeName =
  | 'missing'
  | 'minKey'
  | 'double'
  | 'string'
  | 'object'
  | 'array'
  | 'binData'
  | 'undefined'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'null'
  | 'regex'
  | 'dbPointer'
  | 'javascript'
  | 'symbol'
  | 'javascriptWithScope'
  | 'int'
  | 'timestamp'
  | 'long'
  | 'decimal'
  | 'maxKey';

const byBsonType: Readonly<Record<string, TypeName>> = {
  Int32: 'int',
  Double: 'double',
  Long: 'long',
  Timestamp: 'timestamp',
  Decimal128: 'decimal',
  ObjectId: 'objectId',
  ObjectID: 'objectId',
  Binary: 'binData',
  BSONRegExp: 'regex',
  BSONSymbol: 'symbol',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
  DBRef: 'object',
};

export function typeOf(value: Value): TypeName {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff ? 'int' : 'double';
    case 'bigint':
      return 'long';
    default:
      return typeOfObject(value);
  }
}

function typeOfObject(value: Value): TypeName {
  if (value === null) return 'null';
  const tag = (value as { _bsontype?: unknown })._bsontype;
  if (typeof tag === 'string') {
    if (tag === 'Code') return (value as { scope: unknown }).scope ? 'javascriptWithScope' : 'javascript';
    const name = byBsonType[tag];
    if (name !== undefined) return name;
  }
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  return 'object';
}

/** The place of a type in the order of all values; types of one class (all numbers, string and symbol) share it. */
export const typeOrder: Readonly<Record<TypeName, number>> = {
  minKey: -1,
  missing: 0,
  undefined: 0,
  null: 5,
  int: 10,
  long: 10,
  double: 10,
  decimal: 10,
  string: 15,
  symbol: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  dbPointer: 55,
  javascript: 60,
  javascriptWithScope: 65,
  maxKey: 127,
};

/** The numbers of the types as `$type` takes them. */
export const typeNumbers: Readonly<Record<number, TypeName>> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  [-1]: 'minKey',
  127: 'maxKey',
};

export function isDoc(value: Value): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export const isNullish = (value: Value): boolean => value === null || value === undefined;

export function isNumber(value: Value): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  const tag = (value as { _bsontype?: unknown } | null | undefined)?._bsontype;
  return tag === 'Int32' || tag === 'Double' || tag === 'Long' || tag === 'Decimal128';
}

/** The value as a JavaScript number (a Long beyond 2^53 loses its last digits); NaN for what is no number. */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Decimal128) return Number(value.toString());
  if (typeof value === 'bigint') return Number(value);
  return Number.NaN;
}

export const isArray = (value: Value): value is Value[] => Array.isArray(value);

export type Regex = { pattern: string; options: string };
export function regexOf(value: Value): Regex | undefined {
  if (value instanceof BSONRegExp) return { pattern: value.pattern, options: value.options };
  if (value instanceof RegExp) return { pattern: value.source, options: value.flags.replace(/[gyud]/g, '') };
  return undefined;
}

/** Copies documents and arrays; leaf values are never changed in place and are shared. */
export function cloneDeep<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cloneDeep) as T;
  if (isDoc(value)) {
    const copy: Doc = {};
    for (const key of Object.keys(value)) setField(copy, key, cloneDeep(value[key]));
    return copy as T;
  }
  return value;
}

/** Sets a field even where its name is one JavaScript treats apart. */
export function setField(target: Doc, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else target[key] = value;
}

export const bytesOf = (binary: Binary): Uint8Array => binary.buffer.subarray(0, binary.position);
