// Where the booking worker is put together: one consumer and one partition worker for each partition. The broker picks
// the active one among all processes.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import {
  announceWorker,
  commitDecisions,
  connectMongo,
  findHeld,
  leavePartition,
  type Mongo,
  pingMongo,
  planOfPerformance,
  prepareDatabase,
  readStockAtOnce,
  takePartition,
  withdrawWorker,
} from '@onsale/booking-mongo';
import { bookingTopology, partitionOf, partitionQueue } from '@onsale/contracts';
import type { BookingId } from '@onsale/domain';
import { type LiveEmitter, liveEmitter } from '@onsale/live-socketio';
import { BatchConsumer, Broker, ConfirmedPublisher, publishAlone, publishDeadLetter } from '@onsale/messaging-rabbitmq';
import { type AppDescription, createLogger, createMetrics, type Logger, type Part, repeat } from '@onsale/runtime';
import { connectShop, forgetWaiting, seatIndexOf } from '@onsale/shop-redis';
import type { WorkerConfig } from './config.ts';
import { readCommand } from './decide-batch/read-command.ts';
import { createWorkerMetrics, type WorkerMetrics } from './metrics.ts';
import { createPartitionWorker } from './partition-worker.ts';
import { sharePartitions } from './share-partitions.ts';
import { type AvailabilityTeller, availabilityTeller } from './tell-results/availability-teller.ts';
import { projectAvailability } from './tell-results/project-availability.ts';
import { type TellResultsDeps, tellResults } from './tell-results/tell-results.ts';

const APP = 'booking-worker';
const SHARE_EVERY_MS = 2_000;

export async function compose(
  config: WorkerConfig,
  logger: Logger = createLogger({ app: APP }),
): Promise<AppDescription> {
  const metrics = createMetrics(APP);
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const mongo = await connectMongo(config.MONGODB_URI, { logger });
  const live = liveEmitter(config.REDIS_URL);
  const topology = bookingTopology(config.ONSALE_PARTITIONS);
  const broker = new Broker({ url: config.AMQP_URL, topology, logger, name: owner });
  const shop = connectShop(config.REDIS_URL);
  const workerMetrics = createWorkerMetrics(metrics);
  const project = projectAvailability({
    shop,
    seatIndexOf: async (performanceId) => seatIndexOf(await planOfPerformance(mongo, performanceId)),
    readStock: (performanceId) => readStockAtOnce(mongo, performanceId),
    onDone: (result) => workerMetrics.projected.inc({ result }),
  });
  const availability = availabilityTeller({ toShop: live.toShop, project });
  const noteDecided = (bookingIds: readonly BookingId[]) => void forgetWaiting(shop, bookingIds).catch(() => undefined);
  const stopping = new AbortController();
  const consumers = consumersOf({
    ...{ mongo, live, availability, broker, logger, owner, config },
    ...{ noteDecided, metrics: workerMetrics, stopping: stopping.signal },
  });
  const stores: Part = {
    name: 'stores',
    start: () => prepareDatabase(mongo),
    stop: async () => {
      await withdrawWorker(mongo, owner);
      await live.close();
      await shop.close();
      await mongo.close();
    },
  };
  // Listed after the broker so that it stops before it: batches under way are finished and acknowledged.
  const intake: Part = {
    name: 'intake',
    start: async () => undefined,
    stop: async () => {
      stopping.abort();
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await new Promise((resolve) => setImmediate(resolve)); // what was committed last is told
    },
  };
  const sharing = repeat({
    name: 'sharing of partitions',
    everyMs: SHARE_EVERY_MS,
    logger,
    run: async () => {
      if ((await sharePartitions(consumers, await announceWorker(mongo, owner))) === 'stepped back')
        logger.info('stepped back from a partition');
    },
  });
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    parts: [stores, availability, broker, intake, sharing],
    checks: [
      { name: 'mongodb', run: () => pingMongo(mongo) },
      { name: 'rabbitmq', run: () => activityOf(broker, consumers) },
    ],
  };
}

async function activityOf(broker: Broker, consumers: readonly BatchConsumer[]): Promise<string> {
  if (!broker.isConnected) throw new Error('away');
  return `active on ${consumers.filter(({ isActive }) => isActive).length} partitions`;
}

type ConsumerParts = {
  readonly mongo: Mongo;
  readonly live: LiveEmitter;
  readonly availability: AvailabilityTeller;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  readonly noteDecided: TellResultsDeps['noteDecided'];
  readonly owner: string;
  readonly config: WorkerConfig;
  readonly stopping: AbortSignal;
};

/** One for each partition; the broker makes one of all processes the active one. */
function consumersOf({
  mongo,
  live,
  availability,
  broker,
  logger,
  metrics,
  noteDecided,
  owner,
  config,
  stopping,
}: ConsumerParts): BatchConsumer[] {
  const publisher = new ConfirmedPublisher(broker);
  return Array.from({ length: config.ONSALE_PARTITIONS }, (_, partition) => {
    const handle = createPartitionWorker({
      partition,
      take: () => takePartition(mongo, partition, owner),
      leave: leavePartition,
      heldNow: () => findHeld(mongo, (id) => partitionOf(id, config.ONSALE_PARTITIONS) === partition),
      stopping,
      commit: (decisions) => commitDecisions(mongo, decisions),
      pause: (ms, signal) => wait(ms, undefined, { signal }),
      logger,
      metrics,
      buryCommand: async (letter) => {
        await publishDeadLetter(publisher, letter);
        // It waits for a person now; the monitor of stuck requests must not bring it back.
        noteDecided(bookingIdsIn(letter.content));
      },
      tellResults: async (committed) => tellResults({ toFan: live.toFan, availability, noteDecided }, committed),
    });
    return new BatchConsumer(broker, {
      queue: partitionQueue(partition),
      batchMax: config.ONSALE_BATCH_MAX,
      logger,
      onArrival: readCommand,
      sendAlone: ({ content, messageId }) => publishAlone(publisher, { content, messageId, partition }),
      handle,
    });
  });
}

function bookingIdsIn(content: Buffer): BookingId[] {
  const found = /"bookingId":"([^"]+)"/.exec(content.toString('utf8'))?.[1];
  return found === undefined ? [] : [found as BookingId];
}
