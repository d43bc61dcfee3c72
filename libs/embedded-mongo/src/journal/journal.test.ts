import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../index.ts';
import { runKillTrials } from './kill-trials.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function withServer<T>(
  work: (client: MongoClient) => Promise<T>,
  journalBytesMax = 64 * 1024 * 1024,
): Promise<T> {
  const server = await startEmbeddedMongo({ dataDir, journalBytesMax });
  const client = await MongoClient.connect(server.uri);
  try {
    return await work(client);
  } finally {
    await client.close();
    await server.stop();
  }
}

test('documents, indexes, options and drops are there again after a stop', async () => {
  await withServer(async (client) => {
    const db = client.db('shop');
    await db.createCollection('checked', { validator: { n: { $gte: 0 } } });
    await db.collection('things').createIndex({ k: 1 }, { unique: true });
    await db.collection('things').insertMany([{ k: 1 }, { k: 2, at: new Date(5), n: 1.5 }, { k: 3 }]);
    await db.collection('things').updateOne({ k: 1 }, { $set: { changed: true } });
    await db.collection('things').deleteOne({ k: 3 });
    await db.collection('gone').insertOne({});
    await db.dropCollection('gone');
    await client.withSession((session) =>
      session.withTransaction(() => db.collection('things').insertOne({ k: 4 }, { session })),
    );
  });
  await withServer(async (client) => {
    const db = client.db('shop');
    const docs = await db
      .collection('things')
      .find({}, { projection: { _id: 0 }, sort: { k: 1 } })
      .toArray();
    expect(docs).toEqual([{ k: 1, changed: true }, { k: 2, at: new Date(5), n: 1.5 }, { k: 4 }]);
    await expect(db.collection('things').insertOne({ k: 2 })).rejects.toMatchObject({ code: 11000 });
    await expect(db.collection('checked').insertOne({ n: -1 })).rejects.toMatchObject({ code: 121 });
    expect((await db.listCollections().toArray()).map(({ name }) => name).sort()).toEqual(['checked', 'things']);
  });
});

test('what collMod changed of an index is there again after a stop', async () => {
  await withServer(async (client) => {
    const db = client.db('d');
    await db.collection('c').createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await db.command({ collMod: 'c', index: { name: 'at_1', expireAfterSeconds: 90, hidden: true } });
  });
  await withServer(async (client) => {
    const [, index] = await client.db('d').collection('c').indexes();
    expect(index).toMatchObject({ name: 'at_1', expireAfterSeconds: 90, hidden: true });
  });
});

test('a retry of a write from before the stop is not executed again', async () => {
  const command = { update: 'c', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }], txnNumber: 1n };
  const lsid = { id: crypto.randomUUID() };
  const { UUID, Long } = await import('bson');
  const retried = { ...command, lsid: { id: new UUID(lsid.id) }, txnNumber: Long.fromNumber(1) };
  const run = async (client: MongoClient) => {
    const { RawConnection } = await import('../conformance/raw-connection.ts');
    const [host = '', port = ''] = client.options.hosts[0]?.toString().split(':') ?? [];
    const connection = await RawConnection.open({ host, port: Number(port) });
    const reply = await connection.run({ ...retried, $db: 'd' });
    connection.close();
    return reply;
  };
  await withServer(async (client) => {
    await client.db('d').collection<{ _id: number; n: number }>('c').insertOne({ _id: 1, n: 0 });
    await run(client);
  });
  await withServer(async (client) => {
    expect(await run(client)).toMatchObject({ retriedStmtIds: [expect.anything()] });
    expect(await client.db('d').collection<{ _id: number; n: number }>('c').findOne({ _id: 1 })).toEqual({
      _id: 1,
      n: 1,
    });
  });
});

test('a transaction of more than 17 MB is there again after a stop, whole', async () => {
  const texts = Array.from({ length: 4 }, (_, i) => String(i).repeat(6 * 1024 * 1024));
  await withServer((client) =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        for (const text of texts) await client.db('d').collection('big').insertOne({ text }, { session });
      }),
    ),
  );
  await withServer(async (client) => {
    const kept = await client.db('d').collection('big').find().toArray();
    expect(kept.map(({ text }) => text === texts[Number(text[0])])).toEqual([true, true, true, true]);
  });
}, 60_000);

test('a torn last record is cut off, and what came before it stays', async () => {
  await withServer((client) => client.db('d').collection('c').insertOne({ whole: true }));
  const journal = join(dataDir, 'journal-0.log');
  const before = statSync(journal).size;
  appendFileSync(journal, Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5, 6]));
  await withServer(async (client) => expect(await client.db('d').collection('c').countDocuments()).toBe(1));
  expect(statSync(journal).size).toBe(before);
});

test('a journal that has grown is replaced by a snapshot while writes go on', async () => {
  await withServer(async (client) => {
    const numbers = client.db('d').collection<{ _id: number; text: string }>('numbers');
    const insert = (from: number) =>
      numbers.insertMany(Array.from({ length: 50 }, (_, i) => ({ _id: from + i, text: 'x'.repeat(200) })));
    for (let i = 0; i < 40; i += 2) await Promise.all([insert(i * 50), insert((i + 1) * 50)]);
  }, 40_000);
  const files = readdirSync(dataDir).sort();
  expect(files.filter((name) => name.startsWith('snapshot')).length).toBe(1);
  expect(files.filter((name) => name.startsWith('journal')).length).toBeLessThanOrEqual(2);
  await withServer(async (client) => expect(await client.db('d').collection('numbers').countDocuments({})).toBe(2000));
});

test('fresh begins with nothing, whatever was there', async () => {
  await withServer((client) => client.db('d').collection('c').insertOne({}));
  const server = await startEmbeddedMongo({ dataDir, fresh: true });
  const client = await MongoClient.connect(server.uri);
  expect(await client.db('d').collection('c').countDocuments()).toBe(0);
  await client.close();
  await server.stop();
});

test('kill -9 at a random moment loses no acknowledged write and shows no half transaction', async () => {
  const entry = join(dataDir, 'server.mjs');
  const source = join(__dirname, '../main.ts');
  // The bundle needs a `require` for what bson loads when it is first used.
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  await build({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: entry,
    logLevel: 'error',
    banner,
  });
  const result = await runKillTrials({ trials: 3, entry, dataDir: join(dataDir, 'data'), seed: 7 });
  expect(result).toMatchObject({ trials: 3, lost: 0, halves: 0 });
  expect(result.acknowledged).toBeGreaterThan(0);
}, 60_000);
