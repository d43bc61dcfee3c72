// Everything on one machine, in order: the origin's port (so that a taken one is told at once), the services, the apps.
import { existsSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  claimRunFolder,
  freePorts,
  type LocalServices,
  type RunFolders,
  runFoldersIn,
  SetupError,
  startLocalServices,
} from '@onsale/local-services';
import { inheritedEnv, type StackConfig, stackConfig } from './config.ts';
import { startGateway } from './gateway/gateway.ts';
import { staticFiles } from './gateway/static-files.ts';
import type { StackOptions } from './options.ts';
import { type AppPorts, appEnvironment, type StackApp, stackApps } from './processes/app-list.ts';
import { isReady, SupervisedApp } from './processes/supervised-app.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { removeStackFile, writeStackFile } from './stack-file.ts';
import { type StackLife, stackLife } from './stack-life.ts';
import { tell, tellProgress } from './tell.ts';

/** `npm start` runs in the root of the repository. */
const ROOT = process.cwd();

type Ports = Readonly<Record<StackApp, AppPorts>>;

/** Resolves when the stack is up; it then runs until a signal, or until a part of it is lost for good. */
export async function runStack(options: StackOptions): Promise<void> {
  const config = stackConfig();
  const local = resolve(ROOT, config.ONSALE_LOCAL_DIR);
  const folders = runFoldersIn(local);
  await claim(folders);
  const life = stackLife(folders.records);
  if (options.attached) process.stdin.resume().once('end', () => void life.end());
  try {
    await startStack({ options, config, local, folders, life });
  } catch (error) {
    await life.end(error);
  }
}

type Start = { options: StackOptions; config: StackConfig; local: string; folders: RunFolders; life: StackLife };

async function startStack({ options, config, local, folders, life }: Start): Promise<void> {
  if (options.fresh) rmSync(folders.data, { recursive: true, force: true });
  const secrets = loadSecrets(join(local, 'secrets.json'));
  const ports = await portsByApp();
  const origin = await openOrigin({ config, ports, life });
  const services = await openServices({ config, folders, life });
  await startApps({ options, local, folders, life, secrets, ports, origin, services });
  tellWhereItIs({ origin, secrets, services, logs: folders.logs });
}

async function claim(folders: RunFolders): Promise<void> {
  const outcome = await claimRunFolder(folders.records);
  if (outcome.kind === 'taken') {
    throw new SetupError(`Onsale runs here already (process ${outcome.ownerPid}): end it there with Ctrl-C first.`);
  }
  if (outcome.endedLeftovers.length > 0) {
    tellProgress(`ended what an interrupted earlier run had left: ${outcome.endedLeftovers.join(', ')}`);
  }
}

async function portsByApp(): Promise<Ports> {
  const free = await freePorts(stackApps.length * 2);
  const entries = stackApps.map((app, at) => [app, { port: free[2 * at], internalPort: free[2 * at + 1] }]);
  return Object.fromEntries(entries) as Ports;
}

async function openOrigin(it: { config: StackConfig; ports: Ports; life: StackLife }): Promise<string> {
  const { config, ports, life } = it;
  const health = async () => {
    const states = await Promise.all(stackApps.map((app) => isReady(ports[app].internalPort)));
    return Object.fromEntries(stackApps.map((app, at) => [app, states[at] ?? false]));
  };
  const gateway = await startGateway({
    host: config.ONSALE_HOST,
    port: config.PORT,
    appPorts: Object.fromEntries(stackApps.map((app) => [app, ports[app].port])),
    pages: staticFiles(join(ROOT, 'apps/web/dist')),
    health,
  });
  life.atEnd(() => gateway.close());
  return `http://localhost:${gateway.port}`;
}

async function openServices(it: { config: StackConfig; folders: RunFolders; life: StackLife }): Promise<LocalServices> {
  const { config, folders, life } = it;
  const starting = startLocalServices({
    folders,
    embeddedMongoEntry: join(ROOT, 'libs/embedded-mongo/dist/main.js'),
    given: { redisUrl: config.REDIS_URL, amqpUrl: config.AMQP_URL, mongodbUri: config.MONGODB_URI },
    database: 'onsale',
    preferMongo: config.ONSALE_MONGO,
    say: tellProgress,
  });
  // Added before it has come up: a signal in the middle of the start waits for it and then ends it.
  life.atEnd(() =>
    starting.then(
      (services) => services.stop(),
      () => undefined,
    ),
  );
  const services = await starting;
  void services.failed.then((how) =>
    life.end(
      new SetupError(
        `${how}: the stack cannot go on without it; see ${relative(ROOT, folders.logs)}, then "npm start" again.`,
      ),
    ),
  );
  return services;
}

type AppsStart = Omit<Start, 'config'> & { secrets: Secrets; ports: Ports; origin: string; services: LocalServices };

async function startApps(it: AppsStart): Promise<void> {
  const { options, local, folders, life, secrets, ports, origin, services } = it;
  const stackFile = join(local, 'stack.json');
  const pids = new Map<StackApp, number>();
  const keepFile = () => {
    const entries = stackApps.map((app) => [app, { pid: pids.get(app), ...ports[app] }]);
    const admin = { email: secrets.adminEmail, password: secrets.adminPassword };
    const { mongodbUri: mongoUri, redisUrl, amqpUrl } = services;
    writeStackFile(stackFile, { origin, mongoUri, redisUrl, amqpUrl, admin, apps: Object.fromEntries(entries) });
  };
  const surroundings = { origin, services, secrets, demo: options, inherited: inheritedEnv };
  const apps = stackApps.map(
    (name) =>
      new SupervisedApp({
        spec: {
          name,
          command: process.execPath,
          args: ['--enable-source-maps', builtEntry(name)],
          env: appEnvironment(surroundings, ports[name]),
          cwd: ROOT,
          recordDir: folders.records,
          logFile: join(folders.logs, `${name}.log`),
        },
        internalPort: ports[name].internalPort,
        tell,
        onStart: (pid) => {
          pids.set(name, pid);
          if (pids.size === stackApps.length) keepFile();
        },
        onGivenUp: (sentence) => void life.end(new SetupError(sentence)),
      }),
  );
  life.atEnd(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    removeStackFile(stackFile);
  });
  await Promise.all(apps.map((app) => app.start().then(() => tellProgress(`${app.name} ready`))));
}

function builtEntry(app: StackApp): string {
  const entry = join(ROOT, 'apps', app, 'dist/main.js');
  if (!existsSync(entry))
    throw new SetupError(`${entry} is not there: run "npm run build", or start with "npm start".`);
  return entry;
}

function tellWhereItIs(it: { origin: string; secrets: Secrets; services: LocalServices; logs: string }): void {
  const { origin, secrets, services, logs } = it;
  tellProgress('ready');
  tell(`
  Fans        ${origin}/
  Staff       ${origin}/staff
  API         ${origin}/docs

  Staff login ${secrets.adminEmail}   ${secrets.adminPassword}
  MongoDB     ${services.mongoWords}
  Logs        ${relative(ROOT, logs)}

  Ctrl-C stops everything that was started here; the data stays for the next start.`);
}
