// `npm run bench -- mongo` and `-- mongo-long`: bundles libs/embedded-mongo/bench/<name>.ts, runs it, and keeps what it
// found in bench-results/ with the commit and the machine. A bench exports `run(say)`, which returns its rows.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { build as buildPackages, rootDir } from './build.mjs';

const home = join(rootDir, 'libs/embedded-mongo');
const area = process.argv[2] ?? '';
const source = join(home, 'bench', `${area}.ts`);
if (!existsSync(source)) {
  console.error(`There is no bench ${area}.`);
  process.exit(2);
}
await buildPackages({ only: ['libs/embedded-mongo'] });

const git = (...args) => execFileSync('git', args, { cwd: rootDir, encoding: 'utf8' }).trim();
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

const outfile = join(home, 'dist', `bench-${area}.js`);
await build({
  entryPoints: [source],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile,
  alias: {},
  logLevel: 'warning',
});
console.log(`\n${area} on ${machine}`);
const { run } = await import(pathToFileURL(outfile).href);
const rows = await run((line) => console.log(line));
const folder = join(rootDir, 'bench-results');
mkdirSync(folder, { recursive: true });
const at = new Date().toISOString();
const result = {
  area,
  at,
  commit: git('rev-parse', 'HEAD'),
  clean: git('status', '--porcelain') === '',
  machine,
  rows,
};
writeFileSync(join(folder, `${area}-${at.replaceAll(':', '-')}.json`), `${JSON.stringify(result, null, 2)}\n`);
