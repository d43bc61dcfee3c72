// The connection to the line's Redis. It knows which run of the server it talks to: a restarted server may have come
// back with an older copy of the line, and counting on from that would give an index twice. Every script is told the
// run its caller believes in and refuses when the line was not opened in that run. It knows the server's time, too: what
// one process writes down by its own clock (until when a fan counts as present) another reads by Redis's, and one whose
// clock is ten minutes slow would make everybody it speaks for a ghost.
import { type Clock, withDeadline } from '@onsale/runtime';
import { Redis } from 'ioredis';
import { lineClock } from './line-clock.ts';

export type LineRedis = {
  readonly redis: Redis;
  /** The run id of the server behind the connection; empty before the first. */
  runId(): string;
  /** Milliseconds for the scripts; 0 lets them take Redis's own clock, which all processes share. */
  now(): number;
};

export type LineConnection = LineRedis & {
  /** Redis's time as this process knows it: the one clock of everybody who works on the line. */
  readonly clock: Clock;
  /** Resolves when Redis answers; rejects after a few seconds. */
  ready(): Promise<void>;
  close(): Promise<void>;
};

const CONNECT_LIMIT_MS = 2_000;
const COMMAND_LIMIT_MS = 3_000; // a command that waited longer is better answered with "try again"
const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 1_000;
const READY_LIMIT_MS = 30_000;

/** Connects in the background and for ever anew. `clock` is for tests; without it Redis's own clock counts. */
export function connectLine(url: string, { clock }: { readonly clock?: Clock } = {}): LineConnection {
  const redis = new Redis(url, {
    connectTimeout: CONNECT_LIMIT_MS,
    commandTimeout: COMMAND_LIMIT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(attempt, 6)),
  });
  let runId = '';
  const time = lineClock(redis);
  const learnRun = async () => {
    const info = await redis.info('server');
    runId = /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
  };
  redis.on('error', () => undefined); // each command reports its own failure; an unheard event would end the process
  redis.on('close', () => {
    runId = '';
  });
  redis.on('ready', () => {
    learnRun().catch(() => undefined);
    time.learn().catch(() => undefined);
  });
  const firstLook = async () => {
    await learnRun();
    await time.learn();
    time.keepLooking();
  };
  return {
    redis,
    runId: () => runId,
    now: () => clock?.now() ?? 0,
    clock: clock ?? { now: time.now },
    ready: () => withDeadline(firstLook(), { what: 'connecting to Redis', limitMs: READY_LIMIT_MS }),
    close: async () => {
      time.stop();
      redis.disconnect();
    },
  };
}
