// Reading dotted paths the way queries and index keys do: through arrays, by field and by position.
import { type Doc, isArray, isDoc, type Value } from './types.ts';

export const splitPath = (path: string): string[] => path.split('.');

export const isPosition = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/** The value at the path without going through arrays but by position; undefined where there is none. */
export function getDirect(doc: Value, parts: readonly string[]): Value {
  let value: Value = doc;
  for (const part of parts) {
    if (isDoc(value)) value = own(value, part);
    else if (isArray(value) && isPosition(part)) value = value[Number(part)];
    else return undefined;
  }
  return value;
}

export const own = (doc: Doc, key: string): Value => (Object.hasOwn(doc, key) ? doc[key] : undefined);

/**
 * Calls `visit` with each value that the path reaches, until it answers true. At the end of the path an array is
 * visited as itself (`expanded` false); its elements are left to the caller. What is missing is visited as undefined.
 * `byPosition` tells of an element that the path names by its position: an array there is not looked into.
 */
export function visitPath(
  value: Value,
  parts: readonly string[],
  at: number,
  visit: (value: Value, byPosition: boolean) => boolean,
  byPosition = false,
): boolean {
  if (at === parts.length) return visit(value, byPosition);
  const part = parts[at] as string;
  if (isDoc(value)) return visitPath(own(value, part), parts, at + 1, visit);
  if (!isArray(value)) return visit(undefined, false);
  if (isPosition(part) && Number(part) < value.length) {
    if (visitPath(value[Number(part)], parts, at + 1, visit, true)) return true;
  }
  for (const element of value) {
    if (isDoc(element) && visitPath(element, parts, at, visit)) return true;
  }
  return false;
}

/** The keys an index has for a document at one path: each element of arrays, null for what is missing. */
export function indexValues(doc: Doc, parts: readonly string[]): { values: Value[]; multikey: boolean } {
  const values: Value[] = [];
  let multikey = false;
  const collect = (value: Value, at: number): void => {
    if (at < parts.length) {
      const part = parts[at] as string;
      if (isDoc(value)) collect(own(value, part), at + 1);
      else if (isArray(value)) {
        multikey = true;
        if (isPosition(part)) collect(value[Number(part)], at + 1);
        else if (value.length === 0) values.push(undefined);
        else for (const element of value) collect(isDoc(element) ? element : undefined, at);
      } else values.push(undefined);
    } else if (isArray(value)) {
      multikey = true;
      if (value.length === 0) values.push([]);
      else values.push(...value);
    } else values.push(value);
  };
  collect(doc, 0);
  return { values, multikey };
}
