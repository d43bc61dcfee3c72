// A Redis of our own: append-only with a sync every second, as a sale runs it, and never evicting.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answersOnTcp } from './answers-on-tcp.ts';
import { machineEnv } from './config.ts';
import { freePort } from './free-port.ts';
import { startOwned } from './owned-process.ts';
import { type RunFolders, type RunningService, whenReady } from './service.ts';
import { requireTool } from './system-tools.ts';

export interface RedisOptions {
  folders: RunFolders;
  /** Logical databases; tests use one each. */
  databases?: number;
  /** Default: any free one. A test that restarts its Redis names the port it had. */
  port?: number;
}

/** Reading back a big append-only file takes a while. */
const READY_LIMIT_MS = 30_000;
const STOP_GRACE_MS = 10_000;

export async function startRedis(options: RedisOptions): Promise<RunningService & { port: number; pid: number }> {
  const command = requireTool('redis');
  const port = options.port ?? (await freePort());
  const dir = join(options.folders.data, 'redis');
  mkdirSync(dir, { recursive: true });
  const settings = {
    port,
    dir,
    bind: '127.0.0.1',
    daemonize: 'no',
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    databases: options.databases ?? 16,
  };
  const server = await startOwned({
    name: 'redis',
    command,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    env: machineEnv,
    recordDir: options.folders.records,
    logFile: join(options.folders.logs, 'redis.log'),
  });
  const isPong = (received: Buffer) => received.toString().startsWith('+PONG');
  await whenReady(server, READY_LIMIT_MS, () => answersOnTcp({ port, say: 'PING\r\n', isAnswer: isPong }));
  const stop = () => server.stop(STOP_GRACE_MS);
  return { url: `redis://127.0.0.1:${port}`, port, pid: server.pid, ended: server.ended, stop };
}
