// Which page an address means. Patterns are paths with `:name` for one segment.

export type RouteParams = Readonly<Record<string, string>>;

/** The parameters when the path fits the pattern, else null. A trailing slash makes no difference. */
export function matchRoute(pattern: string, path: string): RouteParams | null {
  const wanted = segments(pattern);
  const given = segments(path);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, segment] of wanted.entries()) {
    const value = given[i] as string;
    if (segment.startsWith(':')) params[segment.slice(1)] = decode(value);
    else if (segment !== value) return null;
  }
  return params;
}

const segments = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray % in an address is no reason to show a blank page
  }
}
