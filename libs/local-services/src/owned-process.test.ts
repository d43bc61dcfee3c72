import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineEnv } from './config.ts';
import { startOwned } from './owned-process.ts';
import { waitUntil } from './wait-until.ts';

const folder = mkdtempSync(join(tmpdir(), 'onsale-owned-'));
afterAll(() => rmSync(folder, { recursive: true }));

const start = (name: string, script: string) =>
  startOwned({
    name,
    command: process.execPath,
    args: ['-e', script],
    env: machineEnv,
    recordDir: join(folder, 'run'),
    logFile: join(folder, 'logs', `${name}.log`),
  });

const prints = (logFile: string, text: string) =>
  waitUntil(() => readFileSync(logFile, 'utf8').includes(text), { limitMs: 10_000, what: `"${text}" in ${logFile}` });

test('a process leaves a record while it runs and none when it has ended', async () => {
  const server = await start('record', 'setInterval(() => {}, 1000)');
  const record = join(folder, 'run', 'record.json');
  expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({ pid: server.pid });
  await server.stop(5000);
  expect(server.isRunning()).toBe(false);
  expect(existsSync(record)).toBe(false);
});

test('a process that ignores the request to end is forced', async () => {
  const server = await start(
    'stubborn',
    "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)",
  );
  await prints(server.logFile, 'up');
  await server.stop(100);
  expect(await server.ended).toBe('ended by SIGKILL');
});

test('what it printed is in its log, and the log of the run before is kept', async () => {
  const first = await start('logged', "console.log('first run')");
  expect(await first.ended).toBe('exit code 0');
  const second = await start('logged', "console.error('second run'); process.exit(3)");
  expect(await second.ended).toBe('exit code 3');
  expect(readFileSync(second.logFile, 'utf8')).toBe('second run\n');
  expect(readFileSync(`${second.logFile}.1`, 'utf8')).toBe('first run\n');
});

test('a program that is not there is an error that names it', async () => {
  const spec = { args: [], env: {}, recordDir: join(folder, 'run'), logFile: join(folder, 'logs', 'none.log') };
  await expect(startOwned({ ...spec, name: 'none', command: join(folder, 'none') })).rejects.toThrow('does not start');
});
