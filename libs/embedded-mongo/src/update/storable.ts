// Which values may be stored by an update.
import { ServerError } from '../errors.ts';
import { isArray, isDoc, type Value } from '../values/types.ts';

/** Refuses values with field names the server does not store. */
export function storable(value: Value): Value {
  if (isArray(value)) for (const item of value) storable(item);
  else if (isDoc(value)) {
    for (const key of Object.keys(value)) {
      if (key.startsWith('$') && !['$ref', '$id', '$db'].includes(key)) {
        throw new ServerError(52, `The dollar ($) prefixed field '${key}' in '${key}' is not valid for storage.`);
      }
      storable(value[key]);
    }
  }
  return value;
}
