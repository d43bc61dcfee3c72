import { randomBytes } from 'node:crypto';
import { testMongo } from '@onsale/testkit';
import { connectMongo, type Mongo } from '../connect-mongo.ts';
import { findRoster, keepRoster } from './rosters.ts';

const database = testMongo();
let mongo: Mongo;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
});
afterAll(() => mongo.close());

test('a roster larger than one document comes back as it was kept, and repeating changes nothing', async () => {
  const roster = randomBytes(9 * 1024 * 1024);
  await keepRoster(mongo, { drawId: 'sale:phase', roster });
  await keepRoster(mongo, { drawId: 'sale:phase', roster });
  expect((await findRoster(mongo, 'sale:phase')).equals(roster)).toBe(true);
  expect((await findRoster(mongo, 'sale:other')).length).toBe(0);
});
