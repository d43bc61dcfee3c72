// No file reaches itself through its imports. Imports of types alone are left out: nothing of them remains at run time.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { importsOf, typeScriptFiles } from './repository.mjs';

export const name = 'no import cycles';

export function findFaults(root) {
  const files = typeScriptFiles(root);
  const next = new Map(files.map((file) => [file.path, targetsOf(root, file)]));
  const done = new Set();
  const faults = [];
  const visit = (path, above) => {
    const at = above.indexOf(path);
    if (at !== -1) return void faults.push([...above.slice(at), path].join(' → '));
    if (done.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...above, path]);
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  return faults;
}

function targetsOf(root, file) {
  const live = importsOf(file).filter(({ typeOnly }) => !typeOnly);
  return live.flatMap(({ from }) => {
    if (from.startsWith('@onsale/')) {
      const index = `libs/${from.slice('@onsale/'.length)}/src/index.ts`;
      return existsSync(join(root, index)) ? [index] : [];
    }
    return from.startsWith('.') ? [posix.normalize(posix.join(posix.dirname(file.path), from))] : [];
  });
}
