// `npm run build`: bundles every process of the repository and builds the web pages.
//
// A package's entry points are `src/main.ts` (→ dist/main.js) and `src/<name>.main.ts` (→ dist/<name>.js). Our own
// packages (@onsale/*) are bundled in, npm packages stay outside. What did not change since the last build is skipped:
// a stamp over path, size and time of every source decides, which takes some 20 ms.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const rootDir = fileURLToPath(new URL('..', import.meta.url));

/** Builds what is stale. `only` narrows it to packages by folder ("libs/testkit"). Returns the files it wrote. */
export async function build({ only } = {}) {
  const folders = packageFolders().filter((folder) => !only || only.includes(folder));
  const bundles = await buildBundles(folders.flatMap(entryPoints));
  const pages = folders.includes('apps/web') ? await buildPages() : [];
  return [...bundles, ...pages];
}

async function buildBundles(entries) {
  if (entries.length === 0) return [];
  const outputs = entries.map((entry) => entry.output);
  const name = `bundles-${createHash('sha1').update(outputs.join()).digest('hex').slice(0, 8)}`;
  const stamp = stampOf(['libs', 'apps', 'loadtests'].flatMap(filesBelow));
  if (isFresh(name, stamp, outputs)) return [];
  await bundle(entries);
  writeWhole(stampFile(name), stamp);
  return outputs;
}

async function buildPages() {
  const root = join(rootDir, 'apps/web');
  if (!readdirSync(root).some((file) => file.startsWith('vite.config.'))) return [];
  const outputs = ['apps/web/dist/public/index.html'];
  const stamp = stampOf(['apps/web', 'libs/domain', 'libs/contracts'].flatMap(filesBelow));
  if (isFresh('pages', stamp, outputs)) return [];
  const { build: viteBuild } = await import('vite');
  // Vite sets NODE_ENV to production for the whole process; what is started after the build must not inherit that.
  const { NODE_ENV } = process.env;
  await viteBuild({ root, logLevel: 'warn' });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  writeWhole(stampFile('pages'), stamp);
  return outputs;
}

function packageFolders() {
  const inGroup = (group) => readdirSync(join(rootDir, group)).map((name) => `${group}/${name}`);
  const folders = [...inGroup('libs'), ...inGroup('apps'), 'loadtests'];
  return folders.filter((folder) => existsSync(join(rootDir, folder, 'package.json')));
}

function entryPoints(folder) {
  const src = join(rootDir, folder, 'src');
  const names = existsSync(src) ? readdirSync(src).filter((name) => /^(.+\.)?main\.ts$/.test(name)) : [];
  return names.map((name) => ({
    source: `${folder}/src/${name}`,
    output: `${folder}/dist/${name === 'main.ts' ? 'main' : basename(name, '.main.ts')}.js`,
  }));
}

async function bundle(entries) {
  const { build: esbuild } = await import('esbuild');
  const result = await esbuild({
    absWorkingDir: rootDir,
    entryPoints: entries.map(({ source, output }) => ({ in: source, out: output.replace(/\.js$/, '') })),
    outdir: rootDir,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    sourcemap: 'linked',
    // Styles are the business of the pages' own build; the page server reads what that leaves.
    loader: { '.lua': 'text', '.csv': 'text', '.html': 'text', '.css': 'empty' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
    plugins: [{ name: 'npm-packages-stay-outside', setup: keepPackagesOutside }],
  });
  for (const file of result.outputFiles) writeWhole(file.path, file.contents);
}

function keepPackagesOutside(builder) {
  builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === 'entry-point' || path.startsWith('@onsale/') ? undefined : { path, external: true },
  );
}

// Two builds may run at once (a test run and a start): a reader must see the old file or the new, never a half.
function writeWhole(file, contents) {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, contents);
  renameSync(part, file);
}

const stampFile = (name) => join(rootDir, 'node_modules/.cache/onsale', `${name}.stamp`);

function isFresh(name, stamp, outputs) {
  if (outputs.some((output) => !existsSync(join(rootDir, output)))) return false;
  return existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === stamp;
}

function stampOf(sources) {
  const hash = createHash('sha1');
  for (const file of [...sources, 'scripts/build.mjs', 'package-lock.json']) {
    const { size, mtimeMs } = statSync(join(rootDir, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Every file below a folder of the repository, outside dist and node_modules, in a fixed order. */
function filesBelow(folder) {
  const skipped = new Set(['dist', 'node_modules']);
  const walk = (dir) =>
    readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
      if (skipped.has(entry.name)) return [];
      return entry.isDirectory() ? walk(join(dir, entry.name)) : [relative(rootDir, join(dir, entry.name))];
    });
  return walk(join(rootDir, folder)).sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const begun = performance.now();
  const built = await build();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(built.length === 0 ? 'nothing to build' : `built ${built.length} files in ${seconds} s`);
}
