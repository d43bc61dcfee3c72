// `npm run planted-faults [-- first [last]]`: plants one deliberate fault after the other (config/planted-faults.mjs) in a
// copy of the last commit and runs the tests that should notice, the quickest first. Notes in docs/planted-faults.md what
// noticed each; `-- page` only writes that page anew. Exit code 1 when less than 95 % of those planted are caught.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { plantedFaults } from '../config/planted-faults.mjs';
import { pageOf, readResults } from '../config/planted-faults-page.mjs';
import { rootDir } from './build.mjs';

const STAGES = [
  'libs/domain/src/booking',
  'apps/booking-worker/src/(decide-batch|partition-worker|tell-results|expire-due|share-partitions)',
  'libs/booking-mongo/src/bookings',
  'libs/(shop-redis|messaging-rabbitmq|payment-providers)/src',
  'apps/jobs/src',
  'apps/booking-api/src',
  'apps/booking-worker/src/(histories|stock.test.ts|worker.test.ts)',
  'libs/booking-mongo/src/audit',
];
/** Several times what the longest takes on a busy machine: what hangs is noticed as well. */
const STAGE_LIMIT_MS = 600_000;
const CAUGHT_SHARE = 0.95;
const PAGE = join(rootDir, 'docs/planted-faults.md');

const [from = '1', to = from === '1' ? plantedFaults.length : from] = process.argv.slice(2);
if (from === 'page') note(new Map());
else process.exit(plantAll(Number(from), Number(to)) >= CAUGHT_SHARE ? 0 : 1);

/** The share that was caught. */
function plantAll(first, last) {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-faults-'));
  try {
    const copy = copyOfLastCommit(folder);
    const known = readResults(pageNow());
    const green = new Set();
    let caught = 0;
    const faults = plantedFaults.slice(first - 1, last);
    for (const [i, fault] of faults.entries()) {
      const by = plant({ copy, fault, green, tried: known.get(fault.what)?.split(': ')[0] });
      if (by !== null) caught += 1;
      note(new Map([[fault.what, by]]));
      console.log(`${String(first + i).padStart(3)}  ${by === null ? 'SURVIVED' : 'caught  '}  ${fault.what} (${by})`);
    }
    console.log(`${caught} of ${faults.length} caught`);
    return caught / faults.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyOfLastCommit(folder) {
  const copy = join(folder, 'onsale');
  mkdirSync(copy);
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: rootDir, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['x', '-C', copy], { input: archive });
  // Hard links: the packages are many, and nothing writes to them.
  execFileSync('cp', ['-al', join(rootDir, 'node_modules'), copy]);
  return copy;
}

/** The test that noticed the fault first, `file: title`, or null. */
function plant({ copy, fault: { file, from, to }, green, tried }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
  for (const stage of tried === undefined ? STAGES : [tried, ...STAGES]) {
    if (!green.has(stage)) {
      const red = firstFailure(copy, stage);
      if (red !== null) throw new Error(`without any fault there fails ${red}`);
      green.add(stage);
    }
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    const by = firstFailure(copy, stage);
    writeFileSync(path, text);
    if (by !== null) return by;
  }
  return null;
}

function firstFailure(copy, stage) {
  const report = join(copy, 'first-failure.json');
  rmSync(report, { force: true });
  const config = join(copy, 'planted-faults.jest.config.mjs');
  writeFileSync(config, jestConfig(report));
  const args = ['node_modules/jest/bin/jest.js', '--config', config, '--bail', '-w', '1', stage];
  const { status, error } = spawnSync('node', args, { cwd: copy, stdio: 'ignore', timeout: STAGE_LIMIT_MS });
  if (status === 0) return null;
  if (error !== undefined) return `${stage}: no end after ${STAGE_LIMIT_MS / 1000} s`;
  const { file, title, message } = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { message: 'no test' };
  if (title === undefined) throw new Error(`${stage} does not run: ${message}`);
  return `${relative(copy, file)}: ${title}`;
}

function jestConfig(report) {
  const reporters = [['<rootDir>/config/jest/first-failure-reporter.mjs', { path: report }]];
  return `import own from './jest.config.mjs';\nexport default { ...own, reporters: ${JSON.stringify(reporters)} };\n`;
}

/** Read anew each time: the list may be planted in several pieces at once. */
function note(news) {
  writeFileSync(PAGE, pageOf(plantedFaults, new Map([...readResults(pageNow()), ...news])));
}

function pageNow() {
  return existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
}
