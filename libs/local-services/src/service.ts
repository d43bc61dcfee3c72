// What the three local services have in common.
import { join } from 'node:path';
import { logExcerpt } from './log-excerpt.ts';
import type { OwnedProcess } from './owned-process.ts';
import { SetupError } from './setup-error.ts';
import { waitUntil } from './wait-until.ts';

/** Where a run keeps its things. All below one folder, so that wiping it forgets everything. */
export interface RunFolders {
  /** Data that a later run shall find again. */
  data: string;
  logs: string;
  /** Records of the processes of this run. */
  records: string;
}

export const runFoldersIn = (base: string): RunFolders => ({
  data: join(base, 'data'),
  logs: join(base, 'logs'),
  records: join(base, 'run'),
});

export interface RunningService {
  url: string;
  /** Settles when the server has ended, wanted or not; never for one that we were only given. */
  ended: Promise<string>;
  /** Ends what was started here; nothing for a service that was given by URL. */
  stop(): Promise<void>;
}

/** A service somebody else runs. */
export const givenService = (url: string): RunningService => ({
  url,
  ended: new Promise(() => {}),
  stop: async () => {},
});

/**
 * Waits until the server answers. Ends it and throws, with the last lines of its log, when it ends first or takes
 * longer than `limitMs`.
 */
export async function whenReady(server: OwnedProcess, limitMs: number, isReady: () => Promise<boolean>): Promise<void> {
  const what = `the start of ${server.name}`;
  try {
    await waitUntil(async () => !server.isRunning() || (await isReady()), { limitMs, what });
  } catch {
    await server.stop(0);
    throw new SetupError(
      `${server.name} did not become ready within ${limitMs / 1000} s; ${logExcerpt(server.logFile)}`,
    );
  }
  if (server.isRunning()) return;
  throw new SetupError(`${server.name} ended at its start (${await server.ended}); ${logExcerpt(server.logFile)}`);
}
