import { MongoClient, MongoServerError } from 'mongodb';
import mongoose from 'mongoose';
import { readConfig, refuseProduction } from './config.ts';
import { type EmbeddedMongo, startEmbeddedMongo } from './index.ts';

let server: EmbeddedMongo;
let client: MongoClient;

beforeAll(async () => {
  server = await startEmbeddedMongo();
  client = await MongoClient.connect(server.uri);
});

afterAll(async () => {
  await client.close();
  await server.stop();
});

test('the official driver inserts, finds, updates, counts and deletes', async () => {
  const things = client.db('shop').collection('things');
  await things.insertMany([{ n: 1 }, { n: 2, tags: ['a', 'b'] }, { n: 3.5 }]);
  expect(await things.countDocuments({ n: { $gte: 2 } })).toBe(2);
  const updated = await things.findOneAndUpdate(
    { n: 1 },
    { $inc: { n: 10 }, $push: { tags: 'x' } as never },
    { returnDocument: 'after' },
  );
  expect(updated).toMatchObject({ n: 11, tags: ['x'] });
  const upsert = await things.updateOne({ n: 99 }, { $set: { made: true } }, { upsert: true });
  expect(upsert.upsertedCount).toBe(1);
  expect((await things.deleteMany({ n: { $gt: 50 } })).deletedCount).toBe(1);
  const groups = await things
    .aggregate([{ $group: { _id: null, total: { $sum: '$n' }, most: { $max: '$n' } } }])
    .toArray();
  expect(groups).toEqual([{ _id: null, total: 16.5, most: 11 }]);
});

test('a cursor gives all documents in batches', async () => {
  const rows = client.db('shop').collection('rows');
  await rows.insertMany(Array.from({ length: 1000 }, (_, i) => ({ i })));
  const seen = await rows.find({ i: { $lt: 900 } }, { batchSize: 100, sort: { i: -1 } }).toArray();
  expect(seen.map(({ i }) => i)).toEqual(Array.from({ length: 900 }, (_, k) => 899 - k));
});

test('a unique index refuses a second document, and says which key', async () => {
  const users = client.db('shop').collection('users');
  await users.createIndex({ mail: 1 }, { unique: true, partialFilterExpression: { mail: { $exists: true } } });
  await users.insertMany([{ mail: 'a@example.org' }, {}, {}]);
  const error = await users.insertOne({ mail: 'a@example.org' }).catch((e: unknown) => e as MongoServerError);
  expect(error).toBeInstanceOf(MongoServerError);
  expect(error).toMatchObject({ code: 11000, keyPattern: { mail: 1 }, keyValue: { mail: 'a@example.org' } });
});

test('a transaction is invisible until it commits, and all of it is there then', async () => {
  const db = client.db('bank');
  const accounts = db.collection<{ _id: string; amount: number }>('accounts');
  await accounts.insertMany([
    { _id: 'a', amount: 10 },
    { _id: 'b', amount: 0 },
  ]);
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await accounts.updateOne({ _id: 'a' }, { $inc: { amount: -4 } }, { session });
      await accounts.updateOne({ _id: 'b' }, { $inc: { amount: 4 } }, { session });
      expect(await accounts.findOne({ _id: 'b' })).toEqual({ _id: 'b', amount: 0 });
      expect(await accounts.findOne({ _id: 'b' }, { session })).toEqual({ _id: 'b', amount: 4 });
    }),
  );
  expect(await accounts.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 'a', amount: 6 },
    { _id: 'b', amount: 4 },
  ]);
});

test('the second writer of a document fails at once, with the label that asks for a retry', async () => {
  const counters = client.db('bank').collection<{ _id: string; n: number }>('counters');
  await counters.insertOne({ _id: 'c', n: 0 });
  const [one, two] = [client.startSession(), client.startSession()];
  one.startTransaction();
  two.startTransaction();
  await counters.updateOne({ _id: 'c' }, { $inc: { n: 1 } }, { session: one });
  const error = (await counters
    .updateOne({ _id: 'c' }, { $inc: { n: 1 } }, { session: two })
    .catch((e: unknown) => e)) as MongoServerError;
  expect(error.code).toBe(112);
  expect(error.hasErrorLabel('TransientTransactionError')).toBe(true);
  await two.abortTransaction();
  await one.commitTransaction();
  expect(await counters.findOne({ _id: 'c' })).toEqual({ _id: 'c', n: 1 });
  await one.endSession();
  await two.endSession();
});

