// Two processes lease and join while the store under them is lost again and again.
import { checkpoints } from '@onsale/booking-mongo';
import type { FanId, SaleId } from '@onsale/domain';
import { systemClock } from '@onsale/runtime';
import { testMongo, testRedis } from '@onsale/testkit';
import { connectLine, identityDigest } from '@onsale/waiting-room-redis';
import { knownLines } from '../line/known-lines.ts';
import { startRoom, type TestRoom } from '../test-room.ts';
import { JoinQueue } from './join-queue.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
});
afterAll(() => room.stop());

const FANS = 400;
const LOSSES = 6;

test('INV-31: two processes that lease against each other and a store that is lost give no index twice', async () => {
  const saleId: SaleId = await room.openSale();
  const lines = [connectLine(redis.url), connectLine(redis.url)];
  await Promise.all(lines.map((line) => line.ready()));
  const queues = lines.map(
    (line) => new JoinQueue({ line, mongo: room.mongo, clock: systemClock, lines: knownLines(line) }),
  );
  const given: number[] = [];
  let over = false;
  const joinAs = async (queue: JoinQueue, name: string): Promise<void> => {
    for (;;) {
      const joined = await queue.join(saleId, identityDigest(saleId, name as FanId)).catch(() => null);
      if (joined?.kind === 'joined') return void given.push(joined.index);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const losing = (async () => {
    for (let loss = 0; loss < LOSSES; loss++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await redis.clear();
      await room.restore(saleId);
    }
    over = true;
  })();
  let fan = 0;
  while (!over || fan < FANS) {
    const names = Array.from({ length: 10 }, () => `fan-${fan++}`);
    await Promise.all(names.map((name, i) => joinAs(queues[i % 2] as JoinQueue, name)));
  }
  await losing;
  await Promise.all(lines.map((line) => line.close()));
  expect(new Set(given).size).toBe(given.length);
  const { leasedIndexes } = await checkpoints(room.mongo).findById(saleId).orFail().lean();
  expect(Math.max(...given)).toBeLessThan(leasedIndexes);
});
