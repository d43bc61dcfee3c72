import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bookings, connectMongo, type Mongo, prepareDatabase } from '@onsale/booking-mongo';
import type { BookingId } from '@onsale/domain';
import { connectShop, noteWaiting, type ShopRedis } from '@onsale/shop-redis';
import { insertTestSale, testMongo, testRedis, waitFor } from '@onsale/testkit';
import { inheritedEnv } from './config.ts';
import { look } from './look.ts';

const database = testMongo();
const redis = testRedis();
let mongo: Mongo;
let shop: ShopRedis;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
  shop = connectShop(redis.url);
  await new Promise((resolve) => shop.redis.once('ready', resolve));
});
afterAll(async () => {
  await shop.close();
  await mongo.close();
});

const TWO_MINUTES_AGO = Date.now() - 120_000;

test('INV-7: an accepted request that was never decided is found, a decided and a young one are not', async () => {
  const sale = await insertTestSale(database.db, { name: 'waits' });
  const note = (name: string, since: number) =>
    noteWaiting(shop, [{ bookingId: name as BookingId, since, command: '{}' }]);
  await note('bk_lost', TWO_MINUTES_AGO);
  await note('bk_decided', TWO_MINUTES_AGO);
  await note('bk_young', Date.now());
  await bookings(mongo).collection.insertOne({ _id: 'bk_decided', ...sale, state: 'released' } as never);
  const found = (await look({ mongo, shop })).findings.find(({ id }) => id === 'INV-7');
  expect(found?.faults).toEqual([expect.stringMatching(/^booking bk_lost waits for 1[12]\d s$/)]);
  expect((await look({ mongo, shop: null })).findings.some(({ id }) => id === 'INV-7')).toBe(false);
  await bookings(mongo).deleteMany({});
});

test('--watch looks again and again, tells what is broken, and its exit code remembers it', async () => {
  await database.clear();
  const env = { ...inheritedEnv, MONGODB_URI: database.uri };
  const child = spawn(process.execPath, ['apps/auditor/dist/main.js', '--watch', '--every-seconds', '1'], { env });
  const ended = once(child, 'exit');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  try {
    await waitFor(() => said.includes('0 claims, 0 tickets: all'), 30_000);
    await database.db.collection<{ _id: string }>('claims').insertOne({
      ...{ _id: 'perf:A1', performanceId: 'perf', seatId: 'A1', bookingId: 'bk_none' },
    });
    await waitFor(() => said.includes('BROKEN INV-10'), 30_000);
    await database.db.collection<{ _id: string }>('claims').deleteOne({ _id: 'perf:A1' });
    const before = said.length;
    await waitFor(() => said.slice(before).includes('invariants hold'), 30_000);
  } finally {
    child.kill('SIGINT');
  }
  const [code] = await ended;
  expect(code).toBe(1);
}, 120_000);
