import { createLogger } from '@onsale/runtime';
import { testRedis, waitFor } from '@onsale/testkit';
import { type RecurringJob, recurringJobs } from './job-catalogue.ts';
import { jobRunner } from './job-runner.ts';

const redis = testRedis();

test('recurring jobs run again and again, and go on after Redis has lost everything', async () => {
  const names = Object.keys(recurringJobs) as RecurringJob[];
  const runs = Object.fromEntries(names.map((name) => [name, 0])) as Record<RecurringJob, number>;
  const jobs = Object.fromEntries(names.map((name) => [name, async () => undefined]));
  const runner = jobRunner({
    redisUrl: redis.url,
    logger: createLogger({ app: 'test', level: 'silent' }),
    jobs: jobs as Record<RecurringJob, () => Promise<void>>,
    onRun: ({ job }) => {
      runs[job]++;
    },
  });
  await runner.start();
  try {
    await waitFor(() => runs['expire-holds'] >= 3 && runs['reconcile-payments'] >= 1);
    await redis.clear();
    const before = { ...runs };
    await waitFor(() => runs['expire-holds'] >= before['expire-holds'] + 3);
    await waitFor(() => runs['reconcile-payments'] > before['reconcile-payments']);
  } finally {
    await runner.stop();
  }
});
