// `npm run planted-faults [first] [last]`: plants one deliberate fault after the other (config/planted-faults.mjs) in a
// copy of the repository and runs the tests that should notice, the quickest first. Writes docs/planted-faults.md when
// all were planted. Exit code 1 when less than 95 % are caught.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantedFaults } from '../config/planted-faults.mjs';
import { rootDir } from './build.mjs';

const STAGES = [
  'libs/domain/src/booking',
  'apps/booking-worker/src/(decide-batch|partition-worker|tell-results)',
  'apps/jobs/src',
  'libs/(shop-redis|messaging-rabbitmq)/src',
  'libs/booking-mongo/src/bookings',
  'apps/booking-worker/src/histories',
  'apps/booking-worker/src/worker.test.ts',
];
const STAGE_LIMIT_MS = 180_000;
const CAUGHT_SHARE = 0.95;

const first = Number(process.argv[2] ?? 1);
const last = Number(process.argv[3] ?? plantedFaults.length);
const folder = mkdtempSync(join(tmpdir(), 'onsale-faults-'));
const copy = join(folder, 'onsale');
const found = [];
try {
  mkdirSync(copy);
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: rootDir, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['x', '-C', copy], { input: archive });
  // Hard links: the packages are many, and nothing writes to them.
  execFileSync('cp', ['-al', join(rootDir, 'node_modules'), copy]);
  const red = STAGES.find((stage) => !passes(stage));
  if (red !== undefined) throw new Error(`${red} fails without any fault`);
  plantedFaults.slice(first - 1, last).forEach((fault, i) => {
    const by = plant(fault);
    found.push({ ...fault, by });
    console.log(
      `${String(first + i).padStart(3)}  ${by === null ? 'SURVIVED' : 'caught  '}  ${fault.what}${by === null ? '' : ` (${by})`}`,
    );
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const caught = found.filter(({ by }) => by !== null).length;
console.log(`${caught} of ${found.length} caught`);
if (found.length === plantedFaults.length) writeFileSync(join(rootDir, 'docs/planted-faults.md'), page());
process.exit(caught / found.length >= CAUGHT_SHARE ? 0 : 1);

/** The tests that noticed, or null. */
function plant({ file, from, to }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    return STAGES.find((stage) => !passes(stage)) ?? null;
  } finally {
    writeFileSync(path, text);
  }
}

function passes(stage) {
  const { status } = spawnSync('node', ['node_modules/jest/bin/jest.js', '--bail', stage], {
    cwd: copy,
    stdio: 'ignore',
    timeout: STAGE_LIMIT_MS,
  });
  return status === 0;
}

function page() {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: rootDir, encoding: 'utf8' }).trim();
  const rows = found.map(({ what, by }) => `| ${what} | ${by === null ? '**no test**' : `\`${by}\``} |`);
  return `# Planted faults

Each was planted alone in the booking engine, and the tests were run: ${caught} of ${found.length} were caught. Written by
\`npm run planted-faults\` at ${commit}.

| fault | noticed by |
|---|---|
${rows.join('\n')}
`;
}
