// What a client says it has seen of a thing that others may change meanwhile.

/** The version of an If-Match header; null for `*`, undefined for what we never gave out. */
export function seenVersion(ifMatch: string): number | null | undefined {
  if (ifMatch.trim() === '*') return null;
  // A proxy that compresses an answer makes its tag a weak one (W/): the version in it is the same.
  const digits = /^(?:W\/)?"(\d{1,15})"$/.exec(ifMatch.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
