// Kills a server with kill -9 at random moments under load, starts it again on the same data, and looks for what
// was acknowledged but is gone, and for transactions of which only a part is there. Every other server takes a snapshot
// again and again, so that kills meet those, too.
import { type ChildProcess, spawn } from 'node:child_process';
import { Binary, Long, UUID } from 'bson';
import { RawConnection } from '../conformance/raw-connection.ts';
import { type Doc, isDoc, toNumber } from '../values/types.ts';

export type KillTrials = {
  readonly trials: number;
  /** The server as one file that Node can run. */
  readonly entry: string;
  readonly dataDir: string;
  readonly seed: number;
};
export type KillResult = { trials: number; acknowledged: number; lost: number; halves: number };

const writers = 8;
const plainWriters = 3;
const journalBytesSmall = 20_000;

/** Each transaction inserts the two halves of a pair into two collections; some writers insert without one. */
export async function runKillTrials({ trials, entry, dataDir, seed }: KillTrials): Promise<KillResult> {
  const acknowledged = new Set<number>();
  const random = generator(seed);
  const result: KillResult = { trials, acknowledged: 0, lost: 0, halves: 0 };
  let next = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const { child, port } = await launch(entry, dataDir, trial % 2 === 0 ? journalBytesSmall : null);
    await check(port, acknowledged, result);
    const exited = exitOf(child);
    const timer = setTimeout(() => child.kill('SIGKILL'), 20 + random() * 400);
    const writer = async (_: unknown, which: number): Promise<void> => {
      const connection = await RawConnection.open({ host: '127.0.0.1', port });
      const lsid = { id: new Binary(new UUID().buffer, Binary.SUBTYPE_UUID) };
      for (let number = 1; ; number += 1) {
        const n = next;
        next += 1;
        const insert = which < plainWriters ? insertAlone : insertPair;
        if (await insert(connection, { n, lsid, number })) acknowledged.add(n);
      }
    };
    await Promise.allSettled(Array.from({ length: writers }, writer));
    await exited;
    clearTimeout(timer);
  }
  const { child, port } = await launch(entry, dataDir, null);
  await check(port, acknowledged, result);
  const exited = exitOf(child);
  child.kill('SIGTERM');
  await exited;
  return { ...result, acknowledged: acknowledged.size };
}

type Pair = { readonly n: number; readonly lsid: Doc; readonly number: number };

/** Rejects when the server is killed. */
async function insertPair(connection: RawConnection, { n, lsid, number }: Pair): Promise<boolean> {
  const session = { lsid, txnNumber: Long.fromNumber(number), autocommit: false };
  const inserts = [
    { insert: 'left', documents: [{ _id: n }], ...session, startTransaction: true, $db: 'trial' },
    { insert: 'right', documents: [{ _id: n }], ...session, $db: 'trial' },
  ];
  for (const insert of inserts) if (toNumber((await connection.run(insert)).ok) !== 1) return false;
  const reply = await connection.run({
    commitTransaction: 1,
    ...session,
    writeConcern: { w: 'majority' },
    $db: 'admin',
  });
  return toNumber(reply.ok) === 1;
}

/** A retryable write with majority, as drivers send it. */
async function insertAlone(connection: RawConnection, { n, lsid, number }: Pair): Promise<boolean> {
  const fields = { lsid, txnNumber: Long.fromNumber(number), writeConcern: { w: 'majority' }, $db: 'trial' };
  return toNumber((await connection.run({ insert: 'alone', documents: [{ _id: n }], ...fields })).n) === 1;
}

async function check(port: number, acknowledged: ReadonlySet<number>, result: KillResult): Promise<void> {
  const connection = await RawConnection.open({ host: '127.0.0.1', port });
  const [left, right] = [await numbersIn(connection, 'left'), await numbersIn(connection, 'right')];
  const alone = await numbersIn(connection, 'alone');
  connection.close();
  result.lost += [...acknowledged].filter((n) => !(left.has(n) && right.has(n)) && !alone.has(n)).length;
  const onlyIn = (a: Set<number>, b: Set<number>): number => [...a].filter((n) => !b.has(n)).length;
  result.halves += onlyIn(left, right) + onlyIn(right, left);
}

async function numbersIn(connection: RawConnection, name: string): Promise<Set<number>> {
  const { cursor } = await connection.run({ find: name, batchSize: 1_000_000, $db: 'trial' });
  const batch = isDoc(cursor) ? (cursor.firstBatch as Doc[]) : [];
  return new Set(batch.map(({ _id }) => toNumber(_id)));
}

const exitOf = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()));

type Launched = { child: ChildProcess; port: number };

function launch(entry: string, dataDir: string, journalBytesMax: number | null): Promise<Launched> {
  const small = journalBytesMax === null ? [] : ['--journal-bytes-max', String(journalBytesMax)];
  const args = [entry, '--data-dir', dataDir, ...small];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /^embedded-mongo ready \S+:(\d+)\//m.exec(text)?.[1];
      if (port !== undefined) resolve({ child, port: Number(port) });
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
  });
}

/** A linear congruential generator: the same seed kills after the same times. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
