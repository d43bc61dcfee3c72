// A partition that nobody asks anything of, taken over from a worker that was killed.
import { bookings, connectMongo } from '@onsale/booking-mongo';
import { bookingTopology } from '@onsale/contracts';
import { Broker, ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import { createLogger } from '@onsale/runtime';
import { insertTestSale, reserveCommand, testApps, testMongo, testRabbit, testRedis, waitFor } from '@onsale/testkit';

const database = testMongo();
const rabbit = testRabbit();
const redis = testRedis();
const PARTITIONS = 2;
const PATIENCE_MS = 60_000;
const apps = testApps(() => ({
  MONGODB_URI: database.uri,
  AMQP_URL: rabbit.url,
  REDIS_URL: redis.url,
  ONSALE_PARTITIONS: String(PARTITIONS),
  ONSALE_PUBLIC_URL: 'http://127.0.0.1',
  ONSALE_SANDBOX_SECRET: 's',
}));

test('INV-18: a hold ends in time with a new owner of its partition who was sent nothing since the old one died', async () => {
  const mongo = await connectMongo(database.uri);
  const logger = createLogger({ app: 'test', level: 'silent' });
  const broker = new Broker({ url: rabbit.url, topology: bookingTopology(PARTITIONS), logger, name: 'test' });
  const publisher = new ConfirmedPublisher(broker);
  await broker.start();
  try {
    const sale = await insertTestSale(database.db, { holdSeconds: 25 });
    const [first] = await Promise.all([apps.start('booking-worker'), apps.start('jobs')]);
    await publishCommand(publisher, { command: reserveCommand(sale, 'idle', ['A1', 'A2']), partitions: PARTITIONS });
    const held = await waitFor(() => bookings(mongo).findOne({ state: 'held' }).lean(), PATIENCE_MS);
    await first.kill();
    await apps.start('booking-worker');
    const expired = await waitFor(() => bookings(mongo).findOne({ state: 'expired' }).lean(), PATIENCE_MS);
    const lateMs = expired.decidedAt.getTime() - (held.holdExpiresAt?.getTime() ?? 0);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(1_000);
  } finally {
    await broker.stop();
    await mongo.close();
  }
}, 180_000);
