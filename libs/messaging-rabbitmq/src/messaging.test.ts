import { setTimeout as pause } from 'node:timers/promises';
import {
  bookingCommand,
  bookingCommandExamples,
  bookingTopology,
  DEAD_ORIGIN_HEADER,
  DEAD_QUEUE,
  DEAD_REASON_HEADER,
  partitionOf,
  partitionQueue,
} from '@onsale/contracts';
import { createLogger } from '@onsale/runtime';
import { tcpProxy, testRabbit, waitFor } from '@onsale/testkit';
import { type Batch, BatchConsumer } from './batch-consumer.ts';
import { Broker } from './broker.ts';
import { BrokerUnavailableError, ConfirmedPublisher } from './confirmed-publisher.ts';
import { publishAlone, publishCommand, publishDeadLetter } from './publish-command.ts';
import { replayDeadLetters } from './replay-dead-letters.ts';

const rabbit = testRabbit();
const logger = createLogger({ app: 'test', level: 'silent' });
const topology = bookingTopology(1);
const command = bookingCommand.parse(bookingCommandExamples.expire);
const partition = partitionOf(command.performanceId, 1);
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await rabbit.channel.purgeQueue(partitionQueue(partition));
});

async function connected(url: string, consume?: (batch: Batch) => Promise<void>, batchMax = 10) {
  const broker = new Broker({ url, topology, logger, name: 'test' });
  const publisher = new ConfirmedPublisher(broker, { confirmMs: 1_000, onTheWayMax: 1_000 });
  const consumer =
    consume === undefined
      ? null
      : new BatchConsumer(broker, {
          ...{ queue: partitionQueue(partition), batchMax, logger, handle: consume },
          sendAlone: ({ content, messageId }) => publishAlone(publisher, { content, messageId, partition }),
        });
  await broker.start();
  stops.push(async () => {
    await consumer?.stop();
    await broker.stop();
  });
  return { broker, publisher, consumer };
}

const publishNumbered = (publisher: ConfirmedPublisher, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      publishCommand(publisher, { command: { ...command, commandId: `c-${i}` }, partitions: 1 }),
    ),
  );

async function publishApart(publisher: ConfirmedPublisher, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await publishCommand(publisher, { command: { ...command, commandId: `c-${i}` }, partitions: 1 });
  }
}

test('what was published and confirmed is consumed in order, in batches of bounded size', async () => {
  const batches: string[][] = [];
  const { publisher } = await connected(rabbit.url);
  await publishNumbered(publisher, 25);
  await connected(rabbit.url, async ({ deliveries }) => {
    batches.push(deliveries.map(({ messageId }) => messageId));
    await pause(20);
  });
  await waitFor(() => batches.flat().length === 25);
  expect(batches.flat()).toEqual(Array.from({ length: 25 }, (_, i) => `c-${i}`));
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(10);
  await waitFor(async () => (await rabbit.channel.checkQueue(partitionQueue(partition))).messageCount === 0);
});

test('commands of one turn travel as one message and are decided one by one; it is settled when all of them are', async () => {
  const { publisher } = await connected(rabbit.url);
  const long = { ...command, trace: 'größer 🎟' };
  await Promise.all([
    publishNumbered(publisher, 60),
    publishCommand(publisher, { command: { ...long, commandId: 'tab\there' }, partitions: 1 }),
    publishCommand(publisher, { command: { ...long, commandId: 'last' }, partitions: 1 }),
  ]);
  await waitFor(async () => (await rabbit.channel.checkQueue(partitionQueue(partition))).messageCount === 4);
  const batches: string[][] = [];
  const contents: unknown[] = [];
  await connected(rabbit.url, async ({ deliveries }) => {
    batches.push(deliveries.map(({ messageId }) => messageId));
    for (const { content } of deliveries) contents.push(JSON.parse(content.toString()));
  });
  const names = [...Array.from({ length: 60 }, (_, i) => `c-${i}`), 'tab\there', 'last'];
  await waitFor(() => batches.flat().length === names.length);
  expect(batches.flat()).toEqual(names);
  expect(Math.max(...batches.map(({ length }) => length))).toBe(10);
  expect(contents.map((one) => (one as { commandId: string }).commandId)).toEqual(names);
  expect(contents.at(-1)).toEqual({ ...long, commandId: 'last' });
  await waitFor(async () => (await rabbit.channel.checkQueue(partitionQueue(partition))).messageCount === 0);
});