test('a plain write waits for the transaction in its way and then works on what was committed', async () => {
  const seats = client.db('bank').collection<{ _id: string; n: number }>('seats');
  await seats.insertOne({ _id: 's', n: 1 });
  const session = client.startSession();
  session.startTransaction();
  await seats.updateOne({ _id: 's' }, { $inc: { n: 1 } }, { session });
  const waiting = seats.updateOne({ _id: 's' }, { $mul: { n: 10 } });
  await session.commitTransaction();
  await waiting;
  expect(await seats.findOne({ _id: 's' })).toEqual({ _id: 's', n: 20 });
  await session.endSession();
});

test('unmodified mongoose works: schema, index, populate, transaction, optimistic lock', async () => {
  const connection = await mongoose
    .createConnection(`${server.uri}&appName=mongoose`, { dbName: 'mongoose' })
    .asPromise();
  const Venue = connection.model('Venue', new mongoose.Schema({ name: { type: String, unique: true } }));
  const schema = new mongoose.Schema(
    { title: String, seats: Number, venue: { type: mongoose.Schema.Types.ObjectId, ref: 'Venue' } },
    { timestamps: true, optimisticConcurrency: true },
  );
  const Show = connection.model('Show', schema);
  await Promise.all([Venue.init(), Show.init()]);
  const venue = await Venue.create({ name: 'Hall' });
  await connection.transaction(async (session) => {
    await Show.create(
      [
        { title: 'A', seats: 2, venue: venue._id },
        { title: 'B', seats: 3, venue: venue._id },
      ],
      { session, ordered: true },
    );
  });
  const shows = await Show.find({ seats: { $in: [2, 3] } })
    .sort('title')
    .populate<{ venue: { name: string } }>('venue')
    .lean();
  expect(shows.map(({ title, venue: v }) => [title, v.name])).toEqual([
    ['A', 'Hall'],
    ['B', 'Hall'],
  ]);
  const [first, second] = [await Show.findOne({ title: 'A' }).orFail(), await Show.findOne({ title: 'A' }).orFail()];
  first.seats = 5;
  await first.save();
  second.seats = 6;
  await expect(second.save()).rejects.toThrow(mongoose.Error.VersionError);
  await connection.close();
});

test('a snapshot read outside of a transaction can be repeated at its time, whatever was written since', async () => {
  const marks = client.db('bank').collection<{ _id: number; n: number }>('marks');
  await marks.insertMany(Array.from({ length: 5 }, (_, _id) => ({ _id, n: 0 })));
  await client.withSession({ snapshot: true }, async (session) => {
    expect(await marks.countDocuments({ n: 0 }, { session })).toBe(5);
    await marks.updateMany({}, { $inc: { n: 1 } });
    await marks.deleteOne({ _id: 4 });
    expect(await marks.countDocuments({ n: 0 }, { session })).toBe(5);
    expect(await marks.distinct('n', {}, { session })).toEqual([0]);
  });
  expect(await marks.countDocuments({ n: 1 })).toBe(4);
});

test('a hidden index serves nobody until it is shown again', async () => {
  const rows = client.db('shop').collection('hiding');
  await rows.createIndex({ k: 1 }, { hidden: true });
  const stage = async () => (await rows.find({ k: 1 }).explain('queryPlanner')).queryPlanner.winningPlan.stage;
  expect(await stage()).toBe('COLLSCAN');
  const shown = await client.db('shop').command({ collMod: 'hiding', index: { name: 'k_1', hidden: false } });
  expect(shown).toMatchObject({ hidden_old: true, hidden_new: false });
  expect(await stage()).toBe('FETCH');
});

test('it says that it is embedded', async () => {
  expect(await client.db('admin').command({ buildInfo: 1 })).toMatchObject({ embedded: true, modules: ['embedded'] });
});

test('it refuses to run in production', () => {
  expect(() => refuseProduction({ NODE_ENV: 'production' })).toThrow('never runs in production');
  expect(() => readConfig(['--port', '70000'], { NODE_ENV: 'production' })).toThrow(/port .*; .*never runs/);
});
