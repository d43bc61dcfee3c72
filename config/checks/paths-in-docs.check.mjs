// Every path that the documents name exists: in backticks (`libs/domain`) and as the target of a link.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { listFiles } from './repository.mjs';

export const name = 'paths named in documents';

/** A path in backticks begins with a folder of the repository; what it holds is taken up to the first blank or star. */
const NAMED = /`((?:apps|libs|config|docs|scripts|k8s|loadtests|\.ci)\/[^`\s*<>{}…]*)`/g;
const LINKED = /\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

export function findFaults(root) {
  return listFiles(root)
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const named = [...text.matchAll(NAMED)].map(([, target]) => target.replace(/[:#]\d+$/, ''));
      const linked = [...text.matchAll(LINKED)].map(([, target]) => posix.join(posix.dirname(path), target));
      const missing = [...new Set([...named, ...linked])].filter((target) => !existsSync(join(root, target)));
      return missing.map((target) => `${path} names ${target}, which does not exist`);
    });
}
