// Whether a document is larger than the server allows. The exact size costs as much as encoding the document; nearly all
// are so small that a generous guess settles it.
import { calculateObjectSize } from 'bson';
import { type Doc, isArray, isDoc, type Value } from './types.ts';

const FIELD_BYTES = 8; // type, end of the name, lengths and ends of what is inside
const SCALAR_BYTES = 24; // the largest of numbers, dates, ids
const INDEX_BYTES = 10; // the name of an element of an array
const UTF8_BYTES_MAX = 3; // for one unit of a string

export function isLargerThan(doc: Doc, bytesMax: number): boolean {
  return sizeAtMost(doc) > bytesMax && calculateObjectSize(doc) > bytesMax;
}

/** Never less than the true size. */
function sizeAtMost(value: Value): number {
  if (typeof value === 'string') return FIELD_BYTES + value.length * UTF8_BYTES_MAX;
  if (typeof value !== 'object' || value === null || value instanceof Date) return SCALAR_BYTES;
  let bytes = FIELD_BYTES;
  if (isArray(value)) {
    for (const element of value) bytes += INDEX_BYTES + FIELD_BYTES + sizeAtMost(element);
    return bytes;
  }
  if (!isDoc(value)) {
    return SCALARS.has(String((value as { _bsontype?: unknown })._bsontype)) ? SCALAR_BYTES : Number.POSITIVE_INFINITY;
  }
  for (const key in value) bytes += key.length * UTF8_BYTES_MAX + FIELD_BYTES + sizeAtMost(value[key]);
  return bytes;
}

const SCALARS = new Set(['ObjectId', 'Int32', 'Double', 'Long', 'Decimal128', 'Timestamp', 'MinKey', 'MaxKey']);
