// Workers for the tests of this app, on a real MongoDB, RabbitMQ and Redis, and requests for them to decide.
import { connectMongo, type Mongo } from '@onsale/booking-mongo';
import { type BookingCommand, bookingTopology } from '@onsale/contracts';
import type { BookingId, FanId } from '@onsale/domain';
import { Broker, ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import { createLogger, type RunningApp, startApp } from '@onsale/runtime';
import { type TestSale, testMongo, testRabbit, testRedis } from '@onsale/testkit';
import { compose } from './compose.ts';

const logger = createLogger({ app: 'test', level: 'silent' });

/** Call it beside the tests, not in one: it starts and stops with them; workers end with the test they were started in. */
export function testWorkers({ partitions }: { readonly partitions: number }) {
  const database = testMongo();
  const rabbit = testRabbit();
  const redis = testRedis();
  const running: RunningApp[] = [];
  let mongo: Mongo;
  let broker: Broker;
  let publisher: ConfirmedPublisher;

  beforeAll(async () => {
    mongo = await connectMongo(database.uri);
    broker = new Broker({ url: rabbit.url, topology: bookingTopology(partitions), logger, name: 'test' });
    publisher = new ConfirmedPublisher(broker);
    await broker.start();
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
  });
  afterAll(async () => {
    await broker.stop();
    await mongo.close();
  });

  return {
    database,
    rabbit,
    redis,
    running,
    get mongo() {
      return mongo;
    },
    async startWorker(): Promise<RunningApp> {
      const description = await compose(
        {
          INTERNAL_PORT: 0,
          MONGODB_URI: database.uri,
          AMQP_URL: rabbit.url,
          REDIS_URL: redis.url,
          ONSALE_PARTITIONS: partitions,
          ONSALE_BATCH_MAX: 50,
        },
        logger,
      );
      const app = await startApp(description);
      running.push(app);
      return app;
    },
    publish: (command: BookingCommand) => publishCommand(publisher, { command, partitions }),
  };
}

export type WantedItems = Extract<BookingCommand, { type: 'reserve' }>['items'];

/** A request of a fan of its own. */
export function reserve(sale: TestSale, name: string, items: WantedItems): BookingCommand {
  return {
    ...envelope(sale, `reserve-${name}`),
    type: 'reserve',
    saleId: sale.saleId,
    bookingId: `bk_${name}` as BookingId,
    fanId: `fan-${name}` as FanId,
    bodyHash: '0'.repeat(64),
    items,
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  };
}

export function release(sale: TestSale, name: string): BookingCommand {
  const bookingId = `bk_${name}` as BookingId;
  return { ...envelope(sale, `release-${name}`), type: 'release', bookingId, by: 'fan' };
}

function envelope({ performanceId }: TestSale, commandId: string) {
  return { version: 1 as const, commandId, acceptedAt: new Date().toISOString(), trace: null, performanceId };
}
