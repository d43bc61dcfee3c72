// The whole product, running: every process as `npm start` runs it, on test services of this suite alone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askServicesHost } from './ask-services-host.ts';
import { inheritedEnv, stackFront } from './config.ts';
import { inSuite } from './in-suite.ts';
import { waitFor } from './wait-for.ts';

export type TestStack = {
  /** Of the one origin, without a slash at the end. */
  readonly origin: string;
  readonly mongoUri: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Where the mail of this stack is kept as files. */
  readonly mailDir: string;
  /** The process of an app as it is now; a restarted app has a new one. */
  pidOf(app: string): number;
  /** Of its routes, past the gateway. */
  portOf(app: string): number;
};

type StackFile = Pick<TestStack, 'origin' | 'mongoUri' | 'admin'> & {
  apps: Record<string, { pid: number; port: number } | undefined>;
};

const START_LIMIT_MS = 120_000; // includes the services' own start on a cold machine with two busy cores
const STOP_LIMIT_MS = 30_000;

export type StackWish = {
  /** Of the demo sale. */
  readonly prequeueSeconds?: number;
  /** What listens on the origin; without it ONSALE_TEST_FRONT says so. */
  readonly front?: 'own' | 'nginx';
  /** What single processes are told beside the rest, by name. */
  readonly environments?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What all processes are told beside the rest; asked when the stack starts. */
  readonly env?: () => Readonly<Record<string, string>>;
};

/** Call at the top of a test file or `describe`; the built apps must be there (`npm test` and jest's set-up build them). */
export function testStack(wish: StackWish = {}): TestStack {
  const opened = inSuite('testStack()', {
    open: () => start(wish),
    close: ({ child, local }) => stop(child, local),
    limitMs: START_LIMIT_MS + STOP_LIMIT_MS,
  });
  const file = () => readStackFile(opened().local);
  return {
    get origin() {
      return file().origin;
    },
    get mongoUri() {
      return file().mongoUri;
    },
    get admin() {
      return file().admin;
    },
    get mailDir() {
      return join(opened().local, 'mail');
    },
    pidOf: (app) => appOf(file(), app).pid,
    portOf: (app) => appOf(file(), app).port,
  };
}

async function start({
  prequeueSeconds = 5,
  environments = {},
  env = () => ({}),
  front = stackFront(),
}: StackWish): Promise<{ child: ChildProcess; local: string }> {
  const [redisUrl, amqpUrl, mongodbUri] = await Promise.all([
    askServicesHost('redis'),
    askServicesHost('rabbit'),
    askServicesHost('mongo'),
  ]);
  const local = mkdtempSync(join(tmpdir(), 'onsale-stack-'));
  const environmentsFile = join(local, 'environments.json');
  writeFileSync(environmentsFile, JSON.stringify(environments));
  const child = spawn(
    process.execPath,
    ['apps/dev-stack/dist/main.js', '--attached', '--prequeue-seconds', String(prequeueSeconds), '--front', front],
    {
      env: {
        ...inheritedEnv,
        PORT: '0',
        ONSALE_LOCAL_DIR: local,
        ONSALE_APP_ENV_FILE: environmentsFile,
        REDIS_URL: redisUrl,
        AMQP_URL: amqpUrl,
        MONGODB_URI: mongodbUri,
        ...env(),
      },
      // The stack ends with its input, so also when this test run is killed.
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  try {
    await waitFor(() => {
      if (child.exitCode !== null) throw new Error('it ended');
      return said.join('').includes('Staff login');
    }, START_LIMIT_MS);
  } catch (error) {
    await stop(child, local);
    throw new Error(`the stack did not start (${error instanceof Error ? error.message : error}):\n${said.join('')}`);
  }
  return { child, local };
}

async function stop(child: ChildProcess, local: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGTERM'), STOP_LIMIT_MS / 2);
    await ended;
    clearTimeout(forced);
  }
  rmSync(local, { recursive: true, force: true });
}

function appOf({ apps }: StackFile, name: string): { pid: number; port: number } {
  const app = apps[name];
  if (app === undefined) throw new Error(`no app ${name} in the stack`);
  return app;
}

function readStackFile(local: string): StackFile {
  return JSON.parse(readFileSync(join(local, 'stack.json'), 'utf8')) as StackFile;
}
