// Every environment variable of an app is documented: docs/configuration.md is written by `npm run docs`, which this check
// repeats.
import { spawnSync } from 'node:child_process';

export const name = 'environment variables documented';

export function findFaults(root) {
  const docs = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, encoding: 'utf8' });
  return docs.status === 0 ? [] : [docs.stderr.trim()];
}
