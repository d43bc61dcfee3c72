// The booking API as its own process, and booking requests as fast as it accepts them: each with a key of its own, over
// keep-alive connections, one on the way at a time on each. As little work here as possible: the cores are shared.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const API = fileURLToPath(new URL('../../booking-api/dist/main.js', import.meta.url));
const READY_LIMIT_MS = 30_000;

export type BenchApi = { readonly port: number; readonly pid: number; stop(): Promise<void> };

export async function startApi(
  env: Readonly<Record<string, string>>,
  profileTo: string | undefined,
): Promise<BenchApi> {
  const [port, internalPort] = [await freePort(), await freePort()];
  const profile = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`];
  const child: ChildProcess = spawn(process.execPath, [...profile, API], {
    env: { ...env, PORT: String(port), INTERNAL_PORT: String(internalPort) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let waited = 0; !(await isReady(internalPort)); waited += 50) {
    if (waited > READY_LIMIT_MS) throw new Error('the booking API is not ready');
    await pause(50);
  }
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export type BookingLoad = {
  readonly port: number;
  readonly performanceId: string;
  readonly categoryId: string;
  /** Used in turn, as the fans of a shop are. */
  readonly passes: readonly string[];
  readonly connections: number;
  readonly requests: number;
};

/** Accepted requests per second. Throws when one is not answered 202. */
export async function acceptedPerSecond(load: BookingLoad): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => open(load.port)));
  let left = load.requests;
  const next = () => (left-- > 0 ? requestText(load) : null);
  const begun = performance.now();
  await Promise.all(sockets.map((socket) => askAll(socket, next)));
  return load.requests / ((performance.now() - begun) / 1000);
}

let asked = 0;

function requestText({ performanceId, categoryId, passes }: BookingLoad): string {
  asked += 1;
  const body = `{"items":[{"categoryId":"${categoryId}","quantity":2}],"contact":{"name":"Aino Salo","email":"aino@example.org"}}`;
  return (
    `POST /api/v1/performances/${performanceId}/bookings HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n` +
    `Authorization: Bearer ${passes[asked % passes.length]}\r\nIdempotency-Key: bench-${asked}\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
}

const HEADER_END = Buffer.from('\r\n\r\n');
const ACCEPTED = 'HTTP/1.1 202';

function askAll(socket: Socket, next: () => string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest: Buffer | null = null;
    const ask = () => {
      const text = next();
      if (text !== null) return void socket.write(text);
      socket.destroy();
      resolve();
    };
    socket.on('error', reject);
    socket.on('data', (data: Buffer) => {
      const answer: Buffer = rest === null ? data : Buffer.concat([rest, data]);
      const end = endOf(answer);
      rest = end === -1 || answer.length < end ? answer : null;
      if (rest !== null) return;
      if (answer.toString('latin1', 0, ACCEPTED.length) === ACCEPTED) ask();
      else reject(new Error(answer.toString('latin1', 0, 400)));
    });
    ask();
  });
}

/** Where the first answer ends, by its Content-Length; -1 while its head is not whole. */
function endOf(answer: Buffer): number {
  const head = answer.indexOf(HEADER_END);
  if (head === -1) return -1;
  return head + HEADER_END.length + Number(/content-length: (\d+)/i.exec(answer.toString('latin1', 0, head))?.[1] ?? 0);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}
