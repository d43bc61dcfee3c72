// The connection every process shares the shape of. Majority writes by default: what was answered must survive a
// change of primary.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@onsale/runtime';
import { type Connection, createConnection } from 'mongoose';
import { mendDrain } from './mend-drain.ts';

export type Mongo = Connection;

const SELECTION_LIMIT_MS = 5_000;
const SOCKET_LIMIT_MS = 15_000;
/** How often the driver looks at each server, and the longest it waits for an answer of one. */
const LOOK_EVERY_MS = 2_000;
const CONNECT_LIMIT_MS = 3_000;

/** A database that is started again, or moves to another primary, is back well within this. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 1_000;

export type ConnectOptions = {
  /** Sockets of this process at most. */
  readonly poolSize?: number;
  /** A server that is away is tried again for so long; 0: once. */
  readonly patienceMs?: number;
  readonly logger?: Logger;
};

/** Connects, or rejects when no server was there for all the patience (one attempt takes 5 s at most). */
export async function connectMongo(
  uri: string,
  { poolSize = 20, patienceMs = PATIENCE_MS, logger }: ConnectOptions = {},
): Promise<Mongo> {
  mendDrain();
  const begun = performance.now();
  for (;;) {
    try {
      return await connectOnce(uri, poolSize);
    } catch (error) {
      const isAway = (error as Error).name === 'MongooseServerSelectionError';
      if (!isAway || performance.now() - begun + PAUSE_MS > patienceMs) throw error;
      logger?.warn({ err: error }, 'the database is away; trying again');
    }
    await pause(PAUSE_MS);
  }
}

async function connectOnce(uri: string, poolSize: number): Promise<Mongo> {
  const connection = createConnection(uri, {
    serverSelectionTimeoutMS: SELECTION_LIMIT_MS,
    socketTimeoutMS: SOCKET_LIMIT_MS,
    connectTimeoutMS: CONNECT_LIMIT_MS,
    // Asked anew each time: a look that is answered only on a change would need a connection more.
    serverMonitoringMode: 'poll',
    heartbeatFrequencyMS: LOOK_EVERY_MS,
    maxPoolSize: poolSize,
    writeConcern: { w: 'majority' },
    // Indexes are made by prepareDatabase, before the first transaction, never as a side effect of a first use.
    autoIndex: false,
    autoCreate: false,
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.destroy();
    throw error;
  }
}

/** For /readyz: the server's version, and whether it is the embedded engine. */
export async function pingMongo(mongo: Mongo): Promise<string> {
  const info = (await mongo.db?.admin().command({ buildInfo: 1 })) as
    | { version?: string; modules?: string[] }
    | undefined;
  return [info?.version ?? 'unknown', ...(info?.modules ?? [])].join(' ');
}
