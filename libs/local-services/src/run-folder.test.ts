import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRecord } from './owned-process.ts';
import { identify } from './process-identity.ts';
import { claimRunFolder, forceRecorded, releaseRunFolder } from './run-folder.ts';

let folder: string;
let bystander: ChildProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-run-'));
  bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  await once(bystander, 'spawn');
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  if (bystander.exitCode !== null || bystander.signalCode !== null) return;
  bystander.kill('SIGKILL');
  await once(bystander, 'exit');
});

const identityOf = (pid: number | undefined) => {
  const identity = identify(pid ?? 0);
  if (!identity) throw new Error('the process is gone');
  return identity;
};

test('ends what a dead owner left running', async () => {
  writeRecord(join(folder, 'owner.json'), { pid: process.pid, startedAt: 'in an earlier life' });
  writeRecord(join(folder, 'redis.json'), identityOf(bystander.pid));
  const ended = once(bystander, 'exit');
  expect(await claimRunFolder(folder)).toEqual({ kind: 'claimed', endedLeftovers: ['redis'] });
  await ended;
  expect(readdirSync(folder)).toEqual(['owner.json']);
});

test('leaves alone a process that merely got the number of one of ours', async () => {
  writeRecord(join(folder, 'redis.json'), { pid: bystander.pid ?? 0, startedAt: 'long ago' });
  expect(await claimRunFolder(folder)).toEqual({ kind: 'claimed', endedLeftovers: [] });
  forceRecorded(folder);
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
});

test('a folder with a living owner is taken', async () => {
  writeRecord(join(folder, 'owner.json'), identityOf(bystander.pid));
  expect(await claimRunFolder(folder)).toEqual({ kind: 'taken', ownerPid: bystander.pid });
});

test('a folder that was given back can be claimed again', async () => {
  await claimRunFolder(folder);
  releaseRunFolder(folder);
  expect(readdirSync(folder)).toEqual([]);
  expect(await claimRunFolder(folder)).toMatchObject({ kind: 'claimed' });
});
