// Starts each service when a test first asks for it, and hands out a namespace of it: a Redis database, a MongoDB
// database, a RabbitMQ virtual host. A run of unit tests only starts nothing.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chooseMongo,
  claimRunFolder,
  ensureTools,
  logExcerpt,
  type RunFolders,
  type RunningRabbit,
  type RunningService,
  runFoldersIn,
  startMongo,
  startRabbit,
  startRedis,
  withDatabase,
} from '@onsale/local-services';
import { hostConfig } from './config.ts';

export interface ServicesHost {
  socketPath: string;
  stop(): Promise<void>;
}

/** What the host answers to one question. */
export type HostAnswer = { url: string } | { error: string };

const FOLDER_PREFIX = 'onsale-test-';
/** One each, never used twice in a run; Redis allots nothing for an empty one. */
const REDIS_DATABASES = 4096;
/** Made at the broker's start for 15 ms each; a run that needs more makes them one by one for 0.4 s each. */
const READY_VHOSTS = Array.from({ length: 32 }, (_, index) => `test-${index}`);

export async function runServicesHost(rootDir: string): Promise<ServicesHost> {
  const base = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  const folders = runFoldersIn(base);
  await claimRunFolder(folders.records);
  const services = lazyServices({ folders, rootDir });
  const server = createServer((request, response) => {
    const answer = services.answer(request.url ?? '');
    void answer.then((body) => response.end(JSON.stringify(body)));
  });
  const socketPath = join(base, 'host.sock');
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const stop = async () => {
    await closeServer(server);
    await services.stop();
    rmSync(base, { recursive: true, force: true });
  };
  return { socketPath, stop };
}

/** Ends and removes what runs left whose host was killed outright. */
export async function removeAbandonedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const base = join(tmpdir(), name);
    const claim = await claimRunFolder(runFoldersIn(base).records).catch(() => undefined);
    if (claim?.kind === 'claimed') rmSync(base, { recursive: true, force: true });
  }
}

function lazyServices({ folders, rootDir }: { folders: RunFolders; rootDir: string }) {
  const config = hostConfig();
  const starts: Promise<RunningService>[] = [];
  let stopping = false;
  const started = <T extends RunningService>(name: string, start: Promise<T>): Promise<T> => {
    starts.push(start);
    void start.then(async ({ ended }) => {
      const how = await ended;
      if (!stopping) say(`${name} of this test run ${how}: ${logExcerpt(join(folders.logs, `${name}.log`))}`);
    }, ignore);
    return start;
  };
  const redis = once(async () => {
    await ensureTools(['redis'], say);
    return started('redis', startRedis({ folders, databases: REDIS_DATABASES }));
  });
  const rabbit = once(async (): Promise<RunningRabbit> => {
    await ensureTools(['rabbitmq'], say);
    return started('rabbitmq', startRabbit({ folders, vhosts: READY_VHOSTS }));
  });
  const mongo = once(async () => {
    if (config.mongodbUri) return { url: config.mongodbUri, words: 'given by MONGODB_URI' };
    const choice = await chooseMongo({ prefer: config.preferMongo, say });
    const embeddedEntry = join(rootDir, 'libs/embedded-mongo/dist/main.js');
    const name = choice.kind === 'mongod' ? 'mongod' : 'embedded-mongo';
    const service = await started(name, startMongo({ folders, choice, embeddedEntry }));
    return { url: service.url, words: choice.words };
  });

  let mongoWords = '';
  let nextRedisDatabase = 0;
  let nextVhost = 0;
  const questions: Record<string, () => Promise<string>> = {
    '/redis': async () => `${(await redis()).url}/${nextRedisDatabase++}`,
    '/mongo': async () => {
      const service = await mongo();
      mongoWords = service.words;
      return withDatabase(service.url, `test_${randomBytes(6).toString('hex')}`);
    },
    '/rabbit': async () => {
      const broker = await rabbit();
      const vhost = `test-${nextVhost++}`;
      if (!READY_VHOSTS.includes(vhost)) await broker.addVhost(vhost);
      return `${broker.url}/${vhost}`;
    },
    '/mongo-words': async () => mongoWords,
  };
  const answer = async (path: string): Promise<HostAnswer> => {
    const ask = questions[path];
    if (!ask) return { error: `no such question: ${path}` };
    return ask().then(
      (url) => ({ url }),
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
  };
  const stop = async () => {
    stopping = true;
    // A run may end while a service is still starting; it is ended all the same.
    const outcomes = await Promise.allSettled(starts);
    await Promise.all(outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value.stop()));
  };
  return { answer, stop };
}

function once<T>(start: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= start();
    return result;
  };
}

// Whoever asked for the service is told.
const ignore = () => undefined;

const say = (line: string) => void process.stderr.write(`${line}\n`);

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
