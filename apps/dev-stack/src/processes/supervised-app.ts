// One app of the stack as a child process, kept running.
//
// States: starting → ready → (crashed → starting …) → stopped. A crash is told in one sentence and the app started
// again after a pause that doubles; when five quick crashes in a row did not help, it is given up.
import { request } from 'node:http';
import {
  logExcerpt,
  type OwnedProcess,
  type OwnedProcessSpec,
  SetupError,
  startOwned,
  waitUntil,
} from '@onsale/local-services';

export type SupervisedAppOptions = {
  readonly spec: OwnedProcessSpec;
  readonly internalPort: number;
  readonly tell: (sentence: string) => void;
  /** Called with each new process, the first one too. */
  readonly onStart: (pid: number) => void;
  /** Called once when the app is given up. */
  readonly onGivenUp: (sentence: string) => void;
  /** Before each start after a quick crash; when they are used up the app is given up. */
  readonly pausesMs?: readonly number[];
};

/** A first start may build indexes and seed the demo while both cores start everything else. */
const READY_LIMIT_MS = 60_000;
/** An app that ran for this long was well; its next crash is a new story. */
const QUICK_CRASH_MS = 30_000;
const PAUSES_MS = [250, 500, 1000, 2000, 4000];
/** The apps themselves give up a clean stop after 10 s. */
const STOP_GRACE_MS = 12_000;

export class SupervisedApp {
  readonly name: string;
  private readonly options: SupervisedAppOptions;
  private current: OwnedProcess | undefined;
  private stopping = false;
  private quickCrashes = 0;
  private restart: NodeJS.Timeout | undefined;

  constructor(options: SupervisedAppOptions) {
    this.name = options.spec.name;
    this.options = options;
  }

  /** Resolves when the app says it is ready. Throws a SetupError with what its log says when it does not get there. */
  async start(): Promise<void> {
    const child = await this.spawn();
    const { internalPort } = this.options;
    const what = `the start of ${this.name}`;
    const ready = async () => !child.isRunning() || (await isReady(internalPort));
    await waitUntil(ready, { limitMs: READY_LIMIT_MS, everyMs: 100, what }).catch(() => {
      throw new SetupError(`${this.name} is not ready after ${READY_LIMIT_MS / 1000} s; ${logExcerpt(child.logFile)}`);
    });
    if (!child.isRunning()) {
      throw new SetupError(`${this.name} ended at its start (${await child.ended}); ${logExcerpt(child.logFile)}`);
    }
    this.watch(child, performance.now());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    await this.current?.stop(STOP_GRACE_MS);
  }

  private async spawn(): Promise<OwnedProcess> {
    const child = await startOwned(this.options.spec);
    this.current = child;
    // Stopped while it was being started.
    if (this.stopping) await child.stop(STOP_GRACE_MS);
    this.options.onStart(child.pid);
    return child;
  }

  private watch(child: OwnedProcess, startedMs: number): void {
    void child.ended.then((how) => {
      if (!this.stopping) this.crashed({ how, ranMs: performance.now() - startedMs, logFile: child.logFile });
    });
  }

  private crashed(crash: { how: string; ranMs: number; logFile: string }): void {
    this.quickCrashes = crash.ranMs < QUICK_CRASH_MS ? this.quickCrashes + 1 : 1;
    const pauseMs = (this.options.pausesMs ?? PAUSES_MS)[this.quickCrashes - 1];
    if (pauseMs === undefined) {
      this.options.onGivenUp(`${this.name} keeps ending (${crash.how}); ${logExcerpt(crash.logFile)}`);
      return;
    }
    this.options.tell(
      `${this.name} ended (${crash.how}); starting it again in ${pauseMs} ms; its log: ${crash.logFile}.1`,
    );
    this.restart = setTimeout(() => {
      this.spawn().then(
        (child) => this.watch(child, performance.now()),
        (error: Error) => this.options.onGivenUp(`${this.name} cannot be started again: ${error.message}.`),
      );
    }, pauseMs);
  }
}

/** Asks the internal port; false for anything but a yes. */
export function isReady(internalPort: number, limitMs = 3000): Promise<boolean> {
  return new Promise((resolve) => {
    const question = request({ port: internalPort, path: '/readyz', agent: false, timeout: limitMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    question.on('timeout', () => question.destroy());
    question.on('error', () => resolve(false));
    question.end();
  });
}
