import type { SaleId } from '@onsale/domain';
import { testMongo, testRedis } from '@onsale/testkit';
import { leadSale, publishLine } from '@onsale/waiting-room-redis';
import { startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;
beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
});
afterAll(() => room.stop());

const lineOf = (saleId: string) => fetch(`${room.url}/api/v1/sales/${saleId}/line`);

async function publishFirst(saleId: SaleId): Promise<void> {
  const lead = await leadSale(room.line, { saleId, holder: 'test', leaseMs: 60_000 });
  if (lead.kind !== 'leading') throw new Error(lead.kind);
  await publishLine(room.line, {
    leadership: lead.leadership,
    document: {
      saleId,
      seq: 1,
      epoch: 1,
      phase: 'prequeue',
      served: 0,
      joined: 1,
      ratePerMinute: { mean: 60, spread: 0.1 },
      ghosts: { front: '', blocks: '' },
      stock: 'plenty',
      notice: null,
      refresh: { share: 0.1, minSeconds: 2, maxSeconds: 1800 },
      at: new Date().toISOString(),
    },
  });
}

test('fans who ask before the first document of a line that was just opened get it as soon as it is told', async () => {
  const saleId = await room.openSale();
  const asked = Promise.all([1, 2, 3].map(() => lineOf(saleId)));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await publishFirst(saleId);
  const replies = await asked;
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(await Promise.all(replies.map((reply) => reply.text()))).size).toBe(1);
});

test('a line that nobody leads is told as such, with a time to come back; an unknown sale does not exist', async () => {
  const reply = await lineOf(await room.openSale());
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '2']);
  expect((await lineOf('sale_unknown')).status).toBe(404);
});
