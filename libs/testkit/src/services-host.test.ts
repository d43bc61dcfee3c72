import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { waitFor } from './wait-for.ts';

async function startHost(): Promise<{ host: ChildProcess; socketPath: string }> {
  const entry = join(process.cwd(), 'libs/testkit/dist/services-host.js');
  const host = spawn(process.execPath, [entry, process.cwd()], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  if (!host.stdout) throw new Error('the host has no output');
  const [line] = await once(createInterface({ input: host.stdout }), 'line');
  return { host, socketPath: String(line).replace('services-host ready ', '') };
}

function tcpAnswers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

async function ask(socketPath: string, path: string): Promise<{ url: string }> {
  const question = request({ socketPath, path, agent: false }).end();
  const [response] = await once(question, 'response');
  return JSON.parse(await text(response));
}

test('when the test run is gone, however it ended, so are its services and its folder', async () => {
  const { host, socketPath } = await startHost();
  const { url } = await ask(socketPath, '/redis');
  const port = Number(new URL(url).port);
  expect(await tcpAnswers(port)).toBe(true);
  // What the kernel does to the pipe of a killed jest.
  host.stdin?.destroy();
  await once(host, 'exit');
  expect(await tcpAnswers(port)).toBe(false);
  expect(existsSync(dirname(socketPath))).toBe(false);
});

test('what a killed host left is removed by the next run', async () => {
  const { host, socketPath } = await startHost();
  const { url } = await ask(socketPath, '/redis');
  host.kill('SIGKILL');
  await once(host, 'exit');
  const next = await startHost();
  expect(await tcpAnswers(Number(new URL(url).port))).toBe(false);
  await waitFor(() => !existsSync(dirname(socketPath)));
  next.host.stdin?.destroy();
  await once(next.host, 'exit');
});

test('each question gets a namespace of its own', async () => {
  const { host, socketPath } = await startHost();
  const [first, second] = [await ask(socketPath, '/redis'), await ask(socketPath, '/redis')];
  expect(new Set([first.url, second.url]).size).toBe(2);
  expect(await ask(socketPath, '/nonsense')).toEqual({ error: 'no such question: /nonsense' });
  host.stdin?.destroy();
  await once(host, 'exit');
});
