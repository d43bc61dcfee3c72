import { randomBytes } from 'node:crypto';
import { type JoinedView, LIVE_PATH, type LineDocument, type PlaceView } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { testMongo, testRedis, waitFor } from '@onsale/testkit';
import {
  identityDigest,
  joinLine,
  leadSale,
  leaseIndexes,
  presentUntil,
  publishLine,
} from '@onsale/waiting-room-redis';
import { io, type Socket } from 'socket.io-client';
import { startRoom, type TestRoom } from '../test-room.ts';

const mongo = testMongo();
const redis = testRedis();
const FAR = 3_000;

let room: TestRoom;
let saleId: SaleId;
let sockets: Socket[] = [];

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url });
  saleId = await room.openSale();
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await room.stop();
});

const join = async () => {
  const reply = await fetch(`${room.url}/api/v1/sales/${saleId}/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return (await reply.json()) as JoinedView;
};

async function connected({ placeToken }: JoinedView) {
  const heard: LineDocument[] = [];
  const socket = io(room.url, { path: LIVE_PATH, transports: ['websocket'], auth: { place: placeToken } });
  sockets = [...sockets, socket];
  socket.on('line', (line: LineDocument) => heard.push(line));
  await waitFor(() => socket.connected);
  return heard;
}

/** Behind whoever joined so far. */
async function fillLine(fans: number): Promise<void> {
  await leaseIndexes(room.line, { saleId, epoch: 1, leased: fans + 1_000 });
  for (let from = 0; from < fans; from += 200) {
    const identities = Array.from({ length: 200 }, () =>
      identityDigest(saleId, randomBytes(8).toString('hex') as FanId),
    );
    await joinLine(room.line, { saleId, identities, present: presentUntil(Date.now() + 600_000) });
  }
}

test('a fan at the front hears of every second, one far back only of what concerns everybody', async () => {
  const first = await join();
  await room.draw(saleId);
  await waitFor(async () => {
    const reply = await fetch(`${room.url}/api/v1/sales/${saleId}/place`, {
      headers: { authorization: `Place ${first.placeToken}` },
    });
    return ((await reply.json()) as PlaceView).number;
  });
  const near = await join();
  await fillLine(FAR);
  const far = await join();
  expect([near.number, (far.number ?? 0) > FAR]).toEqual([2, true]);
  const lead = await leadSale(room.line, { saleId, holder: 'test', leaseMs: 120_000 });
  if (lead.kind !== 'leading') throw new Error(lead.kind);
  let seq = 1;
  const publish = (changed: Partial<LineDocument> = {}) =>
    publishLine(room.line, {
      leadership: lead.leadership,
      document: {
        saleId,
        seq: ++seq,
        epoch: 1,
        phase: 'open',
        served: 0,
        joined: FAR + 2 + seq, // every one differs from the one before
        ratePerMinute: { mean: 60, spread: 0.1 },
        ghosts: { front: '', blocks: '' },
        stock: 'plenty',
        notice: null,
        refresh: { share: 0.1, minSeconds: 2, maxSeconds: 1800 },
        at: new Date().toISOString(),
        ...changed,
      },
    });
  await publish();
  const [heardNear, heardFar] = [await connected(near), await connected(far)];
  await waitFor(async () => {
    await publish();
    return heardNear.length >= 5;
  });
  // The one on connecting, and the first that this process told at all.
  expect(heardFar.length).toBeLessThanOrEqual(2);
  expect(heardNear.length).toBeLessThan(seq);
  for (const news of [
    { notice: 'Doors open at seven.' },
    { phase: 'sold_out', notice: 'Doors open at seven.' },
  ] as const) {
    await publish(news);
    const told = (heard: readonly LineDocument[]) =>
      heard.some((one) => one.notice === news.notice && one.phase === ('phase' in news ? news.phase : 'open'));
    await waitFor(() => told(heardNear) && told(heardFar));
  }
});
