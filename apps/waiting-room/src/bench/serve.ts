// The servers that are measured, each in a process of its own: the waiting room, and a bare one that answers a constant.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { SaleId } from '@onsale/domain';
import { bareServer } from '@onsale/live-socketio';
import { type HttpPart, startApp } from '@onsale/runtime';
import { compose } from '../compose.ts';
import type { Config } from '../config.ts';
import { benchPlace } from './bench-place.ts';
import { openLiveLoad } from './live-load.ts';

export type Served = {
  readonly port: number;
  /** What the process used of the processor so far, in microseconds. */
  cpuMicros(): Promise<number>;
  /** What it holds of memory once nothing is left over. */
  memoryBytes(): Promise<number>;
  /** Of a bare live server: one event to everybody. */
  emit(event: string, body: unknown): Promise<number>;
  /** Of a room: every connection is lost. */
  cut(): Promise<number>;
  /** Of clients: events heard by all of them together. */
  heard(): Promise<number>;
  stop(): Promise<void>;
};
export type Serve =
  | { readonly kind: 'room' }
  | { readonly kind: 'bare'; readonly status: number; readonly body: string }
  | { readonly kind: 'bare_live' }
  /** No server: clients of one, in a process of their own, for a process holds only so many connections. */
  | { readonly kind: 'clients'; readonly port: number; readonly count: number; readonly saleId: SaleId | null };
type Question =
  | { readonly ask: 'cpu' | 'memory' | 'cut' | 'heard' }
  | { readonly ask: 'emit'; readonly event: string; readonly body: unknown };

/** Starts this program again as a server. */
export async function startServer(serve: Serve): Promise<Served> {
  const profile = process.argv.indexOf('--profile');
  const profiled = profile === -1 ? [] : ['--cpu-prof', `--cpu-prof-dir=${process.argv[profile + 1]}`];
  const execArgv = ['--enable-source-maps', '--expose-gc', ...profiled];
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv });
  const ask = async (question: Serve | Question): Promise<number> => {
    child.send(question);
    const [answer] = (await once(child, 'message')) as [number];
    return answer;
  };
  return {
    port: await ask(serve),
    cpuMicros: () => ask({ ask: 'cpu' }),
    memoryBytes: () => ask({ ask: 'memory' }),
    cut: () => ask({ ask: 'cut' }),
    heard: () => ask({ ask: 'heard' }),
    emit: (event, body) => ask({ ask: 'emit', event, body }),
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** In the child: waits to be told what to be, then answers questions. */
export async function serveAsTold(config: Config): Promise<void> {
  const [serve] = (await once(process, 'message')) as [Serve];
  process.on('disconnect', () => process.exit(0));
  const { port, toAll, cut, heard } = await startAs(serve, config);
  process.on('message', (question: Question) => {
    if (question.ask === 'emit') toAll?.(question.event, question.body);
    if (question.ask === 'cut') cut?.();
    const answers = { cpu: cpuMicros, memory: memoryBytes, heard: () => heard?.() ?? 0, cut: () => 0, emit: () => 0 };
    process.send?.(answers[question.ask]());
  });
  process.send?.(port);
}

type Started = { readonly port: number; toAll?(event: string, body: unknown): void; cut?(): void; heard?(): number };

async function startAs(serve: Serve, config: Config): Promise<Started> {
  if (serve.kind === 'room') return serveRoom(config);
  if (serve.kind === 'clients') return openClients(serve, config);
  if (serve.kind === 'bare') return { port: await serveBare(serve) };
  const server = createServer();
  const { toAll } = bareServer(server);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { port: (server.address() as AddressInfo).port, toAll };
}

type Clients = Extract<Serve, { kind: 'clients' }>;

async function openClients({ port, count, saleId }: Clients, { ONSALE_TOKEN_KEYS }: Config): Promise<Started> {
  const authOf = (i: number) => (saleId === null ? {} : { place: benchPlace(ONSALE_TOKEN_KEYS, saleId, i) });
  const load = await openLiveLoad({ port, count, authOf });
  return { port: 0, heard: load.heard };
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function memoryBytes(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function serveRoom(config: Config): Promise<Started> {
  const description = await compose({ ...config, PORT: 0, INTERNAL_PORT: 0, ONSALE_LOG_LEVEL: 'warn' });
  await startApp(description);
  const http = description.parts.find(({ name }) => name === 'public port') as HttpPart;
  const open = new Set<Socket>();
  http.server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return { port: http.port(), cut };
}

async function serveBare({ status, body }: { readonly status: number; readonly body: string }): Promise<number> {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return (server.address() as AddressInfo).port;
}
