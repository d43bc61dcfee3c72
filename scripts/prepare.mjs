// What both commands do first: check Node.js, install the npm packages, build. Uses only what Node.js brings, since
// nothing is installed yet when it begins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, rootDir } from './build.mjs';

const NODE_MIN = [20, 19];
const STAMP = join(rootDir, 'node_modules/.cache/onsale/install.stamp');

/** Throws nothing: a fault is told in one sentence and ends the process. `say` gets progress lines. */
export async function prepare({ say }) {
  checkNode();
  installPackages(say);
  try {
    const built = await build();
    if (built.length > 0) say(`built ${built.length} files`);
  } catch (error) {
    fail(`The build failed: ${error.message}`);
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  fail(
    `Onsale needs Node.js ${NODE_MIN.join('.')} or later; this is ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
}

// `npm install` and not `npm ci`: a lock file written against a mirror that lacks the binaries of other systems is
// refused by `npm ci`, while `npm install` keeps to every version in it and adds what this system needs. `--no-save`
// leaves the lock file as it is.
function installPackages(say) {
  const stamp = stampOfManifests();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  say('installing npm packages');
  const args = ['install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm is a script of its own on some systems: through a shell it is found wherever it is.
  const { status } = spawnSync(`npm ${args.join(' ')}`, {
    cwd: rootDir,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: true,
  });
  if (status !== 0) fail('"npm install" failed (see above): check the connection to the npm registry and try again.');
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, stamp);
}

function stampOfManifests() {
  const hash = createHash('sha1').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  const groups = ['libs', 'apps'].flatMap((group) =>
    readdirSync(join(rootDir, group)).map((name) => join(group, name)),
  );
  for (const folder of ['', 'loadtests', ...groups.sort()]) {
    const manifest = join(rootDir, folder, 'package.json');
    if (existsSync(manifest)) hash.update(readFileSync(manifest));
  }
  return hash.update(readFileSync(join(rootDir, 'package-lock.json'))).digest('hex');
}

function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}
