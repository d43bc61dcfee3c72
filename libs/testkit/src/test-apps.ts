// Single processes of the product, built as they are deployed, on the services of a suite. Their clocks may be wrong.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePorts } from '@onsale/local-services';
import { inheritedEnv } from './config.ts';
import { wrongClock } from './faketime-library.ts';
import { waitFor } from './wait-for.ts';

export type TestApp = {
  readonly pid: number;
  readonly port: number;
  /** The value of a metric with these labels as they are written (`{reason="backlog"}`), null while there is none. */
  metric(nameAndLabels: string): Promise<number | null>;
  /** What it logged, one JSON object a line. */
  log(): string;
  /** SIGKILL. */
  kill(): Promise<void>;
};

export type TestApps = {
  /** Resolves when it is ready. `clock`: its time of day is wrong by so much, `+600s`. */
  start(
    app: string,
    options?: { readonly clock?: string; readonly port?: number; readonly env?: Readonly<Record<string, string>> },
  ): Promise<TestApp>;
};

const READY_LIMIT_MS = 60_000;

/** Call at the top of a test file or `describe`, after its services; what runs at the end of the suite is killed. */
export function testApps(env: () => Readonly<Record<string, string>>): TestApps {
  const running = new Set<TestApp>();
  afterAll(async () => {
    for (const app of running) await app.kill();
  });
  return {
    async start(name, { clock, port, env: more } = {}) {
      const [free = 0, internalPort = 0] = await freePorts(2);
      const ports = { PORT: String(port ?? free), INTERNAL_PORT: String(internalPort) };
      const settings = { ...inheritedEnv, ...env(), ...more, ...ports, ...(clock !== undefined && wrongClock(clock)) };
      const child = spawn(process.execPath, [`apps/${name}/dist/main.js`], { env: settings, stdio: 'pipe' });
      const app = asTestApp(child, { port: port ?? free, internalPort });
      running.add(app);
      await waitFor(async () => {
        if (child.exitCode !== null) throw new Error(`${name} ended at its start: ${app.log()}`);
        return (await ask(internalPort, '/readyz'))?.ok;
      }, READY_LIMIT_MS);
      return app;
    },
  };
}

function asTestApp(child: ChildProcess, ports: { readonly port: number; readonly internalPort: number }): TestApp {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  return {
    pid: child.pid ?? 0,
    port: ports.port,
    log: () => said,
    async metric(nameAndLabels) {
      const text = (await (await ask(ports.internalPort, '/metrics'))?.text()) ?? '';
      const line = text.split('\n').find((one) => one.startsWith(`${nameAndLabels} `));
      return line === undefined ? null : Number(line.split(' ').at(-1));
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const ask = (port: number, path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
