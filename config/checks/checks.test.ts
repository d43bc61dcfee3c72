// A check that finds nothing is worth nothing: each is shown a small repository with the fault it is there for.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'onsale-checked-'));
});
afterEach(() => rmSync(repository, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}

// The checks are ES modules, which jest's module system cannot load.
function faultsOf(check: string): string[] {
  const url = `file://${join(__dirname, `${check}.check.mjs`)}`;
  const script = `const { findFaults } = await import('${url}'); console.log(JSON.stringify(findFaults(process.argv[1])))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, repository], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

test.each([
  ['libs/domain/src/a.ts', "import 'node:fs';", 'runs in browsers too'],
  ['libs/domain/src/a.ts', "import { z } from 'zod';", 'domain depends on nothing'],
  ['libs/pass/src/a.ts', "import { x } from '@onsale/booking-mongo';", 'which libs/pass may not'],
  ['libs/pass/src/a.ts', "import Redis from 'ioredis';", 'belongs to its adapter'],
  ['apps/jobs/src/a.ts', "export * from '@onsale/app-admitter';", 'over the wire only'],
  ['apps/jobs/src/a.ts', "import x from '@onsale/domain/src/ids.ts';", 'through their index only'],
  ['apps/jobs/src/a.ts', "await import('../../admitter/src/tick.ts');", 'outside its package'],
  ['apps/jobs/src/a.ts', "import { testRedis } from '@onsale/testkit';", 'which apps/jobs may not'],
  ['apps/web/src/a.tsx', "import { log } from '@onsale/runtime';", 'which apps/web may not'],
  ['libs/unheard-of/src/a.ts', 'export {};', 'say in config/checks/layers.mjs'],
])('import rules: %s with %s', (path, text, fault) => {
  write(path, text);
  expect(faultsOf('import-rules')).toEqual([expect.stringContaining(fault)]);
});

test('import rules: a test may use the testkit and a driver', () => {
  write('apps/jobs/src/a.test.ts', "import { testRedis } from '@onsale/testkit'; import Redis from 'ioredis';");
  expect(faultsOf('import-rules')).toEqual([]);
});

test('import rules: what supports tests stays with them', () => {
  write('apps/jobs/src/test-world.ts', "import { testRedis } from '@onsale/testkit';");
  write('apps/jobs/src/a.test.ts', "import { world } from './test-world.ts';");
  expect(faultsOf('import-rules')).toEqual([]);
  write('apps/jobs/src/a.ts', "import { world } from './test-world.ts';");
  expect(faultsOf('import-rules')).toEqual(['apps/jobs/src/a.ts: imports ./test-world.ts, which is for tests']);
});

test('cycles: told with the whole round; types alone make none', () => {
  write('libs/domain/src/a.ts', "import { b } from './b.ts';");
  write('libs/domain/src/b.ts', "import { c } from './c.ts';");
  write('libs/domain/src/c.ts', "import type { A } from './a.ts';");
  expect(faultsOf('no-cycles')).toEqual([]);
  write('libs/domain/src/c.ts', "import { a } from './a.ts';");
  expect(faultsOf('no-cycles')).toEqual([
    'libs/domain/src/a.ts → libs/domain/src/b.ts → libs/domain/src/c.ts → libs/domain/src/a.ts',
  ]);
});

test('sizes: a function of 71 lines and a file of 401 are too long; a describe is not a function', () => {
  const lines = (count: number) => 'void 0;\n'.repeat(count);
  write('libs/domain/src/fits.ts', `function f() {\n${lines(68)}}`);
  write('libs/domain/src/fits.test.ts', `describe('x', () => {\n${lines(100)}});`);
  expect(faultsOf('sizes')).toEqual([]);
  write('libs/domain/src/long.ts', `const f = () => {\n${lines(69)}};`);
  write('libs/domain/src/longer.ts', lines(401));
  expect(faultsOf('sizes')).toEqual([
    'libs/domain/src/longer.ts has 401 lines (limit 400)',
    'libs/domain/src/long.ts:1: a function of 71 lines (limit 70)',
  ]);
});

test('words: the environment belongs to config.ts, the console to command-line tools', () => {
  write('apps/jobs/src/config.ts', 'export const env = process.env;');
  write('loadtests/src/crowd.ts', "console.log('joined');");
  expect(faultsOf('words-kept-apart')).toEqual([]);
  write('apps/jobs/src/run.ts', "console.log(process.env.PORT, 'console.log(process.env)');");
  expect(faultsOf('words-kept-apart')).toHaveLength(2);
});

test('Lua: the header lists every key and argument that is handed over', () => {
  const header = (args: string) =>
    `-- Purpose: join.\n-- KEYS[1]: state\n${args}-- Returns: {'joined'}\n-- Keeps: order\n-- Cost: O(1)\nreturn 1\n`;
  write('libs/waiting-room-redis/src/join/join.ts', 'run({ keys: [state], args: [run, ...digests] });');
  write('libs/waiting-room-redis/src/join/join.lua', header('-- ARGV[1]: run\n-- ARGV[2..]: digests\n'));
  expect(faultsOf('lua-headers')).toEqual([]);
  write('libs/waiting-room-redis/src/join/join.lua', header('-- ARGV[1]: run\n'));
  expect(faultsOf('lua-headers')).toEqual([expect.stringContaining('lists 1 ARGV')]);
  write('libs/waiting-room-redis/src/join/join.lua', 'return 1');
  expect(faultsOf('lua-headers').length).toBeGreaterThan(5);
});

test('invariants: each has its test, and each such test its invariant', () => {
  write('docs/invariants.md', '| INV-1 | never oversold |\n| INV-2 | never overtaken |');
  write('libs/domain/src/a.test.ts', "test('INV-1: never oversold', () => {}); test('INV-3: unheard of', () => {});");
  expect(faultsOf('invariants')).toEqual([
    "INV-2 has no test named 'INV-2: …'",
    'libs/domain/src/a.test.ts: INV-3 is not in docs/invariants.md',
  ]);
});

test('documents: a path that is named exists', () => {
  write('libs/domain/src/a.ts', '');
  write('docs/a.md', 'See `libs/domain/src/a.ts:12`, `libs/*/src`, [here](../libs/domain) and https://example.org.');
  expect(faultsOf('paths-in-docs')).toEqual([]);
  write('docs/b.md', 'See `libs/domain/src/gone.ts` and [there](gone.md#part).');
  expect(faultsOf('paths-in-docs')).toEqual([
    'docs/b.md names libs/domain/src/gone.ts, which does not exist',
    'docs/b.md names docs/gone.md, which does not exist',
  ]);
});

test('error codes and messages: unused ones and ones without an example are told', () => {
  write(
    'libs/contracts/src/problem.ts',
    'export const errorCodes = { not_found: {}, gone: {} } as const satisfies object;',
  );
  write(
    'libs/contracts/src/messages/booking-commands.ts',
    "z.object({ type: z.literal('reserve') }); z.object({ type: z.literal('expire') }); export const bookingCommandExamples = { reserve: {} };",
  );
  write('apps/booking-api/src/a.ts', "throw new ProblemError('not_found'); send({ type: 'reserve' });");
  expect(faultsOf('error-codes')).toEqual([
    expect.stringContaining('nobody answers gone'),
    expect.stringContaining('expire has no example'),
    expect.stringContaining('nobody sends or handles expire'),
  ]);
});

describe('deployments', () => {
  const documented = '## jobs\n\n| `REDIS_URL` | d | m |\n\n## web\n\n| `WEB_KEY` (secret) | d | m |\n';
  const jobs = (more: string) =>
    `services:\n  jobs:\n    image: onsale/app:1.0.0\n    command: [apps/jobs/dist/main.js]\n    environment: { ${more} }\n`;

  test.each([
    ['all is well', jobs('REDIS_URL: x'), []],
    ['a variable is missing', jobs(''), ['jobs is not told REDIS_URL']],
    ["another's secret", jobs('REDIS_URL: x, WEB_KEY: y'), ['jobs is told the secret WEB_KEY']],
    [
      'another program',
      jobs('REDIS_URL: x').replace('jobs/dist', 'web/dist'),
      ['jobs does not run apps/jobs/dist/main.js'],
    ],
    ['no version', jobs('REDIS_URL: x').replace(':1.0.0', ''), ['which names no version']],
    ['the latest', jobs('REDIS_URL: x').replace(':1.0.0', ':latest'), ['which names no version']],
    ['no service', 'services: {}\n', ['no service runs jobs']],
  ])('%s', (_, compose, faults) => {
    write('docs/configuration.md', documented);
    write('apps/jobs/package.json', '{}');
    write('docker-compose.yml', compose);
    expect(faultsOf('deployment')).toEqual(faults.map((fault) => expect.stringContaining(fault)));
  });
});
