// Everything on one machine, in order: the origin's port (so that a taken one is told at once), the services, the apps.
import { existsSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  claimRunFolder,
  freePort,
  freePorts,
  type LocalServices,
  type RunFolders,
  runFoldersIn,
  SetupError,
  startLocalServices,
} from '@onsale/local-services';
import { environmentByProcess, inheritedEnv, type StackConfig, stackConfig } from './config.ts';
import { startNginx } from './front/start-nginx.ts';
import { type Gateway, startGateway } from './gateway/gateway.ts';
import { staticFiles } from './gateway/static-files.ts';
import type { StackOptions } from './options.ts';
import {
  type AppCopy,
  type AppPorts,
  appCopies,
  appEnvironment,
  type StackApp,
  stackApps,
  unlimitedAddresses,
} from './processes/app-list.ts';
import { isReady, SupervisedApp } from './processes/supervised-app.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { removeStackFile, writeStackFile } from './stack-file.ts';
import { type StackLife, stackLife } from './stack-life.ts';
import { tell, tellProgress } from './tell.ts';

/** `npm start` runs in the root of the repository. */
const ROOT = process.cwd();
const PAGES_FOLDER = join(ROOT, 'apps/web/dist/public');

type Copy = AppCopy & AppPorts;

/** How often the origin asks which copies are ready, where there are several of each. */
const LOOK_EVERY_MS = 500;

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
  const copies = await withPorts(appCopies(options.copies));
  const origin = await openOrigin({ options, config, folders, copies, life });
  const services = await openServices({ config, folders, life });
  await startApps({ options, config, local, folders, life, secrets, copies, origin, services });
  tellWhereItIs({ origin, secrets, services, logs: folders.logs, mail: join(local, 'mail') });
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

async function withPorts(copies: readonly AppCopy[]): Promise<readonly Copy[]> {
  const free = await freePorts(copies.length * 2);
  return copies.map((copy, at) => ({ ...copy, port: free[2 * at] ?? 0, internalPort: free[2 * at + 1] ?? 0 }));
}

type Origin = Omit<Start, 'local'> & { copies: readonly Copy[] };

async function openOrigin(it: Origin): Promise<string> {
  const { options, config, copies, life } = it;
  const health = async () =>
    Object.fromEntries(
      await Promise.all(copies.map(async ({ name, internalPort }) => [name, await isReady(internalPort)])),
    );
  const portsOf = (app: StackApp) => copies.filter((copy) => copy.app === app).map(({ port }) => port);
  const gateway = await startGateway({
    host: config.ONSALE_HOST,
    port: options.front === 'own' ? config.PORT : 0,
    appPorts: Object.fromEntries(stackApps.map((app) => [app, portsOf(app)])),
    pages: staticFiles(PAGES_FOLDER),
    health,
  });
  life.atEnd(() => gateway.close());
  if (copies.length > stackApps.length) watchCopies(gateway, { copies, life });
  const port = options.front === 'own' ? gateway.port : await openNginx(it, gateway.port);
  return `http://localhost:${port}`;
}

/** The gateway stays behind it and tells the health of the whole. */
async function openNginx({ config, folders, copies, life }: Origin, healthPort: number): Promise<number> {
  const port = config.PORT === 0 ? await freePort() : config.PORT;
  const nginx = await startNginx({
    configuration: join(ROOT, 'config/nginx'),
    folders,
    pages: PAGES_FOLDER,
    host: config.ONSALE_HOST,
    port,
    healthPort,
    copies,
    unlimited: unlimitedAddresses(inheritedEnv).split(',').filter(Boolean),
  });
  life.atEnd(() => nginx.stop());
  void nginx.ended.then((how) => life.end(new SetupError(`nginx: ${how}; the stack cannot go on without it.`)));
  return port;
}

/** As readiness probes do: a copy that is frozen or about to stop gets no more requests. */
function watchCopies(gateway: Gateway, { copies, life }: { copies: readonly Copy[]; life: StackLife }): void {
  const look = ({ port, internalPort }: Copy) =>
    isReady(internalPort, LOOK_EVERY_MS).then((ready) => gateway.noteReady(port, ready));
  const timer = setInterval(() => copies.forEach((copy) => void look(copy)), LOOK_EVERY_MS);
  life.atEnd(async () => clearInterval(timer));
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

type AppsStart = Start & { secrets: Secrets; copies: readonly Copy[]; origin: string; services: LocalServices };

async function startApps(it: AppsStart): Promise<void> {
  const { options, config, local, folders, life, secrets, copies, origin, services } = it;
  const stackFile = join(local, 'stack.json');
  const pids = new Map<string, number>();
  const keepFile = () => {
    const entries = copies.map(({ name, port, internalPort }) => [name, { pid: pids.get(name), port, internalPort }]);
    const admin = { email: secrets.adminEmail, password: secrets.adminPassword };
    const { mongodbUri: mongoUri, redisUrl, amqpUrl } = services;
    writeStackFile(stackFile, { origin, mongoUri, redisUrl, amqpUrl, admin, apps: Object.fromEntries(entries) });
  };
  const ownEnvironment = environmentByProcess(config);
  const mailDir = join(local, 'mail');
  const surroundings = { mailDir, origin, services, secrets, demo: options, inherited: inheritedEnv, copies };
  const apps = copies.map(
    ({ app, name, ...ports }) =>
      new SupervisedApp({
        spec: {
          name,
          command: process.execPath,
          args: ['--enable-source-maps', builtEntry(app)],
          env: { ...appEnvironment(surroundings, ports), ...ownEnvironment[name] },
          cwd: ROOT,
          recordDir: folders.records,
          logFile: join(folders.logs, `${name}.log`),
        },
        internalPort: ports.internalPort,
        tell,
        onStart: (pid) => {
          pids.set(name, pid);
          if (pids.size === copies.length) keepFile();
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

function tellWhereItIs(it: {
  origin: string;
  secrets: Secrets;
  services: LocalServices;
  logs: string;
  mail: string;
}): void {
  const { origin, secrets, services, logs } = it;
  tellProgress('ready');
  tell(`
  Fans        ${origin}/
  Staff       ${origin}/staff
  API         ${origin}/docs

  Staff login ${secrets.adminEmail}   ${secrets.adminPassword}
  MongoDB     ${services.mongoWords}
  Logs        ${relative(ROOT, logs)}
  Mail        ${relative(ROOT, it.mail)}   each one a file

  Ctrl-C stops everything that was started here; the data stays for the next start.`);
}