test('a batch that fails in the middle of a message leaves all of that message to the next owner', async () => {
  const seen: string[][] = [];
  const { publisher, consumer, broker } = await connected(rabbit.url, async ({ deliveries }) => {
    seen.push(deliveries.map(({ messageId }) => messageId));
    if (seen.length > 1) await new Promise(() => undefined);
  });
  expect(consumer).not.toBeNull();
  await publishNumbered(publisher, 25);
  await waitFor(() => seen.length === 2);
  await broker.stop();
  const later: string[] = [];
  await connected(rabbit.url, async ({ deliveries }) => {
    later.push(...deliveries.map(({ messageId }) => messageId));
  });
  await waitFor(() => later.length === 25);
  expect(later[0]).toBe('c-0');
});

test('a message that no queue takes is refused', async () => {
  const { publisher } = await connected(rabbit.url);
  const nowhere = publisher.publish({ exchange: 'booking.commands', key: 'p99', messageId: 'x', body: {} });
  await expect(nowhere).rejects.toThrow(BrokerUnavailableError);
});

test('without an answer in time, and without a connection, nothing counts as accepted', async () => {
  const proxy = await tcpProxy({ port: Number(new URL(rabbit.url).port) });
  stops.push(() => proxy.close());
  const { publisher, broker } = await connected(proxy.url(rabbit.url));
  proxy.freeze();
  const before = performance.now();
  await expect(publishCommand(publisher, { command, partitions: 1 })).rejects.toThrow(BrokerUnavailableError);
  expect(performance.now() - before).toBeLessThan(3_000);
  proxy.cut();
  await waitFor(() => !broker.isConnected);
  await expect(publishCommand(publisher, { command, partitions: 1 })).rejects.toThrow('not connected');
});

test('after the broker was away, publisher and consumer go on, in a new generation', async () => {
  const proxy = await tcpProxy({ port: Number(new URL(rabbit.url).port) });
  stops.push(() => proxy.close());
  const generations = new Set<number>();
  let seen = 0;
  const { publisher, broker } = await connected(proxy.url(rabbit.url), async ({ deliveries, generation }) => {
    generations.add(generation);
    seen += deliveries.length;
  });
  await publishNumbered(publisher, 1);
  await waitFor(() => seen === 1);
  proxy.cut();
  await waitFor(() => !broker.isConnected);
  proxy.heal();
  await waitFor(() => broker.isConnected, 10_000);
  await publishNumbered(publisher, 1);
  await waitFor(() => seen >= 2);
  expect(generations.size).toBe(2);
});

test('a broker that falls silent while a connection is given up does not stop the next attempt', async () => {
  const proxy = await tcpProxy({ port: Number(new URL(rabbit.url).port) });
  stops.push(() => proxy.close());
  const broker = new Broker({ url: proxy.url(rabbit.url), topology, logger, name: 'test' });
  stops.push(() => broker.stop());
  let tries = 0;
  broker.attach({
    connected: async () => {
      tries += 1;
      if (tries > 1) return;
      proxy.freeze();
      throw new Error('a queue without a leader');
    },
    lost: () => undefined,
  });
  const started = broker.start();
  await waitFor(() => tries === 1);
  await pause(300);
  proxy.cut();
  proxy.heal();
  await waitFor(() => broker.isConnected, 15_000);
  await started;
  expect(tries).toBe(2);
}, 30_000);

test('of two consumers one is active, and when it goes the other takes over what was not acknowledged', async () => {
  const got = { first: 0, second: 0 };
  let release: () => void = () => undefined;
  const first = await connected(rabbit.url, async ({ deliveries }) => {
    got.first += deliveries.length;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    throw new Error('dies before its acknowledgement');
  });
  await connected(rabbit.url, async ({ deliveries }) => {
    got.second += deliveries.length;
  });
  await publishNumbered(first.publisher, 1);
  await waitFor(() => got.first === 1);
  await publishNumbered(first.publisher, 4); // buffered behind a batch under way: no batch of their own while it stops
  expect(got.second).toBe(0);
  const stopping = first.consumer?.stop();
  release();
  await stopping;
  expect(got.first).toBe(1);
  await waitFor(() => got.second === 5);
});

