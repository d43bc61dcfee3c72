// How the recurring jobs are doing, for those who watch over them.
import { withDeadline } from '@onsale/runtime';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { JOBS_QUEUE } from './job-catalogue.ts';

export type JobsSeen = {
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
  readonly schedules: readonly { readonly name: string; readonly everyMs: number; readonly nextAtMs: number | null }[];
  /** Newest first. */
  readonly lastFailures: readonly { readonly name: string; readonly atMs: number; readonly reason: string }[];
};

const READ_LIMIT_MS = 3_000;
const FAILURES_MAX = 20;

/** Connects with the first question. */
export function jobWatch(redisUrl: string): { read(): Promise<JobsSeen>; close(): Promise<void> } {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null, lazyConnect: true });
  connection.on('error', () => undefined); // the question that got no answer is refused by its deadline
  let queue: Queue | null = null;
  const open = () => {
    queue ??= new Queue(JOBS_QUEUE, { connection }).on('error', () => undefined);
    return queue;
  };
  return {
    read: () => withDeadline(readFrom(open()), { what: 'reading the jobs', limitMs: READ_LIMIT_MS }),
    async close() {
      await queue?.close();
      connection.disconnect();
    },
  };
}

async function readFrom(queue: Queue): Promise<JobsSeen> {
  const [counts, schedulers, failed] = await Promise.all([
    queue.getJobCounts('wait', 'delayed', 'active', 'failed'),
    queue.getJobSchedulers(),
    queue.getFailed(0, FAILURES_MAX - 1),
  ]);
  return {
    waiting: counts.wait ?? 0,
    active: counts.active ?? 0,
    failed: counts.failed ?? 0,
    schedules: schedulers.map(({ key, every, next }) => ({
      name: key,
      everyMs: Number(every ?? 0),
      nextAtMs: next ?? null,
    })),
    lastFailures: failed.map(({ name, finishedOn, failedReason }) => ({
      name,
      atMs: finishedOn ?? 0,
      reason: failedReason ?? '',
    })),
  };
}
