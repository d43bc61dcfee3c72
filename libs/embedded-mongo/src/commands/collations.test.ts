import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../index.ts';

let server: EmbeddedMongo;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  server = await startEmbeddedMongo();
  client = await MongoClient.connect(server.uri);
  db = client.db('collated');
});
afterAll(async () => {
  await client.close();
  await server.stop();
});

const loose = { locale: 'en', strength: 2 } as const;
type Named = { _id: number; name: string; n?: number };

async function named(collection: string, names: readonly string[]): Promise<Collection<Named>> {
  const rows = db.collection<Named>(collection);
  await rows.insertMany(names.map((name, _id) => ({ _id, name })));
  return rows;
}

test('find, count, distinct, aggregate, update, delete and findAndModify compare strings by the collation given', async () => {
  const rows = await named('all', ['Ada', 'ADA', 'ada', 'Åsa', 'Zoë', 'zoe']);
  const names = async (filter: object, collation?: object) =>
    (await rows.find(filter, collation ? { collation: collation as typeof loose } : {}).toArray()).map(
      ({ name }) => name,
    );
  expect(await names({ name: 'ada' })).toEqual(['ada']);
  expect(await names({ name: 'ada' }, loose)).toEqual(['Ada', 'ADA', 'ada']);
  expect(await names({ name: { $in: ['ZOE', 'asa'] } }, { locale: 'en', strength: 1 })).toEqual(['Åsa', 'Zoë', 'zoe']);
  expect(await names({ name: { $gt: 'ada', $lt: 'zoa' } }, loose)).toEqual(['Åsa']);
  expect(await names({ name: { $ne: 'ada' } }, loose)).toEqual(['Åsa', 'Zoë', 'zoe']);
  expect(await names({ $expr: { $eq: ['$name', 'ADA'] } }, loose)).toEqual(['Ada', 'ADA', 'ada']);
  expect(await rows.countDocuments({ name: 'ada' }, { collation: loose })).toBe(3);
  expect(await rows.distinct('name', {}, { collation: loose })).toEqual(['Ada', 'Åsa', 'Zoë', 'zoe']);
  const groups = await rows
    .aggregate([{ $group: { _id: '$name', n: { $sum: 1 }, most: { $max: '$name' } } }, { $sort: { _id: 1 } }], {
      collation: { locale: 'en', strength: 1 },
    })
    .toArray();
  expect(groups.map(({ _id, n }) => [_id, n])).toEqual([
    ['Ada', 3],
    ['Åsa', 1],
    ['Zoë', 2],
  ]);
  expect((await rows.updateMany({ name: 'ada' }, { $inc: { n: 1 } }, { collation: loose })).modifiedCount).toBe(3);
  const changed = await rows.findOneAndUpdate({ name: 'ZOE' }, { $set: { n: 9 } }, { collation: loose });
  expect(changed?._id).toBe(5);
  expect((await rows.deleteMany({ name: 'ada' }, { collation: loose })).deletedCount).toBe(3);
});

test('sorts follow the language: Swedish has å behind z, English beside a; numbers in strings can count as numbers', async () => {
  const rows = await named('sorted', ['z', 'å', 'a', 'Seat 10', 'Seat 9', 'A']);
  const sorted = async (collation: object) =>
    (await rows.find({}, { sort: { name: 1 }, collation: collation as typeof loose }).toArray()).map(
      ({ name }) => name,
    );
  expect(await sorted({ locale: 'sv' })).toEqual(['a', 'A', 'Seat 10', 'Seat 9', 'z', 'å']);
  expect(await sorted({ locale: 'en', caseFirst: 'upper', numericOrdering: true })).toEqual([
    'A',
    'a',
    'å',
    'Seat 9',
    'Seat 10',
    'z',
  ]);
});

test('an index with a collation is unique by it, and serves only commands of that collation', async () => {
  const rows = await named('indexed', ['delta', 'Alpha', 'charlie', 'Bravo']);
  await rows.createIndex({ name: 1 }, { unique: true, collation: loose });
  await expect(rows.insertOne({ _id: 9, name: 'ALPHA' })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { name: 1 },
  });
  const stages = async (filter: object, options: object) => {
    const plan = await rows.find(filter, options).explain('queryPlanner');
    const { winningPlan } = plan.queryPlanner;
    return [winningPlan.stage, winningPlan.inputStage?.indexName];
  };
  expect(await stages({ name: 'alpha' }, { collation: loose })).toEqual(['FETCH', 'name_1']);
  expect(await stages({ name: 'alpha' }, {})).toEqual(['COLLSCAN', undefined]);
  expect(await stages({ name: 'alpha' }, { collation: { locale: 'en', strength: 1 } })).toEqual([
    'COLLSCAN',
    undefined,
  ]);
  expect(await stages({ name: { $gte: 'b' } }, { collation: loose, sort: { name: -1 } })).toEqual(['FETCH', 'name_1']);
  const from = await rows.find({ name: { $gte: 'BRAVO' } }, { collation: loose, sort: { name: 1 } }).toArray();
  expect(from.map(({ name }) => name)).toEqual(['Bravo', 'charlie', 'delta']);
  const backwards = await rows.find({ name: { $lt: 'd' } }, { collation: loose, sort: { name: -1 } }).toArray();
  expect(backwards.map(({ name }) => name)).toEqual(['charlie', 'Bravo', 'Alpha']);
  expect(await rows.find({ name: 'ALPHA' }).toArray()).toEqual([]);
  // Two indexes on one key may differ in their collation, but not in their name.
  await rows.createIndex({ name: 1 }, { name: 'plain' });
  expect(await stages({ name: 'Alpha' }, {})).toEqual(['FETCH', 'plain']);
});

