// The error of a key that is there already, with the pattern and the values drivers read from it.
import { EJSON } from 'bson';
import { ServerError } from '../errors.ts';
import { indexValues, splitPath } from '../values/paths.ts';
import { type Doc, isArray, type Value } from '../values/types.ts';
import type { CollectionIndex } from './collection-index.ts';

type Named = { readonly namespace: string };

export function duplicateKey(collection: Named, index: CollectionIndex, doc: Doc, key: string): ServerError {
  const keyValue: Doc = {};
  for (const path of index.paths) keyValue[path] = valueOfKey(doc, path, index, key);
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${EJSON.stringify(value ?? null)}`);
  return new ServerError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.spec.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: index.spec.key, keyValue },
  );
}

// In a multikey index it is the element that collided that counts, not the array.
function valueOfKey(doc: Doc, path: string, index: CollectionIndex, key: string): Value {
  const { values } = indexValues(doc, splitPath(path));
  if (index.paths.length === 1) {
    return orNull(values.find((value) => index.keyFor([value ?? null]) === key));
  }
  return orNull(values[0]);
}

// An empty array has no element that could be named.
const orNull = (value: Value): Value => (value === undefined || (isArray(value) && value.length === 0) ? null : value);
