// Turns values into strings whose plain JavaScript order is the BSON order, and which are equal exactly when the
// values compare as equal. Indexes, `$group`, `$in` and distinct use them as map keys and as ordered keys.
import { type Binary, type Code, Decimal128, Double, Int32, Long, type ObjectId, type Timestamp } from 'bson';
import { fixUp } from './compare.ts';
import { addDecimals, compareDecimals, decimalOf, negateDecimal, toDecimal128 } from './decimal.ts';
import { bytesOf, type Doc, regexOf, toNumber, typeOf, typeOrder, type Value } from './types.ts';

const typeChar = (order: number): string => String.fromCharCode(order + 2);
const endChar = '\u0000\u0000';

/** Gives strings the keys of a collation; without it their keys are in the order of bytes. */
export type TextKeys = (text: string) => string;

export function encodeValue(value: Value, texts?: TextKeys): string {
  if (typeof value === 'string') return `${typeChar(15)}${encodeText(value, texts)}`;
  const type = typeOf(value);
  const prefix = typeChar(typeOrder[type]);
  switch (type) {
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return prefix + encodeNumber(value);
    case 'symbol':
      return prefix + encodeText(String(value), texts);
    case 'object':
      return prefix + encodeDoc(value as Doc, texts);
    case 'array':
      return `${prefix}${(value as Value[]).map((item) => encodeValue(item, texts)).join('')}\u0000`;
    case 'binData':
      return prefix + encodeBinary(value as Binary);
    case 'objectId':
      return prefix + (value as ObjectId).toHexString();
    case 'bool':
      return prefix + (value ? '1' : '0');
    case 'date':
      return prefix + encodeDouble((value as Date).getTime());
    case 'timestamp':
      return prefix + encodeUnsigned((value as Timestamp).toBigInt());
    case 'regex': {
      const regex = regexOf(value);
      return prefix + encodeString(regex?.pattern ?? '') + encodeString(regex?.options ?? '');
    }
    case 'javascript':
    case 'javascriptWithScope':
      return prefix + encodeString(String((value as Code).code));
    default:
      return prefix;
  }
}

/** One string for a compound key; a descending field has its characters turned round. */
export function encodeKey(values: readonly Value[], directions: readonly (1 | -1)[], texts?: TextKeys): string {
  let key = '';
  for (let i = 0; i < values.length; i += 1) {
    const part = encodeValue(values[i], texts);
    key += directions[i] === -1 ? invert(part) : part;
  }
  return key;
}

/** The smallest and the first-above encoding of all values of the type class that `value` is of. */
export function classBounds(value: Value): { from: string; to: string } {
  const order = typeOrder[typeOf(value)];
  return { from: typeChar(order), to: typeChar(order + 1) };
}

export function invert(part: string): string {
  let turned = '';
  for (let i = 0; i < part.length; i += 1) turned += String.fromCharCode(0xffff - part.charCodeAt(i));
  return turned;
}

const encodeText = (text: string, texts: TextKeys | undefined): string =>
  texts === undefined ? encodeString(text) : texts(text) + endChar;

function encodeString(text: string): string {
  let body = text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the terminator must not occur in the body
  if (/\u0000/.test(body)) body = body.replaceAll('\u0000', '\u0000\u0001');
  if (/[\ud800-\uffff]/.test(body)) {
    body = Array.from({ length: body.length }, (_, i) => String.fromCharCode(fixUp(body.charCodeAt(i)))).join('');
  }
  return body + endChar;
}

function encodeDoc(doc: Doc, texts: TextKeys | undefined): string {
  let text = '';
  for (const key of Object.keys(doc)) {
    const value = encodeValue(doc[key], texts);
    // Type first, then name, then value: the order in which documents compare.
    text += `\u0001${value.charAt(0)}${encodeString(key)}${value}`;
  }
  return `${text}\u0000`;
}

function encodeBinary(binary: Binary): string {
  const bytes = bytesOf(binary);
  return `${encodeDouble(bytes.length)}${String.fromCharCode(binary.sub_type)}${Buffer.from(bytes).toString('latin1')}`;
}

function encodeNumber(value: Value): string {
  if (value instanceof Int32) return `${encodeDouble(value.value)}\u8000`;
  if (value instanceof Double || typeof value === 'number') return `${encodeDouble(toNumber(value))}\u8000`;
  if (value instanceof Decimal128) return encodeDecimal(value);
  const exact = value instanceof Long ? value.toBigInt() : (value as bigint);
  const rounded = Number(exact);
  // A Long beyond 2^53 differs from its double by at most 512.
  return encodeDouble(rounded) + String.fromCharCode(0x8000 + Number(exact - BigInt(rounded)));
}

function encodeDecimal(value: Decimal128): string {
  const rounded = Number(value.toString());
  if (!Number.isFinite(rounded)) return `${encodeDouble(rounded)}\u8000`;
  const [exact, double] = [decimalOf(value), decimalOf(new Double(rounded))];
  const side = compareDecimals(exact, double);
  if (side === 0) return `${encodeDouble(rounded)}\u8000`;
  const rest = toDecimal128(addDecimals(exact, negateDecimal(double)));
  return `${encodeDouble(rounded)}${side < 0 ? '\u7000' : '\u9000'}${encodeDouble(Number(rest.toString()))}`;
}

const scratch = new DataView(new ArrayBuffer(8));

function encodeDouble(number: number): string {
  if (Number.isNaN(number)) return '\u0000\u0000\u0000\u0000';
  scratch.setFloat64(0, number === 0 ? 0 : number);
  let [a, b, c, d] = [scratch.getUint16(0), scratch.getUint16(2), scratch.getUint16(4), scratch.getUint16(6)];
  if (a & 0x8000) [a, b, c, d] = [a ^ 0xffff, b ^ 0xffff, c ^ 0xffff, d ^ 0xffff];
  else a |= 0x8000;
  return String.fromCharCode(a, b, c, d);
}

function encodeUnsigned(number: bigint): string {
  scratch.setBigUint64(0, BigInt.asUintN(64, number));
  return String.fromCharCode(scratch.getUint16(0), scratch.getUint16(2), scratch.getUint16(4), scratch.getUint16(6));
}
