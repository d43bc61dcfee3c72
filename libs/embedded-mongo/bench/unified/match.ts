// Matching by the rules of the unified test format: flexible numbers, extra keys in root documents, `$$` operators.
import { EJSON } from 'bson';
import type { Entities } from './entities.ts';

export type Matching = { readonly entities: Entities; readonly root: boolean };

/** The first difference in words, or null. */
export function matches(expected: unknown, actual: unknown, { entities, root }: Matching, path = ''): string | null {
  // The driver keeps sort patterns as maps.
  if (actual instanceof Map) return matches(expected, Object.fromEntries(actual), { entities, root }, path);
  const special = isPlain(expected)
    ? operator(expected as Record<string, unknown>, actual, { entities, root }, path)
    : undefined;
  if (special !== undefined) return special;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return `${path}: expected ${show(expected)}, got ${show(actual)}`;
    for (const [i, item] of expected.entries()) {
      const difference = matches(item, actual[i], { entities, root }, `${path}.${i}`);
      if (difference !== null) return difference;
    }
    return null;
  }
  if (isPlain(expected)) return documents(expected as Record<string, unknown>, actual, { entities, root }, path);
  const [a, b] = [scalar(expected), scalar(actual)];
  return a === b ? null : `${path}: expected ${a}, got ${b}`;
}

function documents(
  expected: Record<string, unknown>,
  actual: unknown,
  { entities, root }: Matching,
  path: string,
): string | null {
  if (typeof actual !== 'object' || actual === null) return `${path}: expected ${show(expected)}, got ${show(actual)}`;
  const found = actual as Record<string, unknown>;
  for (const [key, value] of Object.entries(expected)) {
    const difference = matches(
      value,
      found[key],
      { entities, root: key === 'command' || key === 'reply' || key.endsWith('Event') },
      `${path}.${key}`,
    );
    if (difference !== null) return difference;
  }
  if (root) return null;
  const extra = Object.keys(found).filter((key) => !Object.hasOwn(expected, key) && found[key] !== undefined);
  return extra.length === 0 ? null : `${path}: unexpected ${extra.join(', ')}`;
}

function operator(
  expected: Record<string, unknown>,
  actual: unknown,
  matching: Matching,
  path: string,
): string | null | undefined {
  const [name] = Object.keys(expected);
  if (name === undefined || !name.startsWith('$$')) return undefined;
  const argument = expected[name];
  switch (name) {
    case '$$exists':
      return (actual !== undefined) === argument ? null : `${path}: should ${argument ? '' : 'not '}be there`;
    case '$$unsetOrMatches':
      return actual === undefined || actual === null ? null : matches(argument, actual, matching, path);
    case '$$sessionLsid':
      return scalar(actual) === scalar(matching.entities.session(String(argument)).id)
        ? null
        : `${path}: not the lsid of ${String(argument)}`;
    case '$$matchesEntity':
      return matches(matching.entities.value(String(argument)), actual, matching, path);
    case '$$type':
      return actual === undefined ? `${path}: nothing of type ${String(argument)}` : null;
    case '$$matchAsDocument':
    case '$$matchAsRoot':
      return matches(argument, actual, { ...matching, root: true }, path);
    default:
      return `${path}: the operator ${name} is not known to the runner`;
  }
}

export const isPlain = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('_bsontype' in value) &&
  !(value instanceof Date) &&
  !(value instanceof Uint8Array);

// Numbers of all types compare by value.
function scalar(value: unknown): string {
  if (value === undefined) return 'nothing';
  const relaxed = EJSON.serialize({ v: value }, { relaxed: true }) as { v: unknown };
  return JSON.stringify(
    typeof relaxed.v === 'object' && relaxed.v !== null && '$numberLong' in relaxed.v
      ? Number(relaxed.v.$numberLong)
      : relaxed.v,
  );
}

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'nothing';
