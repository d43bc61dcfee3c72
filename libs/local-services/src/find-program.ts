// Looking for an installed program.
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { machineEnv } from './config.ts';

/** The full path of the first of `names` found on the PATH, or undefined. */
export function findOnPath(names: readonly string[], path = machineEnv.PATH ?? ''): string | undefined {
  // System programs live in sbin, which is not on every user's PATH.
  const folders = [...path.split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];
  const candidates = names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
  return candidates.find(isProgram);
}

/**
 * RabbitMQ's own start script. The `rabbitmq-server` that Debian puts on the PATH is a wrapper that changes to the
 * `rabbitmq` user and its system-wide folders; the script in the package's own folder obeys our paths instead.
 */
export function findRabbitScript(): string | undefined {
  const base = '/usr/lib/rabbitmq/lib';
  const versions = listFolder(base).filter((name) => name.startsWith('rabbitmq_server-'));
  const scripts = versions.map((version) => join(base, version, 'sbin', 'rabbitmq-server'));
  return scripts.find(isProgram) ?? (process.platform === 'linux' ? undefined : findOnPath(['rabbitmq-server']));
}

/** The library that is preloaded into a process to give it a wrong clock. */
export function findFaketimeLibrary(): string | undefined {
  const base = '/usr/lib';
  const files = listFolder(base).map((folder) => join(base, folder, 'faketime', 'libfaketime.so.1'));
  return files.find((file) => existsSync(file));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
