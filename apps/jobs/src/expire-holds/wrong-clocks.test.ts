// The real worker and jobs with clocks ten minutes wrong (libfaketime), beside a database whose clock is right.
import { bookings, connectMongo, type Mongo } from '@onsale/booking-mongo';
import { bookingTopology } from '@onsale/contracts';
import { Broker, ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import { createLogger } from '@onsale/runtime';
import {
  faketimeLibrary,
  insertTestSale,
  reserveCommand,
  testApps,
  testMongo,
  testRabbit,
  testRedis,
  waitFor,
} from '@onsale/testkit';

const library = faketimeLibrary();
const withFaketime = library === undefined ? test.skip : test;
if (library === undefined) process.stdout.write('wrong clocks are not tested: this system preloads no library\n');

const database = testMongo();
const rabbit = testRabbit();
const redis = testRedis();
const PARTITIONS = 2;
const PATIENCE_MS = 60_000;
const HOLD_SECONDS = 3;
let mongo: Mongo;
let broker: Broker;
let publisher: ConfirmedPublisher;
const apps = testApps(() => ({
  MONGODB_URI: database.uri,
  AMQP_URL: rabbit.url,
  REDIS_URL: redis.url,
  ONSALE_PARTITIONS: String(PARTITIONS),
  ONSALE_PUBLIC_URL: 'http://127.0.0.1',
  ONSALE_SANDBOX_SECRET: 's',
}));

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  const logger = createLogger({ app: 'test', level: 'silent' });
  broker = new Broker({ url: rabbit.url, topology: bookingTopology(PARTITIONS), logger, name: 'test' });
  publisher = new ConfirmedPublisher(broker);
  await broker.start();
});
afterAll(async () => {
  await broker.stop();
  await mongo.close();
});

withFaketime.each([
  ['+600s', '-600s'],
  ['-600s', '+600s'],
])(
  'with the worker at %s and the jobs at %s no hold is lost early and none lives a second too long',
  async (worker, jobs) => {
    const name = worker.startsWith('+') ? 'fast' : 'slow';
    const sale = await insertTestSale(database.db, { name, rows: [20, 20], holdSeconds: HOLD_SECONDS });
    const started = [await apps.start('booking-worker', { clock: worker }), await apps.start('jobs', { clock: jobs })];
    try {
      const mine = { performanceId: sale.performanceId };
      const ends = new Map<string, number>();
      for (let i = 0; i < 10; i++) {
        const command = reserveCommand(sale, `${name}-${i}`, [`A${i + 1}`]);
        await publishCommand(publisher, { command, partitions: PARTITIONS });
      }
      await waitFor(async () => {
        for (const { _id, holdExpiresAt } of await bookings(mongo).find(mine).lean()) {
          if (holdExpiresAt !== null) ends.set(_id, holdExpiresAt.getTime());
        }
        return ends.size === 10;
      }, PATIENCE_MS);
      await waitFor(
        async () => (await bookings(mongo).countDocuments({ ...mine, state: 'expired' })) === 10,
        PATIENCE_MS,
      );
      for (const { _id, decidedAt } of await bookings(mongo).find(mine).lean()) {
        const lateMs = decidedAt.getTime() - (ends.get(_id) ?? 0);
        expect(lateMs).toBeGreaterThanOrEqual(0);
        expect(lateMs).toBeLessThan(1_000);
      }
    } finally {
      for (const app of started) await app.kill();
    }
  },
  180_000,
);
