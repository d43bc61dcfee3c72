// The internal port of a process: alive, ready, metrics. Never reachable through the public origin.
import { createServer, type ServerResponse } from 'node:http';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { withDeadline } from '../time/deadline.ts';
import type { Part } from './run-app.ts';

export type HealthCheck = {
  readonly name: string;
  /** Resolves with a word on what it saw (a version, a role); rejects when the dependency does not answer. */
  run(): Promise<string>;
};

export type InternalServerOptions = {
  readonly port: number;
  readonly metrics: Metrics;
  readonly checks: readonly HealthCheck[];
  readonly isReady: () => boolean;
  readonly logger: Logger;
};

const CHECK_LIMIT_MS = 2_000;

export function internalServer({ port, metrics, checks, isReady, logger }: InternalServerOptions): Part {
  const server = createServer((request, response) => {
    answer(request.url ?? '/', response).catch((error: unknown) => {
      logger.warn({ err: error }, 'the internal port failed to answer');
      response.writeHead(500).end();
    });
  });
  const answer = async (url: string, response: ServerResponse): Promise<void> => {
    if (url === '/healthz') return json(response, 200, { status: 'alive' });
    if (url === '/readyz') {
      const report = await readiness(checks);
      const ready = isReady() && report.every(({ state }) => state === 'up');
      return json(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not_ready', dependencies: report });
    }
    if (url !== '/metrics') return json(response, 404, { status: 'unknown' });
    response.setHeader('Content-Type', metrics.registry.contentType);
    response.end(await metrics.registry.metrics());
  };
  return {
    name: 'internal port',
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Asks every dependency, each within 2 s. */
export async function readiness(checks: readonly HealthCheck[]) {
  return Promise.all(
    checks.map(async ({ name, run }) => {
      const from = performance.now();
      const latencyMs = () => Math.round((performance.now() - from) * 10) / 10;
      try {
        const detail = await withDeadline(run(), { what: name, limitMs: CHECK_LIMIT_MS });
        return { name, state: 'up' as const, latencyMs: latencyMs(), detail };
      } catch {
        return { name, state: 'down' as const, latencyMs: latencyMs() };
      }
    }),
  );
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
