// docker-compose.yml runs every app of an installation, tells it every variable it reads and no secret of another's, and
// names the version of every image.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const name = 'deployments: apps, variables, secrets, images';

/** Apps of a developer's machine only. */
const LOCAL_ONLY = new Set(['dev-stack', 'auditor']);
const IMAGE_WITH_VERSION = /^(\$\{\w+:-)?[\w./-]+:v?\d+(\.\d+)+[\w.-]*\}?$/;

export function findFaults(root) {
  const file = join(root, 'docker-compose.yml');
  if (!existsSync(file)) return [];
  const { services } = parse(readFileSync(file, 'utf8'), { merge: true });
  const apps = readdirSync(join(root, 'apps')).filter((app) => !LOCAL_ONLY.has(app));
  const known = documentedVariables(root);
  return [
    ...Object.entries(services).flatMap(([service, { image }]) =>
      IMAGE_WITH_VERSION.test(image ?? '')
        ? []
        : [`docker-compose.yml: ${service} runs ${image}, which names no version`],
    ),
    ...apps.flatMap((app) => faultsOfApp(app, { service: services[app], known })),
  ];
}

function faultsOfApp(app, { service, known }) {
  if (service === undefined) return [`docker-compose.yml: no service runs ${app}`];
  const faults = [];
  const entry = `apps/${app}/dist/main.js`;
  if (service.command?.[0] !== entry) faults.push(`docker-compose.yml: ${app} does not run ${entry}`);
  const own = known.filter((variable) => variable.app === app).map(({ variable }) => variable);
  const secrets = new Set(known.filter(({ secret }) => secret).map(({ variable }) => variable));
  const told = Object.keys(service.environment ?? {});
  for (const variable of own.filter((one) => !told.includes(one)))
    faults.push(`docker-compose.yml: ${app} is not told ${variable}`);
  for (const variable of told.filter((one) => secrets.has(one) && !own.includes(one)))
    faults.push(`docker-compose.yml: ${app} is told the secret ${variable}, which it does not read`);
  return faults;
}

function documentedVariables(root) {
  const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
  return page
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const app = section.split('\n')[0].trim();
      const rows = section.matchAll(/^\| `([A-Z0-9_]+)`( \(secret\))?/gm);
      return [...rows].map(([, variable, secret]) => ({ app, variable, secret: secret !== undefined }));
    });
}
