// The connection every process shares the shape of. Majority writes by default: what was answered must survive a
// change of primary.
import { type Connection, createConnection } from 'mongoose';

export type Mongo = Connection;

const SELECTION_LIMIT_MS = 5_000;
const SOCKET_LIMIT_MS = 15_000;

/** Connects or rejects within 5 s. `poolSize`: sockets of this process at most. */
export async function connectMongo(
  uri: string,
  { poolSize = 20 }: { readonly poolSize?: number } = {},
): Promise<Mongo> {
  const connection = createConnection(uri, {
    serverSelectionTimeoutMS: SELECTION_LIMIT_MS,
    socketTimeoutMS: SOCKET_LIMIT_MS,
    maxPoolSize: poolSize,
    writeConcern: { w: 'majority' },
    // Indexes are made by prepareDatabase, before the first transaction, never as a side effect of a first use.
    autoIndex: false,
    autoCreate: false,
  });
  return connection.asPromise();
}

/** For /readyz: the server's version, and whether it is the embedded engine. */
export async function pingMongo(mongo: Mongo): Promise<string> {
  const info = (await mongo.db?.admin().command({ buildInfo: 1 })) as
    | { version?: string; modules?: string[] }
    | undefined;
  return [info?.version ?? 'unknown', ...(info?.modules ?? [])].join(' ');
}
