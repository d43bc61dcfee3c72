// A stack of the run's own: services that can be killed, a proxy between each process and each service, and two copies of
// every app, so that one may take over from the other.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  claimRunFolder,
  ensureTools,
  type RunFolders,
  releaseRunFolder,
  runFoldersIn,
  startMongo,
  startRabbit,
  startRedis,
  waitUntil,
} from '@onsale/local-services';
import { type TcpProxy, tcpProxy } from '@onsale/testkit';
import { inheritedEnv } from '../config.ts';
import { readStackFile } from '../options.ts';
import { OwnService } from './own-service.ts';
import { type ServiceName, services } from './plan.ts';

const APPS = ['waiting-room', 'admitter', 'booking-api', 'booking-worker', 'jobs', 'console-api', 'web'];
const COPIES = 2;
export const processes: readonly string[] = [...APPS, ...APPS.map((app) => `${app}-2`)];

const START_LIMIT_MS = 180_000;
const READY_LIMIT_MS = 3_000;
const STOP_LIMIT_MS = 40_000;
const DATABASE = 'onsale';
/** Two partitions for each worker. */
export const PARTITIONS = 4;

export type ChaosStack = {
  readonly origin: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** As it is now: a service that was started again has another. Past the proxies. */
  urlOf(service: ServiceName): string;
  service(name: ServiceName): OwnService;
  /** The connections of one process to one service. */
  link(process: string, service: ServiceName): TcpProxy;
  pidOf(process: string): number | undefined;
  /** Whether a process says that it is ready. */
  isReady(process: string): Promise<boolean>;
  /** What it answers when asked whether it is ready, and the end of its log. */
  report(process: string): Promise<string>;
  /** How the stack ended, if it did although nobody had asked it to. */
  ended(): string | null;
  stop(): Promise<void>;
};

/** `folder` keeps the data and the logs; what an earlier run left there is forgotten. */
export async function startChaosStack(folder: string, say: (line: string) => void): Promise<ChaosStack> {
  const folders = runFoldersIn(join(folder, 'services'));
  await ensureTools(['redis', 'rabbitmq'], say);
  const claim = await claimRunFolder(folders.records);
  if (claim.kind === 'taken') throw new Error(`a chaos run is under way here (process ${claim.ownerPid})`);
  const own = await startServices(folders);
  const undo = async () => {
    await Promise.all([...own.values()].map((service) => service.stop()));
    releaseRunFolder(folders.records);
  };
  try {
    await addLinks(own);
    const stack = await startApps(folder, own);
    return { ...stack, stop: () => stack.stop().finally(undo) };
  } catch (error) {
    await undo();
    throw error;
  }
}

type Services = ReadonlyMap<ServiceName, OwnService>;

async function startServices(folders: RunFolders): Promise<Services> {
  const embeddedEntry = join(process.cwd(), 'libs/embedded-mongo/dist/main.js');
  const starts = {
    redis: () => startRedis({ folders }),
    rabbitmq: () => startRabbit({ folders }),
    // The embedded engine: a mongod of this machine is not ours to kill.
    mongodb: () => startMongo({ folders, choice: { kind: 'embedded', words: '' }, embeddedEntry }),
  } as const;
  const begun = await Promise.all(services.map((name) => OwnService.begin(name, starts[name])));
  return new Map(begun.map((service) => [service.name, service]));
}

async function addLinks(own: Services): Promise<void> {
  for (const service of own.values()) {
    for (const name of processes) service.links.set(name, await tcpProxy({ port: service.port }));
  }
}

function environmentThrough(own: Services, name: string): Record<string, string> {
  const port = (service: ServiceName) => own.get(service)?.links.get(name)?.port ?? 0;
  return {
    REDIS_URL: `redis://127.0.0.1:${port('redis')}`,
    AMQP_URL: `amqp://guest:guest@127.0.0.1:${port('rabbitmq')}`,
    // Direct: the server would name its own address, past the proxy.
    MONGODB_URI: `mongodb://127.0.0.1:${port('mongodb')}/${DATABASE}?directConnection=true`,
    ONSALE_PARTITIONS: String(PARTITIONS),
  };
}

async function startApps(folder: string, own: Services): Promise<ChaosStack> {
  mkdirSync(folder, { recursive: true });
  const environments = join(folder, 'environments.json');
  writeFileSync(
    environments,
    JSON.stringify(Object.fromEntries(processes.map((name) => [name, environmentThrough(own, name)]))),
  );
  const child = spawn(process.execPath, ['apps/dev-stack/dist/main.js', '--attached', '--copies', String(COPIES)], {
    env: {
      ...inheritedEnv,
      ...environmentThrough(own, APPS[0] ?? ''),
      PORT: '0',
      ONSALE_LOCAL_DIR: folder,
      ONSALE_APP_ENV_FILE: environments,
    },
    // The stack ends with its input, so also when this run is killed.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = tail(child);
  let stopping = false;
  const ended = () =>
    !stopping && (child.exitCode !== null || child.signalCode !== null) ? `the stack ended:\n${said()}` : null;
  const stop = async () => {
    stopping = true;
    await stopChild(child);
  };
  try {
    await waitUntil(
      () => {
        const how = ended();
        if (how !== null) throw new Error(how);
        return said().includes('Staff login');
      },
      { limitMs: START_LIMIT_MS, what: 'the start of the stack' },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const file = join(folder, 'stack.json');
  const { origin, admin } = readStackFile(file);
  const serviceOf = (name: ServiceName) => found(own.get(name), name);
  const askReady = async (name: string): Promise<{ readonly ok: boolean; readonly answer: string }> => {
    try {
      const port = readStackFile(file).apps[name]?.internalPort ?? 0;
      const reply = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(READY_LIMIT_MS) });
      return { ok: reply.ok, answer: await reply.text() };
    } catch (error) {
      return { ok: false, answer: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    origin,
    admin,
    urlOf: (name) =>
      name === 'mongodb' ? `${serviceOf(name).url.replace('/?', `/${DATABASE}?`)}` : serviceOf(name).url,
    service: serviceOf,
    link: (name, service) => found(serviceOf(service).links.get(name), name),
    pidOf: (name) => readStackFile(file).apps[name]?.pid,
    isReady: (name) => askReady(name).then(({ ok }) => ok),
    report: async (name) => {
      const { answer } = await askReady(name);
      const log = readFileSync(join(folder, 'logs', `${name}.log`), 'utf8');
      return `${name}: ${answer}\n${log.slice(-REPORT_CHARACTERS_MAX)}`;
    },
    ended,
    stop,
  };
}

function found<Item>(item: Item | undefined, name: string): Item {
  if (item === undefined) throw new RangeError(`there is no ${name}`);
  return item;
}

const REPORT_CHARACTERS_MAX = 3_000;
const SAID_CHARACTERS_MAX = 20_000;

function tail({ stdout, stderr }: ChildProcess): () => string {
  let said = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-SAID_CHARACTERS_MAX);
    });
  }
  return () => said;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGTERM'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(forced);
}
