// npm run docs: writes what is made from the source: docs/errors.md, docs/configuration.md, .env.example and the map of
// routes of nginx.
// `--check` writes nothing and fails when a table is behind the source.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const checkOnly = process.argv.includes('--check');
const behind = [];

/** Of variables that no process reads itself, or that mean something else for Compose. */
const composeMeanings = {
  ONSALE_IMAGE: 'image of the apps',
  ONSALE_FRONT_IMAGE: 'image of the front door',
  ONSALE_HTTP_PORT: 'port of this host on which the front door listens',
  RABBITMQ_PASSWORD: 'password of the user onsale of the RabbitMQ in this file',
  MONGODB_URI: 'a MongoDB replica set of yours, with the database in its path, instead of the one in this file',
  REDIS_URL: 'a Redis of yours (maxmemory-policy noeviction) instead of the one in this file',
  AMQP_URL: 'a RabbitMQ of yours instead of the one in this file',
};

await writeTable('docs/errors.md', errorsPage(await load('libs/contracts/src/problem.ts')));
await writeTable('docs/configuration.md', await configurationPage());
await writeTable('.env.example', await environmentExample());
await writeTable('config/nginx/routes.conf', (await load('apps/dev-stack/src/gateway/nginx-map.ts')).nginxMap());
if (behind.length > 0) {
  console.error(`behind the source, run \`npm run docs\`: ${behind.join(', ')}`);
  process.exit(1);
}

async function writeTable(file, text) {
  const target = path.join(root, file);
  const current = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (current === text) return;
  if (checkOnly) behind.push(file);
  else writeFileSync(target, text);
}

/** Bundles one TypeScript file beside the packages it needs and imports it. */
async function load(file) {
  const outfile = path.join(root, 'node_modules', '.cache', 'onsale-docs', `${file.replaceAll('/', '_')}.mjs`);
  const external = {
    name: 'npm-outside',
    setup: (b) =>
      b.onResolve({ filter: /^[^./]/ }, (a) =>
        a.path.startsWith('@onsale/') || a.kind === 'entry-point' ? null : { external: true },
      ),
  };
  await build({
    entryPoints: [path.join(root, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    loader: { '.lua': 'text' },
    plugins: [external],
    logLevel: 'error',
  });
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`);
}

function errorsPage({ errorCodes }) {
  const rows = Object.entries(errorCodes).map(
    ([code, { status, title }]) => `| <a id="${code}"></a>\`${code}\` | ${status} | ${title} |`,
  );
  return [
    '# Errors',
    '',
    'Every failure is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `code`, `traceId`, and where they apply `detail`, `fields`,',
    '`retryAfterSeconds`. The code is stable; programs should look at nothing else. 429 and 503 always carry `Retry-After`. Written by `npm run docs`.',
    '',
    '| code | status | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** Every `${VARIABLE}` of docker-compose.yml, with what it means. */
async function environmentExample() {
  const compose = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
  const meanings = { ...composeMeanings };
  for (const { variables } of await configurations())
    for (const [name, { meaning }] of Object.entries(variables)) meanings[name] ??= meaning;
  const seen = new Map(
    [...compose.matchAll(/\$\{(\w+)(:-|:\?)?([^${}]*)/g)].map(([, name, kind, rest]) => [name, { kind, rest }]),
  );
  const entries = [...seen].map(([name, { kind, rest }]) => {
    if (meanings[name] === undefined) throw new Error(`docker-compose.yml: nobody says what ${name} means`);
    const value = kind === ':?' ? `${name}=` : `# ${name}=${rest.endsWith(':') ? '' : rest}`; // `…:` is before a nested one
    return `# ${meanings[name]}${kind === ':?' ? ' (required)' : ''}\n${value}\n`;
  });
  return [
    '# Settings of docker-compose.yml; copy to .env. The required ones are made by apps/dev-stack/dist/make-env.js. Written by',
    '# `npm run docs`.',
    '',
    ...entries,
  ].join('\n');
}

async function configurations() {
  const apps = readdirSync(path.join(root, 'apps')).sort();
  const withConfig = apps.filter((app) => existsSync(path.join(root, `apps/${app}/src/config.ts`)));
  return Promise.all(withConfig.map(async (app) => ({ app, ...(await load(`apps/${app}/src/config.ts`)) })));
}

async function configurationPage() {
  const lines = [
    '# Configuration',
    '',
    'Each process reads its environment once, at start, and refuses to start with all faults listed. Written by `npm run docs`.',
    '',
  ];
  for (const { app, variables } of await configurations()) {
    if (variables === undefined) throw new Error(`apps/${app}/src/config.ts exports no \`variables\``);
    lines.push(`## ${app}`, '', '| variable | default | meaning |', '|---|---|---|');
    for (const [name, { default: fallback, meaning, secret }] of Object.entries(variables)) {
      const shown = fallback === undefined ? '*required*' : fallback === '' ? '*empty*' : `\`${fallback}\``;
      lines.push(`| \`${name}\`${secret ? ' (secret)' : ''} | ${shown} | ${meaning} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}
