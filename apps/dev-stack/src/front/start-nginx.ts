// The local stack behind nginx, with the configuration of a real installation, in place of the origin of our own.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ensureTools,
  logExcerpt,
  type OwnedProcess,
  type RunFolders,
  requireTool,
  SetupError,
  startOwned,
  waitUntil,
} from '@onsale/local-services';
import { inheritedEnv } from '../config.ts';
import { tellProgress } from '../tell.ts';
import { type NginxSite, nginxFiles } from './nginx-site.ts';

export type NginxFront = Omit<NginxSite, 'folder' | 'isRoot'> & {
  /** config/nginx of the repository. */
  readonly configuration: string;
  readonly folders: RunFolders;
};

const READY_LIMIT_MS = 10_000;
const STOP_GRACE_MS = 5_000;

/** Listens when it resolves. Throws a SetupError with what its log says when it does not get there. */
export async function startNginx(front: NginxFront): Promise<{ stop(): Promise<void>; ended: Promise<string> }> {
  await ensureTools(['nginx'], tellProgress);
  const folder = join(front.folders.data, 'nginx');
  writeConfiguration(front, folder);
  const server = await startOwned({
    name: 'nginx',
    command: requireTool('nginx'),
    args: ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')],
    env: inheritedEnv,
    recordDir: front.folders.records,
    logFile: join(front.folders.logs, 'nginx.log'),
  });
  await untilListening(server, front);
  return { stop: () => server.stop(STOP_GRACE_MS), ended: server.ended };
}

function writeConfiguration(front: NginxFront, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'site'), { recursive: true });
  cpSync(front.configuration, folder, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  for (const [name, text] of Object.entries(nginxFiles({ ...front, folder, isRoot })))
    writeFileSync(join(folder, name), text);
}

async function untilListening(server: OwnedProcess, { host, port }: NginxFront): Promise<void> {
  const at = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/metrics`; // answered by nginx itself
  const answers = () => fetch(at, { signal: AbortSignal.timeout(1_000) }).then(({ status }) => status === 404);
  const limit = { limitMs: READY_LIMIT_MS, everyMs: 50, what: 'the start of nginx' };
  await waitUntil(async () => !server.isRunning() || (await answers().catch(() => false)), limit).catch(() => {});
  if (server.isRunning() && (await answers().catch(() => false))) return;
  await server.stop(0);
  throw new SetupError(`nginx does not listen on port ${port}; ${logExcerpt(server.logFile)}`);
}
