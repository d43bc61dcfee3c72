// What an entry of the audit log changed, field by field: only what differs between before and after.
export type FieldChange = { readonly field: string; readonly before: string | null; readonly after: string | null };

/** A null is told as nothing there. Fields of objects within are named by their path: `admission.ratePerMinute`. */
export function changesOf(before: unknown, after: unknown): readonly FieldChange[] {
  const [was, is] = [flat(before), flat(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => was.get(field) !== is.get(field))
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }));
}

function flat(value: unknown, path = ''): Map<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object') return new Map([[path, String(value)]]);
  if (Array.isArray(value)) return new Map([[path, JSON.stringify(value)]]);
  return new Map(Object.entries(value).flatMap(([key, part]) => [...flat(part, path === '' ? key : `${path}.${key}`)]));
}
