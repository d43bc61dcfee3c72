// The command as a person meets it: the built dev-stack as a process of its own, with all its apps.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testMongo, testRabbit, testRedis, waitFor } from '@onsale/testkit';
import { inheritedEnv } from './config.ts';
import type { StackFile } from './stack-file.ts';

const redis = testRedis();
const rabbit = testRabbit();
const mongo = testMongo();

const START_LIMIT_MS = 60_000;
const local = mkdtempSync(join(tmpdir(), 'onsale-start-'));
afterAll(() => rmSync(local, { recursive: true, force: true }));

type Started = { child: ChildProcess; said: () => string };

function start(...args: string[]): Started {
  const services = { REDIS_URL: redis.url, AMQP_URL: rabbit.url, MONGODB_URI: mongo.uri };
  const env = { ...inheritedEnv, PORT: '0', ONSALE_LOCAL_DIR: local, ...services };
  const child = spawn(process.execPath, ['apps/dev-stack/dist/main.js', '--attached', ...args], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  return { child, said: () => said };
}

async function ready(stack: Started): Promise<StackFile> {
  await waitFor(() => {
    if (stack.child.exitCode !== null) throw new Error(`it ended:\n${stack.said()}`);
    return stack.said().includes('Staff login');
  }, START_LIMIT_MS);
  return stackFile();
}

const stackFile = () => JSON.parse(readFileSync(join(local, 'stack.json'), 'utf8')) as StackFile;

async function ended({ child }: Started): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

test('starts every app, starts a killed one again, and ends them all', async () => {
  const stack = start();
  const { origin, apps } = await ready(stack);
  expect(await (await fetch(`${origin}/healthz`)).json()).toMatchObject({ status: 'ready' });

  const killed = apps['booking-worker']?.pid ?? 0;
  process.kill(killed, 'SIGKILL');
  await waitFor(() => stackFile().apps['booking-worker']?.pid !== killed);
  expect(stack.said()).toContain('booking-worker ended (ended by SIGKILL); starting it again');
  await waitFor(async () => (await fetch(`${origin}/healthz`)).status === 200, START_LIMIT_MS);

  const second = start();
  expect(await ended(second)).toBe(1);
  expect(second.said()).toContain(`runs here already (process ${stack.child.pid})`);

  const pids = Object.values(stackFile().apps).map(({ pid }) => pid);
  stack.child.kill('SIGINT');
  expect(await ended(stack)).toBe(0);
  expect(pids.filter(runs)).toEqual([]);
  expect(readdirSync(join(local, 'run'))).toEqual([]);
  expect(existsSync(join(local, 'stack.json'))).toBe(false);
}, 150_000);

test('ends what a killed stack left, keeps its secrets, and ends with its input', async () => {
  const first = start();
  const { apps, admin } = await ready(first);
  const left = Object.values(apps).map(({ pid }) => pid);
  first.child.kill('SIGKILL');
  await ended(first);
  expect(left.filter(runs)).toEqual(left);

  const second = start();
  expect((await ready(second)).admin).toEqual(admin);
  expect(left.filter(runs)).toEqual([]);
  expect(second.said()).toContain('ended what an interrupted earlier run had left');
  second.child.stdin?.end();
  expect(await ended(second)).toBe(0);
}, 150_000);

test('an unknown option is told with those there are', async () => {
  const stack = start('--frehs');
  expect(await ended(stack)).toBe(1);
  expect(stack.said()).toMatch(/Unknown option '--frehs'.*--fresh/s);
});
