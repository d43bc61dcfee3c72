// Kills a server with kill -9 at random moments under load, starts it again on the same data, and looks for what
// was acknowledged but is gone, and for transactions of which only a part is there.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { MongoClient } from 'mongodb';

export type KillTrials = { readonly trials: number; readonly dataDir: string; readonly seed: number };
export type KillResult = { trials: number; acknowledged: number; lost: number; halves: number };

type Pair = { _id: string; side: 'left' | 'right'; n: number };

const writers = 8;

/** Each transaction inserts two halves of a pair in two collections; each counter write is one increment. */
export async function runKillTrials({ trials, dataDir, seed }: KillTrials): Promise<KillResult> {
  const entry = join(dataDir, 'server.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: entry,
    logLevel: 'error',
    banner: { js: requireShim },
  });
  const acknowledged = new Set<number>();
  let next = 0;
  const random = generator(seed);
  const result: KillResult = { trials, acknowledged: 0, lost: 0, halves: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const { child, uri } = await launch(entry, join(dataDir, 'data'));
    const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 2000 });
    await check(client, acknowledged, result);
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const timer = setTimeout(() => child.kill('SIGKILL'), 50 + random() * 400);
    const load = Array.from({ length: writers }, async () => {
      for (;;) {
        const n = next;
        next += 1;
        await insertPair(client, n);
        acknowledged.add(n);
      }
    });
    await Promise.allSettled(load);
    await exited;
    clearTimeout(timer);
    await client.close();
  }
  const { child, uri } = await launch(entry, join(dataDir, 'data'));
  const client = await MongoClient.connect(uri);
  await check(client, acknowledged, result);
  await client.close();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await exited;
  return { ...result, acknowledged: acknowledged.size };
}

// The bundled driver-free server needs `require` for what bson loads lazily.
const requireShim = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

async function insertPair(client: MongoClient, n: number): Promise<void> {
  const db = client.db('trial');
  const session = client.startSession();
  try {
    session.startTransaction();
    await db.collection<Pair>('left').insertOne({ _id: `l${n}`, side: 'left', n }, { session });
    await db.collection<Pair>('right').insertOne({ _id: `r${n}`, side: 'right', n }, { session });
    await session.commitTransaction();
  } finally {
    await session.endSession().catch(() => undefined);
  }
}

async function check(client: MongoClient, acknowledged: ReadonlySet<number>, result: KillResult): Promise<void> {
  const db = client.db('trial');
  const numbers = async (name: string): Promise<Set<number>> =>
    new Set(
      (
        await db
          .collection<Pair>(name)
          .find({}, { projection: { n: 1 } })
          .toArray()
      ).map(({ n }) => n),
    );
  const [left, right] = [await numbers('left'), await numbers('right')];
  result.lost += [...acknowledged].filter((n) => !left.has(n) || !right.has(n)).length;
  result.halves += [...left].filter((n) => !right.has(n)).length + [...right].filter((n) => !left.has(n)).length;
}

function launch(entry: string, dataDir: string): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [entry, '--data-dir', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const uri = /^embedded-mongo ready (\S+)/m.exec(text)?.[1];
      if (uri !== undefined) resolve({ child, uri });
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
  });
}

/** A small linear congruential generator: the same seed kills at the same moments. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
