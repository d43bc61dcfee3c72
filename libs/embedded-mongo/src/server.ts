// The server: a socket, a store, and the timers that end what nobody uses any more.
// States: listening → stopping → stopped.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServerState, setName } from './commands/server-state.ts';
import { refuseProduction } from './config.ts';
import { clearStore, openStore } from './journal/recovery.ts';
import { expireDocuments } from './storage/expire-documents.ts';
import { serveConnection } from './wire/connection.ts';

export type EmbeddedMongoOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Where the journal is kept; without it everything is lost at the end of the process. */
  readonly dataDir?: string;
  /** Begins with nothing, whatever the data directory holds. */
  readonly fresh?: boolean;
  /** The journal is replaced by a snapshot beyond this many bytes. */
  readonly journalBytesMax?: number;
};

export type EmbeddedMongo = {
  /** A connection string with the name of the replica set. */
  readonly uri: string;
  readonly port: number;
  stop(): Promise<void>;
};

const sweepMs = 1000;
// As often as the real server looks for documents whose time has come.
const ttlSweepMs = 60_000;

/** Throws where NODE_ENV is production: this server is for development and tests only. */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions = {}): Promise<EmbeddedMongo> {
  refuseProduction();
  const { port = 0, host = '127.0.0.1', dataDir } = options;
  if (options.fresh && dataDir !== undefined) await clearStore(dataDir);
  const state = createServerState();
  const { engine, sessions } = state;
  const store = dataDir === undefined ? null : await openStore(dataDir, { engine, sessions }, options.journalBytesMax);
  engine.sink = state.journal = store?.journal ?? null;
  const sockets = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveConnection(state, socket);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, host, resolve);
  });
  const { port: boundPort } = listener.address() as AddressInfo;
  state.address = `${host}:${boundPort}`;
  let lastTtlMs = Date.now();
  const sweep = setInterval(() => {
    sessions.expire(Date.now());
    if (Date.now() - lastTtlMs >= ttlSweepMs) {
      lastTtlMs = Date.now();
      expireDocuments(engine, new Date(lastTtlMs));
    }
    state.cursors.expire(Date.now());
    state.snapshots.expire(Date.now());
  }, sweepMs);
  sweep.unref();
  return {
    uri: `mongodb://${state.address}/?replicaSet=${setName}`,
    port: boundPort,
    stop: async () => {
      clearInterval(sweep);
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await store?.journal.close();
      await store?.release();
    },
  };
}
