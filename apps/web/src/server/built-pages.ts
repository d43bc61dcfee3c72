// What the build of the pages left: the script that takes a page over, and the styles of what is seen first, which go
// into the page itself so that one answer paints everything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type ManifestEntry = {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
};

export type BuiltPages = {
  readonly script: string;
  /** Parts of the script that it imports at once. */
  readonly preload: readonly string[];
  readonly styles: string;
  /** Addresses of the styles of pages beyond the first. */
  readonly sheets: readonly string[];
};

/** Throws when the pages were not built. */
export function readBuiltPages(folder: string): BuiltPages {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    ManifestEntry
  >;
  const entry = manifest['index.html'];
  if (entry === undefined) throw new Error(`${folder} holds no built pages`);
  const first = entry.css ?? [];
  const sheets = Object.values(manifest).flatMap(({ css }) => css ?? []);
  return {
    script: `/${entry.file}`,
    preload: (entry.imports ?? []).flatMap((name) => (manifest[name] ? [`/${manifest[name].file}`] : [])),
    styles: first.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join(''),
    sheets: [...new Set(sheets)].filter((file) => !first.includes(file)).map((file) => `/${file}`),
  };
}
