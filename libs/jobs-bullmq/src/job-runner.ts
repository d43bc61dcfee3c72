// Runs the recurring jobs of the catalogue on BullMQ: whichever process is free takes the next run, one at a time per
// job, and a process that dies leaves its run to another.
import { type Logger, type Part, repeat } from '@onsale/runtime';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { JOBS_QUEUE, type RecurringJob, recurringJobs } from './job-catalogue.ts';

export type JobRunnerOptions = {
  readonly redisUrl: string;
  readonly logger: Logger;
  readonly jobs: Readonly<Record<RecurringJob, () => Promise<void>>>;
  onRun(run: { readonly job: RecurringJob; readonly failed: boolean }): void;
};

/** A process that stops answering for this long loses its run to another. */
const LOCK_MS = 15_000;
const CONCURRENCY = 4;
/** Redis may lose everything at any time, the schedules of BullMQ among it: they are looked after. */
const LOOK_AFTER_MS = 2_000;
/** A schedule whose next run lies so far from now has lost its waiting job. */
const OVERDUE_MS = 10_000;

export function jobRunner({ redisUrl, logger, jobs, onRun }: JobRunnerOptions): Part {
  // BullMQ asks for connections that never give up on a command, since its own waits are blocking ones.
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  connection.on('error', () => undefined); // ioredis reconnects by itself; the failed run is logged
  const queue = new Queue(JOBS_QUEUE, { connection });
  queue.on('error', (error) => logger.warn({ err: error }, 'the job queue failed'));
  let worker: Worker | null = null;
  const lookAfter = repeat({ name: 'schedules of jobs', everyMs: LOOK_AFTER_MS, logger, run: keepSchedules });
  return {
    name: 'jobs',
    async start() {
      await keepSchedules();
      await lookAfter.start();
      worker = new Worker(JOBS_QUEUE, ({ name }) => run(name), {
        connection,
        concurrency: CONCURRENCY,
        lockDuration: LOCK_MS,
      });
      worker.on('error', (error) => logger.warn({ err: error }, 'the job worker failed'));
    },
    async stop() {
      await lookAfter.stop();
      await worker?.close();
      await queue.close();
      connection.disconnect();
    },
  };

  async function keepSchedules(): Promise<void> {
    const known = new Map((await queue.getJobSchedulers()).map(({ key, next }) => [key, next ?? 0]));
    for (const [name, { everyMs }] of Object.entries(recurringJobs)) {
      // Far in the future is as lost as overdue: it was made by a process whose clock is wrong.
      if (Math.abs((known.get(name) ?? 0) - Date.now()) < OVERDUE_MS) continue;
      const opts = { removeOnComplete: true, removeOnFail: 20 };
      await queue.upsertJobScheduler(name, { every: everyMs }, { name, opts });
    }
  }

  async function run(name: string): Promise<void> {
    if (!isRecurring(name)) throw new Error(`no job is called ${name}`);
    try {
      await jobs[name]();
      onRun({ job: name, failed: false });
    } catch (error) {
      onRun({ job: name, failed: true });
      logger.warn({ err: error, job: name }, 'a run of a job failed');
      throw error;
    }
  }
}

function isRecurring(name: string): name is RecurringJob {
  return name in recurringJobs;
}
