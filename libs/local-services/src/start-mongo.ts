// A MongoDB of our own: a mongod as a replica set of one (transactions need a replica set), or the embedded engine.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import type { MongoChoice } from './choose-mongo.ts';
import { machineEnv } from './config.ts';
import { freePort } from './free-port.ts';
import { startOwned } from './owned-process.ts';
import { type RunFolders, type RunningService, whenReady } from './service.ts';
import { SetupError } from './setup-error.ts';
import { waitUntil } from './wait-until.ts';

export interface MongoOptions {
  folders: RunFolders;
  choice: MongoChoice;
  /** The built entry of libs/embedded-mongo. */
  embeddedEntry: string;
}

const READY_LIMIT_MS = 30_000;
const STOP_GRACE_MS = 15_000;
const REPLICA_SET = 'onsale';
const ALREADY_INITIALIZED = 23;

export type RunningMongo = RunningService & { pid: number };

export function startMongo(options: MongoOptions): Promise<RunningMongo> {
  const { choice } = options;
  return choice.kind === 'mongod' ? startMongod(options, choice.program) : startEmbedded(options);
}

async function startEmbedded({ folders, embeddedEntry }: MongoOptions): Promise<RunningMongo> {
  if (!existsSync(embeddedEntry)) throw new SetupError(`${embeddedEntry} is not built: run "npm run build".`);
  const dataDir = join(folders.data, 'embedded-mongo');
  mkdirSync(dataDir, { recursive: true });
  const server = await startOwned({
    name: 'embedded-mongo',
    command: process.execPath,
    args: [embeddedEntry],
    env: { ...machineEnv, EMBEDDED_MONGO_PORT: '0', EMBEDDED_MONGO_DATA_DIR: dataDir },
    recordDir: folders.records,
    logFile: join(folders.logs, 'embedded-mongo.log'),
  });
  let url = '';
  await whenReady(server, READY_LIMIT_MS, async () => {
    url = /^embedded-mongo ready (\S+)/m.exec(readFileSync(server.logFile, 'utf8'))?.[1] ?? '';
    return url !== '';
  });
  return { url, pid: server.pid, ended: server.ended, stop: () => server.stop(STOP_GRACE_MS) };
}

async function startMongod({ folders }: MongoOptions, program: string): Promise<RunningMongo> {
  const dataDir = join(folders.data, 'mongod');
  mkdirSync(dataDir, { recursive: true });
  const port = await samePortAsBefore(join(folders.data, 'mongod.port'));
  const server = await startOwned({
    name: 'mongod',
    command: program,
    args: ['--replSet', REPLICA_SET, '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', dataDir],
    env: machineEnv,
    recordDir: folders.records,
    logFile: join(folders.logs, 'mongod.log'),
  });
  // Loaded only here: most starts need no driver, and it is slow to load.
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 500,
  });
  try {
    await whenReady(server, READY_LIMIT_MS, () => answersPing(client));
    await becomePrimary(client, `127.0.0.1:${port}`);
  } catch (error) {
    await server.stop(0);
    throw error;
  } finally {
    await client.close();
  }
  const url = `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;
  return { url, pid: server.pid, ended: server.ended, stop: () => server.stop(STOP_GRACE_MS) };
}

async function answersPing(client: MongoClient): Promise<boolean> {
  return client
    .db('admin')
    .command({ ping: 1 })
    .then(() => true)
    .catch(() => false);
}

// The configuration of a replica set names its member by address: it stays true as long as the port does.
async function samePortAsBefore(file: string): Promise<number> {
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
  const port = await freePort(Number.isInteger(before) ? before : undefined);
  writeFileSync(file, String(port));
  return port;
}

// A set that exists already, under another address since its port was taken, is told the new one.
async function becomePrimary(client: MongoClient, host: string): Promise<void> {
  const admin = client.db('admin');
  const members = [{ _id: 0, host }];
  try {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } });
  } catch (error) {
    if ((error as { code?: unknown }).code !== ALREADY_INITIALIZED) throw error;
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0]?.host !== host) {
      await admin.command({ replSetReconfig: { ...config, members, version: config.version + 1 }, force: true });
    }
  }
  const isPrimary = async () => (await admin.command({ hello: 1 })).isWritablePrimary === true;
  await waitUntil(isPrimary, { limitMs: READY_LIMIT_MS, what: 'the election of the only MongoDB member' });
}
