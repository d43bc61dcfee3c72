import { createLogger } from '../log/create-logger.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { type Part, startApp } from './run-app.ts';

const common = { logger: createLogger({ app: 'test', level: 'silent' }), internalPort: 0, checks: [] };

function recorded(name: string, log: string[], start: () => Promise<void> = async () => undefined): Part {
  return {
    name,
    start: async () => {
      await start();
      log.push(`start ${name}`);
    },
    stop: async () => {
      log.push(`stop ${name}`);
    },
  };
}

test('parts start in order and stop in reverse', async () => {
  const log: string[] = [];
  const app = await startApp({
    ...common,
    metrics: createMetrics('a'),
    parts: [recorded('one', log), recorded('two', log)],
  });
  await app.stop();
  expect(log).toEqual(['start one', 'start two', 'stop two', 'stop one']);
});

test('a failed start stops what had started', async () => {
  const log: string[] = [];
  const failing = recorded('bad', log, () => Promise.reject(new Error('no')));
  await expect(
    startApp({ ...common, metrics: createMetrics('b'), parts: [recorded('one', log), failing] }),
  ).rejects.toThrow('no');
  expect(log).toEqual(['start one', 'stop bad', 'stop one']);
});
