// npm run docs: writes the tables that are made from the source (docs/errors.md, docs/configuration.md and the map of
// routes of nginx).
// `--check` writes nothing and fails when a table is behind the source.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const checkOnly = process.argv.includes('--check');
const behind = [];

await writeTable('docs/errors.md', errorsPage(await load('libs/contracts/src/problem.ts')));
await writeTable('docs/configuration.md', await configurationPage());
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

async function configurationPage() {
  const lines = [
    '# Configuration',
    '',
    'Each process reads its environment once, at start, and refuses to start with all faults listed. Written by `npm run docs`.',
    '',
  ];
  for (const app of readdirSync(path.join(root, 'apps')).sort()) {
    const file = `apps/${app}/src/config.ts`;
    if (!existsSync(path.join(root, file))) continue;
    const { variables } = await load(file);
    if (variables === undefined) throw new Error(`${file} exports no \`variables\``);
    lines.push(`## ${app}`, '', '| variable | default | meaning |', '|---|---|---|');
    for (const [name, { default: fallback, meaning, secret }] of Object.entries(variables)) {
      const shown = fallback === undefined ? '*required*' : fallback === '' ? '*empty*' : `\`${fallback}\``;
      lines.push(`| \`${name}\`${secret ? ' (secret)' : ''} | ${shown} | ${meaning} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}
