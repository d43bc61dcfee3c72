import { createLogger } from '@onsale/runtime';
import { testRedis, waitFor } from '@onsale/testkit';
import { jobRunner } from './job-runner.ts';

const redis = testRedis();

test('recurring jobs run again and again, and go on after Redis has lost everything', async () => {
  const runs = { 'expire-holds': 0, 'release-blocks': 0, 'reconcile-payments': 0 };
  const runner = jobRunner({
    redisUrl: redis.url,
    logger: createLogger({ app: 'test', level: 'silent' }),
    jobs: {
      'expire-holds': async () => undefined,
      'release-blocks': async () => undefined,
      'reconcile-payments': async () => undefined,
    },
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
