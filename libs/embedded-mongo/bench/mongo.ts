// Figures of the embedded server, measured through the official driver over a socket, with the server in a process of
// its own and the journal on: single inserts, transactions, reads by _id and by an index, and how reads grow.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient } from 'mongodb';

/** `cpuUs` is what the server's process itself used for each: it hardly depends on what else the machine does. */
type Row = { what: string; perSecond: number; p50Ms: number; p99Ms: number; cpuUs: number };
type Doc = { _id: number; k: number; text: string };

const measureMs = 2000;

export async function run(say: (line: string) => void): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
  const { child, uri } = await launch(dataDir);
  const client = await MongoClient.connect(uri, { maxPoolSize: 100 });
  const rows: Row[] = [];
  const keep = (row: Row): void => {
    rows.push(row);
    const times = `p50 ${row.p50Ms.toFixed(2)} ms, p99 ${row.p99Ms.toFixed(2)} ms, server CPU ${row.cpuUs.toFixed(0)} µs`;
    say(`  ${row.what.padEnd(58)} ${Math.round(row.perSecond).toString().padStart(8)}/s  ${times}`);
  };
  try {
    const db = client.db('bench');
    // What the wire and the driver cost alone.
    keep(await measure('ping, 1 in flight', 1, () => db.command({ ping: 1 })));
    keep(await measure('ping, 16 in flight', 16, () => db.command({ ping: 1 })));
    keep(await inserts(db.collection('inserts'), 1));
    keep(await inserts(db.collection('inserts64'), 64));
    keep(await transactions(client, { documents: 3, sessions: 64 }));
    keep(await transactions(client, { documents: 3, sessions: 1 }));
    keep(await transactions(client, { documents: 150, sessions: 1 }));
    const sized = db.collection<Doc>('sized');
    await sized.createIndex({ k: 1 });
    let filled = 0;
    for (const size of [1_000, 10_000, 100_000, 1_000_000]) {
      await fill(sized, filled, size);
      filled = size;
      keep(
        await measure(`find by _id, ${size} documents`, 16, () =>
          sized.findOne({ _id: Math.floor(Math.random() * size) }),
        ),
      );
      keep(
        await measure(`find by an index, ${size} documents`, 16, () =>
          sized.findOne({ k: Math.floor(Math.random() * size) }),
        ),
      );
      keep(
        await measure(`10 in the order of an index from a value, ${size} documents`, 16, () =>
          sized
            .find({ k: { $gte: Math.floor(Math.random() * size) } })
            .sort({ k: 1 })
            .limit(10)
            .toArray(),
        ),
      );
    }
  } finally {
    await client.close();
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  }
  return rows;
}

const inserts = (collection: Collection, inFlight: number): Promise<Row> =>
  measure(`single inserts, majority, ${inFlight} in flight`, inFlight, () =>
    collection.insertOne({ text: 'x'.repeat(100), at: new Date() }),
  );

type Transactions = { documents: number; sessions: number };

async function transactions(client: MongoClient, { documents, sessions }: Transactions): Promise<Row> {
  const collection = client.db('bench').collection(`transactions${documents}x${sessions}`);
  await collection.createIndex({ seat: 1 }, { unique: true });
  const pool = Array.from({ length: sessions }, () => client.startSession());
  let seat = 0;
  const row = await measure(`transactions of ${documents} inserts, ${sessions} sessions`, sessions, async (worker) => {
    const session = pool[worker] ?? client.startSession();
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
    const docs = Array.from({ length: documents }, () => ({ seat: seat++, text: 'x'.repeat(100) }));
    if (documents <= 3) for (const doc of docs) await collection.insertOne(doc, { session });
    else await collection.insertMany(docs, { session });
    await session.commitTransaction();
  });
  await Promise.all(pool.map((session) => session.endSession()));
  return row;
}

async function fill(collection: Collection<Doc>, from: number, to: number): Promise<void> {
  const batch = 5000;
  for (let start = from; start < to; start += batch) {
    const count = Math.min(batch, to - start);
    await collection.insertMany(
      Array.from({ length: count }, (_, i) => ({ _id: start + i, k: ((start + i) * 7919) % to, text: 'x'.repeat(50) })),
      { ordered: false },
    );
  }
}

/** Runs the act over and over, so many at a time, and tells how often it was done. */
async function measure(what: string, inFlight: number, act: (worker: number) => Promise<unknown>): Promise<Row> {
  await warmUp(inFlight, act);
  const cpuBefore = serverCpuUs();
  const times: number[] = [];
  const start = performance.now();
  const end = start + measureMs;
  await Promise.all(
    Array.from({ length: inFlight }, async (_, worker) => {
      while (performance.now() < end) {
        const before = performance.now();
        await act(worker);
        times.push(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const cpuUs = (serverCpuUs() - cpuBefore) / times.length;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { what, perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), cpuUs };
}

// Code runs slowly until it has run often; a slow machine gets no more than this.
const warmActs = 3000;
const warmMsMax = 5000;

async function warmUp(inFlight: number, act: (worker: number) => Promise<unknown>): Promise<void> {
  const end = performance.now() + warmMsMax;
  let left = warmActs;
  await Promise.all(
    Array.from({ length: inFlight }, async (_, worker) => {
      for (; left > 0 && performance.now() < end; left -= 1) await act(worker);
    }),
  );
}

let serverPid = 0;

// Linux tells the ticks (10 ms each) a process has used in user and system mode.
function serverCpuUs(): number {
  const fields = readFileSync(`/proc/${serverPid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function launch(dataDir: string): Promise<{ child: ChildProcess; uri: string }> {
  const entry = join(import.meta.dirname, 'main.js');
  const child = spawn(process.execPath, [entry, '--data-dir', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const uri = /^embedded-mongo ready (\S+)/m.exec(text)?.[1];
      serverPid = child.pid ?? 0;
      if (uri !== undefined) resolve({ child, uri });
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}
