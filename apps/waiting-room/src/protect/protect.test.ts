// A storm from one network, against a running waiting room whose peaceful pace is twenty joins a minute.
import { findCrowded } from '@onsale/booking-mongo';
import type { JoinedView, Problem } from '@onsale/contracts';
import { type SaleId, solveWork, type WorkChallenge, workPayload } from '@onsale/domain';
import { testMongo, testRedis } from '@onsale/testkit';
import { readCrowded } from '@onsale/waiting-room-redis';
import { startRoom, type TestRoom } from '../test-room.ts';
import { addressList, askerOf, blockOf } from './address-block.ts';
import { JoinPace } from './join-pace.ts';

const mongo = testMongo();
const redis = testRedis();
let room: TestRoom;
let saleId: SaleId;
let network = 0;

beforeAll(async () => {
  room = await startRoom({ mongoUri: mongo.uri, redisUrl: redis.url, peacefulJoins: 20 });
});
beforeEach(async () => {
  saleId = await room.openSale();
  network++;
});
afterAll(() => room.stop());

const url = () => `${room.url}/api/v1/sales/${saleId}`;
const from = (host: number, block = network) => ({ 'x-forwarded-for': `203.0.${block}.${host}` });

async function join(headers: Record<string, string>, body: object = {}) {
  const reply = await fetch(`${url()}/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: reply.status, body: (await reply.json()) as JoinedView & Problem };
}

const solve = (challenge: WorkChallenge) => workPayload(challenge, solveWork(challenge) as number);

/** The block's peaceful joins, from many hosts of it. */
async function usePeace(): Promise<void> {
  for (let host = 1; host <= 20; host++) expect((await join(from(host))).status).toBe(201);
}

test('a block in a storm is asked for work, who did it joins, and other networks notice nothing', async () => {
  await usePeace();
  const asked = await join(from(21));
  expect(asked).toMatchObject({ status: 428, body: { code: 'challenge_required' } });
  expect((await join(from(1, 250))).status).toBe(201);
  const solution = solve(asked.body.challenge as WorkChallenge);
  expect((await join(from(22), { challenge: solution })).status).toBe(201);
  expect(await join(from(23), { challenge: solution })).toMatchObject({ status: 428 });
});

test('a solution of another network or another sale does not count, and noise is no solution', async () => {
  await usePeace();
  const solution = solve((await join(from(21))).body.challenge as WorkChallenge);
  for (let host = 1; host <= 21; host++) await join(from(host, 249));
  expect(await join(from(22, 249), { challenge: solution })).toMatchObject({ status: 428 });
  expect(await join(from(22), { challenge: 'noise' })).toMatchObject({ status: 428 });
  saleId = await room.openSale();
  expect(await join(from(22), { challenge: solution })).toMatchObject({ status: 428 });
});

test('a solution raced by many is one place', async () => {
  await usePeace();
  const solution = solve((await join(from(21))).body.challenge as WorkChallenge);
  const races = await Promise.all(Array.from({ length: 16 }, () => join(from(22), { challenge: solution })));
  expect(races.filter(({ status }) => status === 201)).toHaveLength(1);
});

test('the places of a storm are noted for the draw, the peaceful ones are not', async () => {
  await usePeace();
  const solution = solve((await join(from(21))).body.challenge as WorkChallenge);
  const { index } = (await join(from(22), { challenge: solution })).body;
  expect(await readCrowded(room.line, { saleId, firstIndex: 0, size: 1000 })).toEqual([[index]]);
  expect(await findCrowded(room.mongo, { _id: 'x', root: null, crowdedHash: null })).toEqual([]);
});

test('who has a place finds it again without work', async () => {
  const mine = (await join(from(1))).body;
  for (let host = 2; host <= 20; host++) await join(from(host));
  const again = await join({
    ...from(1),
    cookie: `onsale_fan=${mine.fanToken}; onsale_place_${saleId}=${mine.placeToken}`,
  });
  expect(again).toMatchObject({ status: 200, body: { index: mine.index } });
});

test('work can be fetched and done in advance, as ALTCHA clients do', async () => {
  for (let host = 1; host <= 20; host++) await join(from(host));
  const reply = await fetch(`${url()}/challenge`, { headers: from(21) });
  const challenge = solve((await reply.json()) as WorkChallenge);
  expect((await join(from(21), { challenge })).status).toBe(201);
});

test('the cost doubles with the storm, ends in 429, and is forgotten a minute later', () => {
  const pace = new JoinPace(100);
  const costs = Array.from({ length: 6500 }, () => pace.count('b', 60_000));
  expect(costs[99]).toEqual({ kind: 'peaceful' });
  expect([100, 199, 400, 1600].map((i) => costs[i])).toEqual(
    [1, 2, 4, 16].map((times) => ({ kind: 'crowded', maxNumber: 50_000 * times })),
  );
  expect(costs[6399]).toMatchObject({ kind: 'crowded', maxNumber: 3_200_000 });
  expect(costs[6400]).toMatchObject({ kind: 'too_many' });
  expect(pace.count('other', 60_000)).toEqual({ kind: 'peaceful' });
  expect(pace.count('b', 121_000)).toMatchObject({ kind: 'crowded' });
  expect(pace.count('b', 180_000)).toEqual({ kind: 'peaceful' });
});

test.each([
  ['203.0.113.7', '203.0.113'],
  ['2001:db8:1:2::9', '2001-db8-1'],
  ['2001:0db8:0001::', '2001-db8-1'],
  ['::1', '0-0-0'],
  ['fe80::1%eth0', 'fe80-0-0'],
])('%s is of the block %s', (address, block) => {
  expect(blockOf(address)).toBe(block);
});

test('only a proxy on the list is believed, and only as far as its own word goes', () => {
  const isTrusted = addressList(['10.0.0.0/8', '::1']);
  const asker = (peer: string, forwardedFor?: string) => askerOf(peer, { forwardedFor, isTrusted });
  expect(asker('198.51.100.1', '1.2.3.4')).toBe('198.51.100.1');
  expect(asker('10.1.1.1')).toBe('10.1.1.1');
  expect(asker('10.1.1.1', '6.6.6.6, 1.2.3.4')).toBe('1.2.3.4');
  expect(asker('10.1.1.1', '6.6.6.6, 1.2.3.4, 10.2.2.2')).toBe('1.2.3.4');
  expect(asker('::1', '::ffff:1.2.3.4')).toBe('1.2.3.4');
  expect(asker('10.1.1.1', '1.2.3.4, unknown')).toBe('10.1.1.1');
  expect(() => addressList(['nonsense'])).toThrow(RangeError);
});
