import { randomBytes } from 'node:crypto';
import { testMongo } from '@onsale/testkit';
import { connectMongo, type Mongo } from '../connect-mongo.ts';
import { DIGESTS_PER_PIECE, findDigests, findRosterPart, keepRoster } from './rosters.ts';

const database = testMongo();
let mongo: Mongo;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
});
afterAll(() => mongo.close());

const drawId = 'sale:phase';
const partsOf = (fans: number) => ({
  digests: randomBytes(fans * 10),
  twigs: randomBytes(Math.ceil(fans / 64) * 32),
  crowded: Buffer.from('[[1,2]]'),
});

test('a roster comes back as it was kept, whole and piece by piece, and repeating changes nothing', async () => {
  const parts = partsOf(DIGESTS_PER_PIECE * 40 + 5);
  const key = { drawId, root: 'aa' };
  await keepRoster(mongo, { ...key, parts });
  await keepRoster(mongo, { ...key, parts: partsOf(DIGESTS_PER_PIECE * 40 + 5) });
  for (const part of ['digests', 'twigs', 'crowded'] as const) {
    expect((await findRosterPart(mongo, key, part)).equals(parts[part])).toBe(true);
  }
  const at = DIGESTS_PER_PIECE * 10;
  expect((await findDigests(mongo, key, 1))?.equals(parts.digests.subarray(at, 2 * at))).toBe(true);
  expect((await findDigests(mongo, key, 40))?.length).toBe(50);
  expect(await findDigests(mongo, key, 41)).toBeNull();
});

test('two rosters of one draw, frozen by two leaders, do not mix', async () => {
  const [one, other] = [partsOf(9), partsOf(9)];
  await keepRoster(mongo, { drawId, root: 'bb', parts: one });
  await keepRoster(mongo, { drawId, root: 'cc', parts: other });
  expect((await findRosterPart(mongo, { drawId, root: 'bb' }, 'digests')).equals(one.digests)).toBe(true);
  expect((await findRosterPart(mongo, { drawId, root: 'dd' }, 'digests')).length).toBe(0);
});
