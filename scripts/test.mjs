// `npm test` on a bare machine: installs what is missing, then runs the small checks, the type checker, the linter and
// every jest test on real services. Arguments go to jest. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDir } from './build.mjs';
import { prepare } from './prepare.mjs';

process.chdir(rootDir);
const say = (line) => console.log(`${process.uptime().toFixed(1).padStart(6)} s  ${line}`);
await prepare({ say });
const programs = ['redis', 'rabbitmq', 'chromium', 'nginx', ...(process.platform === 'linux' ? ['faketime'] : [])];
const tools = run('node', ['libs/local-services/dist/ensure-tools.js', ...programs]);
if (tools !== 0) process.exit(1);

const { runChecks } = await import('./check.mjs');
const counts = [await runChecks(say), command('types', 'tsc', ['--noEmit', '-p', 'tsconfig.json'])];
if (existsSync('apps/web/tsconfig.json'))
  counts.push(command('types of the pages', 'tsc', ['--noEmit', '-p', 'apps/web/tsconfig.json']));
counts.push(command('lint and format', 'biome', ['check', '.']));
counts.push(jest(process.argv.slice(2)));

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function command(name, program, args) {
  const ok = run(join('node_modules/.bin', program), args) === 0;
  say(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

function jest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-results-'));
  const results = join(folder, 'jest.json');
  run('node', ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`, ...args]);
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, success } = JSON.parse(
      readFileSync(results, 'utf8'),
    );
    const failures = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: failures > 0 || success ? failures : 1 };
  } catch {
    say('FAILED jest gave no results');
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program, args) {
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status;
}
