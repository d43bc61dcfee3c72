// An older copy of the line in a Redis that went on running, as leaders meet it.
import { checkpoints } from '@onsale/booking-mongo';
import { manualClock, testMongo, testRedis, waitFor } from '@onsale/testkit';
import { type TestLeader, testLeader } from '../test-admitter.ts';
import { newSaleMemory } from './sale-memory.ts';

let leader: TestLeader;
afterEach(() => leader.close());
const mongo = testMongo();
const redis = testRedis();

const begin = async (name: string, fans: number) => {
  leader = await testLeader(name, { mongo, redis, clock: manualClock(Date.now()) });
  await leader.join(fans);
  await leader.change({ 'admission.ceiling': 0, 'admission.maxActive': 500 });
  await waitFor(async () => {
    await leader.ticks(1);
    return (await leader.document()).phase === 'open';
  });
};

async function copyOfLine(): Promise<() => Promise<void>> {
  const { client } = redis;
  const keys = await client.keys(`*{sale:${leader.saleId}}*`);
  const dumps = await Promise.all(keys.map(async (key) => [key, await client.dumpBuffer(key)] as const));
  return async () => {
    for (const key of await client.keys(`*{sale:${leader.saleId}}*`)) await client.del(key);
    for (const [key, dump] of dumps) if (dump !== null) await client.restore(key, 0, dump);
  };
}

const epoch = async () => (await checkpoints(leader.mongo).findById(leader.saleId).orFail().lean()).epoch;
const forget = () => {
  leader.memory = newSaleMemory();
};

test('INV-40: a leader that finds figures fallen restores the line, and calls nobody twice', async () => {
  await begin('older-copy', 200);
  await leader.ticks(6);
  const comeBack = await copyOfLine();
  await leader.ticks(6);
  const { served } = await leader.document();
  await comeBack();
  expect((await leader.document()).served).toBeLessThan(served);
  await leader.ticks(1);
  expect(await epoch()).toBe(2);
  await leader.ticks(2);
  expect((await leader.document()).epoch).toBe(2);
  expect((await leader.document()).served).toBeGreaterThanOrEqual(served);
});

test('so does one that remembers nothing, by the checkpoint: by the calls at once, by the leased indexes in a moment', async () => {
  await begin('older-copy-new-leader', 200);
  await leader.ticks(6);
  const beforeCalls = await copyOfLine();
  await leader.ticks(6);
  await beforeCalls();
  forget();
  await leader.ticks(1);
  expect(await epoch()).toBe(2);

  await leader.ticks(6);
  await leader.change({ paused: true });
  await leader.ticks(2);
  const beforeJoins = await copyOfLine();
  await leader.join(2_000);
  await leader.ticks(1);
  await beforeJoins();
  forget();
  await leader.ticks(1);
  expect(await epoch()).toBe(2);
  await leader.ticks(2);
  expect(await epoch()).toBe(3);
});

test('a change of the leader alone restores nothing', async () => {
  await begin('no-older-copy', 1_500);
  await leader.ticks(6);
  forget();
  await leader.ticks(6);
  expect(await epoch()).toBe(1);
});
