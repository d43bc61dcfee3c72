import { testMongo } from '@onsale/testkit';
import { connectMongo, type Mongo } from '../connect-mongo.ts';
import { prepareDatabase } from '../prepare-database.ts';
import { takePartition } from './take-partition.ts';
import { announceWorker, silentPartitions, withdrawWorker, workers } from './worker-presence.ts';

const database = testMongo();
let mongo: Mongo;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
afterAll(() => mongo.close());

const silent = async () => [...(await silentPartitions(mongo, 3))];

test('a partition is silent when its owner is: frozen, gone, or nobody at all', async () => {
  expect(await silent()).toEqual([0, 1, 2]);
  await announceWorker(mongo, 'one');
  await announceWorker(mongo, 'two');
  expect(await silent()).toEqual([]);
  await takePartition(mongo, 0, 'one');
  await takePartition(mongo, 1, 'two');
  expect(await silent()).toEqual([]);
  await workers(mongo).updateOne({ _id: 'one' }, { $set: { seenAt: new Date(Date.now() - 60_000) } });
  expect(await silent()).toEqual([0]);
  await withdrawWorker(mongo, 'two');
  expect(await silent()).toEqual([0, 1, 2]);
  await announceWorker(mongo, 'three');
  await takePartition(mongo, 0, 'three');
  expect(await silent()).toEqual([1]);
});