test('a dead letter keeps its bytes, its reason and where it came from', async () => {
  const { publisher } = await connected(rabbit.url);
  await publishDeadLetter(publisher, { content: Buffer.from('?'), messageId: 'm-1', reason: 'not JSON', origin: 'p0' });
  const message = await rabbit.channel.get(DEAD_QUEUE, { noAck: true });
  if (message === false) throw new Error('the dead letter is not there');
  expect(message.content.toString()).toBe('?');
  expect(message.properties.headers).toMatchObject({ [DEAD_REASON_HEADER]: 'not JSON', [DEAD_ORIGIN_HEADER]: 'p0' });
});

test('a dead letter is replayed to the partition it came from', async () => {
  const { publisher } = await connected(rabbit.url);
  await publishDeadLetter(publisher, { content: Buffer.from('{}'), messageId: 'm-2', reason: 'poison', origin: 'p0' });
  expect(await replayDeadLetters(rabbit.url, 10)).toBe(1);
  expect((await rabbit.channel.checkQueue(DEAD_QUEUE)).messageCount).toBe(0);
  const back: string[] = [];
  await connected(rabbit.url, async ({ deliveries }) => {
    back.push(...deliveries.map(({ messageId }) => messageId));
  });
  await waitFor(() => back.includes('m-2'));
});

test('the active consumer that steps back leaves its queue to the next in line', async () => {
  const got = { first: 0, second: 0 };
  const first = await connected(rabbit.url, async ({ deliveries }) => {
    got.first += deliveries.length;
  });
  await connected(rabbit.url, async ({ deliveries }) => {
    got.second += deliveries.length;
  });
  await publishNumbered(first.publisher, 3);
  await waitFor(() => got.first === 3);
  await first.consumer?.stepBack();
  await publishNumbered(first.publisher, 3);
  await waitFor(() => got.second === 3);
  expect(got.first).toBe(3);
});

test('a message that ends its process again and again stands alone, and those before it are acknowledged', async () => {
  const { publisher } = await connected(rabbit.url);
  await publishApart(publisher, 3);
  const sizes: number[] = [];
  // Four processes give back all that they took.
  let givenBack = 0;
  const dying = await connected(rabbit.url, async () => {
    if (givenBack++ < 4) throw new Error('dies');
    await new Promise(() => undefined);
  });
  await waitFor(() => givenBack === 5);
  await dying.broker.stop();
  await connected(rabbit.url, async ({ deliveries }) => void sizes.push(deliveries.length));
  await waitFor(() => sizes.length === 3);
  expect(sizes).toEqual([1, 1, 1]);
});

test('commands that travelled together and end their process are parted: each goes on alone, none is lost', async () => {
  const { publisher } = await connected(rabbit.url);
  await publishNumbered(publisher, 5);
  const ended: string[][] = [];
  const done: string[] = [];
  await connected(rabbit.url, async ({ deliveries }) => {
    const names = deliveries.map(({ messageId }) => messageId);
    if (names.includes('c-3')) {
      ended.push(names);
      throw new Error('dies');
    }
    done.push(...names);
  });
  // Given back together at first, by itself in the end.
  await waitFor(() => ended.at(-1)?.length === 1 && done.length === 4);
  expect(ended[0]).toHaveLength(5);
  expect(done.sort()).toEqual(['c-0', 'c-1', 'c-2', 'c-4']);
});

test('each delivery is told of when it comes, also while a batch before it is under way', async () => {
  const { broker, publisher } = await connected(rabbit.url);
  const arrived: unknown[] = [];
  const batches: unknown[][] = [];
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const consumer = new BatchConsumer(broker, {
    queue: partitionQueue(partition),
    batchMax: 2,
    logger,
    onArrival: (delivery) => void arrived.push(delivery),
    sendAlone: async () => undefined,
    handle: async ({ deliveries }) => {
      batches.push([...deliveries]);
      await gate;
    },
  });
  // Attached to a broker that is connected already: the next connection sets it up.
  stops.push(() => consumer.stop());
  await broker.stop();
  await broker.start();
  await publishNumbered(publisher, 4);
  await waitFor(() => arrived.length === 4 && batches.length > 0);
  expect(batches).toHaveLength(1);
  go();
  await waitFor(() => batches.flat().length === 4);
  // The batches hold the very objects, so that what was prepared for them is found.
  expect(batches.flat().every((delivery, i) => delivery === arrived[i])).toBe(true);
});
