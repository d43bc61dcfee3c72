// Which MongoDB this machine gets: a mongod that is installed, else one that mongodb-memory-server has or can
// download, else the embedded engine.
import { connect } from 'node:net';
import { findOnPath } from './find-program.ts';

export type MongoChoice = { kind: 'mongod'; program: string; words: string } | { kind: 'embedded'; words: string };

export interface MongoChoiceOptions {
  /** `embedded` takes the embedded engine whatever else there is. */
  prefer: 'any' | 'embedded';
  say: (line: string) => void;
}

const DOWNLOAD_HOST = 'fastdl.mongodb.org';
/** An unreachable host is found out within this; a machine without the internet must not wait for it longer. */
const REACH_LIMIT_MS = 3_000;
/** A slower download goes on in the background for the next start; this one takes the embedded engine. */
const DOWNLOAD_LIMIT_MS = 45_000;

export async function chooseMongo(options: MongoChoiceOptions): Promise<MongoChoice> {
  if (options.prefer === 'embedded') return { kind: 'embedded', words: 'embedded-mongo (as asked for)' };
  const installed = findOnPath(['mongod']);
  if (installed) return { kind: 'mongod', program: installed, words: `mongod of this machine (${installed})` };

  // Loaded only here: it is slow to load, and a machine with a mongod does without it.
  const { DryMongoBinary, MongoBinary } = await import('mongodb-memory-server-core');
  const kept = await DryMongoBinary.locateBinary(DryMongoBinary.getEnsuredOptions()).catch(() => undefined);
  if (kept) return { kind: 'mongod', program: kept, words: `mongod kept by mongodb-memory-server (${kept})` };

  if (await reaches(DOWNLOAD_HOST)) {
    options.say('downloading a mongod (once)');
    const fetched = await within(DOWNLOAD_LIMIT_MS, MongoBinary.getPath());
    if (fetched)
      return { kind: 'mongod', program: fetched, words: `mongod fetched by mongodb-memory-server (${fetched})` };
  }
  return { kind: 'embedded', words: 'embedded-mongo (no mongod on this machine and none to be downloaded)' };
}

/** The value when it comes in time; undefined when it fails or is late. */
async function within<T>(limitMs: number, promise: Promise<T>): Promise<T | undefined> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    limit = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([promise.catch(() => undefined), late]);
  } finally {
    clearTimeout(limit);
  }
}

function reaches(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 443 });
    const end = (answer: boolean) => {
      socket.destroy();
      clearTimeout(limit);
      resolve(answer);
    };
    const limit = setTimeout(() => end(false), REACH_LIMIT_MS);
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
