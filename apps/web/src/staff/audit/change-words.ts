// What an entry of the audit log changed, field by field: only what differs between before and after.
export type FieldChange = { readonly field: string; readonly before: string | null; readonly after: string | null };

/** A null is told as nothing there. Fields of objects within are named by their path: `admission.ratePerMinute`. */
export function changesOf(before: unknown, after: unknown): readonly FieldChange[] {
  const [was, is] = [flat(before), flat(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => was.get(field) !== is.get(field))
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }));
}

const LIST_SHOWN = 12;
const isPlain = (value: unknown) => value === null || typeof value !== 'object';

function listWords(values: readonly unknown[]): string {
  if (values.length === 0) return '–';
  const more = values.length - LIST_SHOWN;
  const shown = values.slice(0, LIST_SHOWN).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** A list of things is told thing by thing, counted from 1. */
const partsOf = (value: object): readonly (readonly [string, unknown])[] =>
  Array.isArray(value) ? value.map((part, i) => [String(i + 1), part] as const) : Object.entries(value);

function flat(value: unknown, path = ''): Map<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object') return new Map([[path, String(value)]]);
  if (Array.isArray(value) && value.every(isPlain)) return new Map([[path, listWords(value)]]);
  return new Map(partsOf(value).flatMap(([key, part]) => [...flat(part, path === '' ? key : `${path}.${key}`)]));
}
