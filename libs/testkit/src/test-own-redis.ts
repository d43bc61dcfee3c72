// A Redis of one suite alone, for tests that kill it or bring it back from an older copy of its data.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimRunFolder, ensureTools, type RunFolders, runFoldersIn, startRedis } from '@onsale/local-services';
import { SERVICE_START_LIMIT_MS } from './ask-services-host.ts';
import { inSuite } from './in-suite.ts';

export type TestOwnRedis = {
  readonly url: string;
  /** Keeps the data as it is now; returns what to come back to. */
  copy(): Promise<string>;
  /** kill -9, then the same server on the same port, from the data of a copy or from what it had. */
  restart(from?: string): Promise<void>;
};

type Server = Awaited<ReturnType<typeof startRedis>>;

/** Call at the top of a test file or `describe`. */
export function testOwnRedis(): TestOwnRedis {
  const opened = inSuite('testOwnRedis()', {
    open: openRedis,
    close: (it) => it.close(),
    limitMs: SERVICE_START_LIMIT_MS,
  });
  return {
    get url() {
      return opened().url();
    },
    copy: () => opened().copy(),
    restart: (from) => opened().restart(from),
  };
}

async function openRedis() {
  await ensureTools(['redis'], (line) => void process.stderr.write(`${line}\n`));
  const base = mkdtempSync(join(tmpdir(), 'onsale-own-redis-'));
  const folders: RunFolders = runFoldersIn(base);
  await claimRunFolder(folders.records);
  const data = join(folders.data, 'redis');
  let server: Server = await startRedis({ folders });
  let copies = 0;
  return {
    url: () => server.url,
    copy: async () => {
      const kept = join(base, `copy-${++copies}`);
      cpSync(data, kept, { recursive: true });
      return kept;
    },
    restart: async (from?: string) => {
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
      if (from !== undefined) {
        rmSync(data, { recursive: true, force: true });
        cpSync(from, data, { recursive: true });
      }
      server = await startRedis({ folders, port: server.port });
    },
    close: async () => {
      await server.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
