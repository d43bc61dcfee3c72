// The life of a process: starting → ready → stopping → stopped. Parts start in order and stop in reverse (intake
// first, connections last) under one deadline. A failed start stops what had started. A second signal forces the end.
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import { type HealthCheck, internalServer, readiness } from './internal-server.ts';

export type Part = {
  readonly name: string;
  start(): Promise<void>;
  /** Takes nothing new, finishes what is under way, closes. */
  stop(): Promise<void>;
};

export type AppDescription = {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Where /metrics, /healthz and /readyz are served; 0 picks a free port. */
  readonly internalPort: number;
  readonly parts: readonly Part[];
  readonly checks: readonly HealthCheck[];
};

export type RunningApp = { stop(): Promise<void> };

const STOP_LIMIT_MS = 10_000; // Kubernetes waits 30 s by default; the rest is for its own bookkeeping
const START_LIMIT_MS = 60_000; // dependencies may still be starting on a cold machine

/** Starts the parts in order. Rejects when one fails, after stopping those that had started. */
export async function startApp({ logger, metrics, internalPort, parts, checks }: AppDescription): Promise<RunningApp> {
  let ready = false;
  const started: Part[] = [];
  const internal = internalServer({ port: internalPort, metrics, checks, isReady: () => ready, logger });
  const stop = async () => {
    ready = false;
    const ends = started.splice(0).reverse();
    await withDeadline(stopAll(ends, logger), { what: 'stopping', limitMs: STOP_LIMIT_MS });
  };
  try {
    for (const part of [internal, ...parts]) {
      started.push(part);
      await withDeadline(part.start(), { what: `starting ${part.name}`, limitMs: START_LIMIT_MS });
    }
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  ready = true;
  // Tells versions, and of an embedded engine that it is one.
  const dependencies = (await readiness(checks)).map(({ name, state, ...more }) => [
    name,
    'detail' in more ? more.detail : state,
  ]);
  logger.info({ dependencies: Object.fromEntries(dependencies) }, 'ready');
  return { stop };
}

/** Runs until SIGTERM or SIGINT, then stops in order and ends the process. For main.ts. */
export async function runApp(description: AppDescription): Promise<void> {
  const { logger } = description;
  let stopping = false;
  let app: RunningApp | undefined;
  const end = (signal: string) => {
    if (stopping) process.exit(130);
    stopping = true;
    logger.info({ signal }, 'stopping');
    (app?.stop() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.warn(
          { err: error },
          error instanceof DeadlineError ? 'stopped by the deadline' : 'stopped with a failure',
        );
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  try {
    app = await startApp(description);
  } catch (error) {
    logger.error({ err: error }, 'could not start');
    process.exit(1);
  }
}

async function stopAll(parts: readonly Part[], logger: Logger): Promise<void> {
  for (const part of parts) {
    try {
      await part.stop();
    } catch (error) {
      logger.warn({ err: error, part: part.name }, 'a part did not stop cleanly');
    }
  }
}
