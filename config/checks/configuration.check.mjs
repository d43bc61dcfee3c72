// Every environment variable of an app is documented (docs/configuration.md is written by `npm run docs`, which this
// check repeats) and, once there are Kubernetes and Compose files, named in them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './repository.mjs';

export const name = 'environment variables documented and set';

/** Apps that run on a developer's machine only. */
const LOCAL_ONLY = /^(dev-stack|auditor)$/;

export function findFaults(root) {
  const docs = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, encoding: 'utf8' });
  const stale = docs.status === 0 ? [] : [docs.stderr.trim()];
  return [...stale, ...notSetIn(root, 'k8s', /\.ya?ml$/), ...notSetIn(root, '', /^docker-compose.*\.ya?ml$/)];
}

function notSetIn(root, folder, pattern) {
  if (!existsSync(join(root, folder))) return [];
  const files = listFiles(root, folder).filter((path) => pattern.test(path));
  if (files.length === 0) return [];
  const text = files.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
  const missing = variables(root).filter(({ variable }) => !new RegExp(`\\b${variable}\\b`).test(text));
  return missing.map(({ app, variable }) => `${variable} of ${app} is not set in ${folder || 'docker-compose.yml'}`);
}

function variables(root) {
  const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
  return page
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const app = section.split('\n')[0].trim();
      const named = [...section.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, variable]) => ({ app, variable }));
      return LOCAL_ONLY.test(app) ? [] : named;
    });
}
