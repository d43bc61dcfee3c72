import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@onsale/local-services';
import { waitFor } from '@onsale/testkit';
import { inheritedEnv } from '../config.ts';
import { SupervisedApp } from './supervised-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'onsale-supervised-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An app that is ready at once, and one that ends as soon as it has been ready. */
const WELL = "require('node:http').createServer((q, r) => r.end()).listen(+process.env.INTERNAL_PORT)";
const CRASHING = `${WELL}; setTimeout(() => process.exit(7), 300)`;

async function supervise(script: string, pausesMs?: readonly number[]) {
  const internalPort = await freePort();
  const file = join(folder, `${internalPort}.cjs`);
  writeFileSync(file, script);
  const heard: string[] = [];
  const pids: number[] = [];
  const givenUp: string[] = [];
  const app = new SupervisedApp({
    spec: {
      name: `app-${internalPort}`,
      command: process.execPath,
      args: [file],
      env: { ...inheritedEnv, INTERNAL_PORT: String(internalPort) },
      recordDir: join(folder, 'run'),
      logFile: join(folder, 'logs', `${internalPort}.log`),
    },
    internalPort,
    tell: (sentence) => heard.push(sentence),
    onStart: (pid) => pids.push(pid),
    onGivenUp: (sentence) => givenUp.push(sentence),
    ...(pausesMs ? { pausesMs } : {}),
  });
  return { app, heard, pids, givenUp };
}

test('an app that is killed is started again, and that is told in one sentence', async () => {
  const { app, heard, pids } = await supervise(WELL);
  await app.start();
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await waitFor(() => pids.length === 2);
  expect(heard).toEqual([
    expect.stringMatching(/^app-\d+ ended \(ended by SIGKILL\); starting it again in 250 ms; its log: /),
  ]);
  await app.stop();
});

test('an app that keeps crashing is given up after the last pause', async () => {
  const { app, heard, pids, givenUp } = await supervise(CRASHING, [1, 1]);
  await app.start();
  await waitFor(() => givenUp.length === 1);
  expect(givenUp[0]).toMatch(/keeps ending \(exit code 7\)/);
  expect([pids.length, heard.length]).toEqual([3, 2]);
  await app.stop();
});

test('an app that cannot start is a fault that says what its log says', async () => {
  const { app } = await supervise("console.log('PORT is missing'); process.exit(1)");
  await expect(app.start()).rejects.toThrow(/ended at its start \(exit code 1\); the end of .*PORT is missing/s);
});

test('a wanted end is not a crash', async () => {
  const { app, heard, givenUp } = await supervise(WELL);
  await app.start();
  await app.stop();
  expect([heard, givenUp]).toEqual([[], []]);
});
