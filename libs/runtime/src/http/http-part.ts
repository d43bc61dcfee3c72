// The public server of a process. Express 5 answers about a fifth of what bare `http` does, so hot routes stand before it in
// the same server: ordinary requests for them are answered in a lane before Node's HTTP, unusual ones by a hot handler.
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Part } from '../life/run-app.ts';
import { type FastLane, type LaneHandler, openFastLane } from './fast-lane.ts';

/** Answers the request and returns true, or returns false and has touched nothing. Never throws. */
export type HotHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export type HttpPart = Part & {
  readonly server: Server;
  /** The port it listens on; 0 before the start. */
  port(): number;
};

export type HttpPartOptions = {
  readonly port: number;
  readonly host?: string;
  readonly api: RequestListener;
  readonly hot?: HotHandler;
  readonly lane?: LaneHandler;
};

const HEADERS_LIMIT_MS = 10_000;
const REQUEST_LIMIT_MS = 20_000;
const KEEP_ALIVE_MS = 65_000; // longer than a proxy's, so that the proxy is the one to close
const CLOSE_IDLE_EVERY_MS = 100;
/** A proxy that probes for readiness twice a second has looked away by then. */
const DRAIN_MS = 1_000;

export function httpPart({ port, host, api, hot, lane }: HttpPartOptions): HttpPart {
  let draining = false;
  const listener: RequestListener = (request, response) => {
    // The next request of this client is better off in the lane, and that is entered by a new connection only.
    if (draining || lane !== undefined) response.setHeader('Connection', 'close');
    if (hot === undefined || !hot(request, response)) api(request, response);
  };
  const server = createServer(
    { headersTimeout: HEADERS_LIMIT_MS, requestTimeout: REQUEST_LIMIT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    listener,
  );
  const opened = lane === undefined ? null : openFastLane(server, { handler: lane, idleLimitMs: KEEP_ALIVE_MS });
  return {
    name: 'public port',
    server,
    port: () => (server.address() as AddressInfo | null)?.port ?? 0,
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, ...(host !== undefined && { host }), backlog: 4096 }, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    async stop() {
      draining = true;
      await closeGently(server, opened);
    },
  };
}

/**
 * For a moment each answer ends its connection, so that those who keep one learn of the end between two requests and not
 * in the middle of one. Then takes no new connection, lets requests under way end, closes idle ones meanwhile.
 */
async function closeGently(server: Server, lane: FastLane | null): Promise<void> {
  lane?.drain();
  if ((await connectionsOf(server)) > 0) await pause(DRAIN_MS);
  await new Promise<void>((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
    lane?.close();
  });
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error === null ? count : 0)));
}