test('a collection with a collation gives it to its commands, its _id and its indexes', async () => {
  const rows = await db.createCollection<{ _id: string; name: string }>('own', { collation: loose });
  await rows.insertOne({ _id: 'a', name: 'Ada' });
  await expect(rows.insertOne({ _id: 'A', name: 'x' })).rejects.toMatchObject({ code: 11000 });
  expect(await rows.findOne({ _id: 'A' })).toEqual({ _id: 'a', name: 'Ada' });
  expect(await rows.findOne({ _id: 'A' }, { collation: { locale: 'simple' } })).toBeNull();
  expect(await rows.countDocuments({ name: 'ADA' })).toBe(1);
  await rows.createIndex({ name: 1 });
  const [, index] = await rows.indexes();
  expect(index?.collation).toMatchObject({ locale: 'en', strength: 2, caseLevel: false, alternate: 'non-ignorable' });
  const [info] = await db.listCollections({ name: 'own' }).toArray();
  expect(info).toMatchObject({ options: { collation: { locale: 'en', strength: 2 } } });
});

test('a view keeps its own collation, and refuses another', async () => {
  await named('under', ['Ada', 'ada']);
  await db.createCollection('seen', { viewOn: 'under', pipeline: [{ $match: { name: 'ADA' } }], collation: loose });
  expect(await db.collection('seen').countDocuments({ name: 'aDa' })).toBe(2);
  await expect(db.collection('seen').findOne({}, { collation: { locale: 'sv' } })).rejects.toMatchObject({ code: 167 });
});

test.each([
  [{ strength: 1 }, 40414],
  [{ locale: 'en', nonsense: 1 }, 40415],
  [{ locale: 5 }, 14],
  [{ locale: 'xx-nowhere' }, 2],
  [{ locale: 'en@collation=phonebook' }, 2],
  [{ locale: 'en', strength: 6 }, 51024],
  [{ locale: 'en', caseFirst: 'middle' }, 2],
  [{ locale: 'simple', strength: 1 }, 2],
  // What Intl cannot do exactly is refused rather than done nearly.
  [{ locale: 'en', strength: 4 }, 238],
  [{ locale: 'en', backwards: true }, 238],
  [{ locale: 'en', caseLevel: true, strength: 2 }, 238],
  [{ locale: 'en', alternate: 'shifted', maxVariable: 'space' }, 238],
])('the collation %j is refused with code %i', async (collation, code) => {
  await expect(db.command({ find: 'all', collation })).rejects.toMatchObject({ code });
});

test('the phone book order of German is another than that of its dictionaries', async () => {
  const rows = await named('german', ['Ad', 'Ä', 'Af']);
  const sorted = async (locale: string) =>
    (await rows.find({}, { sort: { name: 1 }, collation: { locale } }).toArray()).map(({ name }) => name);
  expect(await sorted('de')).toEqual(['Ä', 'Ad', 'Af']);
  expect(await sorted('de@collation=phonebook')).toEqual(['Ad', 'Ä', 'Af']);
});

test('collated indexes and capped collections are there again after a stop', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  const during = async (work: (db: Db) => Promise<void>) => {
    const own = await startEmbeddedMongo({ dataDir });
    const connected = await MongoClient.connect(own.uri);
    await work(connected.db('kept')).finally(async () => {
      await connected.close();
      await own.stop();
    });
  };
  await during(async (kept) => {
    await kept.createCollection('log', { capped: true, size: 4096, max: 3 });
    for (let n = 0; n < 5; n += 1) await kept.collection('log').insertOne({ n });
    await kept.createCollection('people', { collation: loose });
    await kept.collection('people').createIndex({ name: 1 }, { unique: true });
    await kept.collection('people').insertOne({ name: 'Ada' });
  });
  await during(async (kept) => {
    await kept.collection('log').insertOne({ n: 5 });
    expect((await kept.collection('log').find().toArray()).map(({ n }) => n)).toEqual([3, 4, 5]);
    await expect(kept.collection('people').insertOne({ name: 'ADA' })).rejects.toMatchObject({ code: 11000 });
  });
  rmSync(dataDir, { recursive: true, force: true });
});

test('a capped collection keeps what fits by size, and takes no writes inside of a transaction', async () => {
  const log = await db.createCollection<{ n: number; text: string }>('log', { capped: true, size: 1000 });
  await log.insertMany(Array.from({ length: 20 }, (_, n) => ({ n, text: 'x'.repeat(100) })));
  const kept = (await log.find().toArray()).map(({ n }) => n);
  expect(kept).toEqual([13, 14, 15, 16, 17, 18, 19]);
  await client.withSession(async (session) => {
    session.startTransaction();
    await expect(log.insertOne({ n: 1, text: '' }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction();
  });
  await expect(db.createCollection('bad', { capped: true })).rejects.toMatchObject({ code: 72 });
  const stats = await db.command({ collStats: 'log' });
  expect(stats).toMatchObject({ capped: true });
});
