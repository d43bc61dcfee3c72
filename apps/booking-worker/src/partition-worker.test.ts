import type { Committed, PartitionLease } from '@onsale/booking-mongo';
import { bookingCommandExamples } from '@onsale/contracts';
import type { DeadLetter } from '@onsale/messaging-rabbitmq';
import { createLogger, createMetrics } from '@onsale/runtime';
import { createWorkerMetrics } from './metrics.ts';
import { createPartitionWorker } from './partition-worker.ts';

const { signal } = new AbortController();
const logger = createLogger({ app: 'test', level: 'silent' });

function hire() {
  const seen = { taken: 0, left: 0, epochs: [] as number[], buried: [] as string[], told: [] as number[] };
  const handle = createPartitionWorker({
    partition: 0,
    logger,
    metrics: createWorkerMetrics(createMetrics('test')),
    take: async () => ({ partition: 0, epoch: ++seen.taken }) as PartitionLease,
    leave: async () => void seen.left++,
    commit: async ({ lease, commands }) => {
      seen.epochs.push(lease.epoch);
      if (commands.some((command) => 'bookingId' in command && command.bookingId === 'fails'))
        throw new Error('gone wrong');
      const outcomes = commands.map(() => ({ kind: 'ignored', booking: null, why: 'unknown_booking' }));
      return { outcomes, undecided: [], changes: {}, at: seen.epochs.length } as unknown as Committed;
    },
    pause: async () => undefined,
    buryCommand: async ({ reason }: DeadLetter) => void seen.buried.push(reason),
    tellResults: async ({ at }) => void seen.told.push(at),
  });
  return { seen, handle };
}

const delivery = (content: unknown, deliveries = 0) => ({
  content: Buffer.from(JSON.stringify(content)),
  messageId: 'm',
  deliveries,
});
const expire = delivery(bookingCommandExamples.expire);

test('a lease lives as long as its subscription and no longer', async () => {
  const { handle, seen } = hire();
  await handle({ deliveries: [expire], generation: 1, signal });
  await handle({ deliveries: [expire], generation: 1, signal });
  await handle({ deliveries: [expire], generation: 2, signal });
  expect(seen).toMatchObject({ taken: 2, left: 1, epochs: [1, 1, 2] });
});

test('what is not a command goes to the dead letters with what is wrong, and the rest is decided', async () => {
  const { handle, seen } = hire();
  const odd = [delivery('odd'), delivery({ type: 'expire' }), { ...expire, content: Buffer.from('{') }];
  await handle({ deliveries: [...odd, expire], generation: 1, signal });
  expect(seen.buried).toHaveLength(3);
  expect(seen.buried[2]).toBe('malformed command: not JSON');
  expect(seen.epochs).toEqual([1]);
});

test('of commands that were delivered again and again only the first is buried untried', async () => {
  const { handle, seen } = hire();
  await handle({ deliveries: [delivery(bookingCommandExamples.expire, 10)], generation: 1, signal });
  await handle({ deliveries: [delivery(bookingCommandExamples.expire, 10)], generation: 1, signal });
  expect(seen.buried).toEqual(['delivered 10 times without an end']);
  expect(seen.epochs).toEqual([1]);
});

test('a command that keeps failing alone is buried and the batch is done', async () => {
  const { handle, seen } = hire();
  const failing = delivery({ ...bookingCommandExamples.expire, bookingId: 'fails' });
  await handle({ deliveries: [expire, failing, expire], generation: 1, signal });
  expect(seen.buried).toEqual(['Error: gone wrong']);
});

test('results are told in the order of the commits, soon after, and one commit at most is untold', async () => {
  const { handle, seen } = hire();
  for (let batch = 1; batch <= 4; batch++) {
    await handle({ deliveries: [expire], generation: 1, signal });
    expect(seen.told.length).toBeGreaterThanOrEqual(batch - 1);
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen.told).toEqual([1, 2, 3, 4]);
});
