// A MongoDB database for one test file or `describe`.
import { type Db, MongoClient } from 'mongodb';
import { askServicesHost, SERVICE_START_LIMIT_MS } from './ask-services-host.ts';
import { inSuite } from './in-suite.ts';

export interface TestMongo {
  /**
   * Names the database, and as the name of the application the same: connect to exactly this. The server is everybody's
   * in a run, and so a fail point must be bound to this name (`data.appName`).
   */
  readonly uri: string;
  /** The database, by a connection for looking and preparing; closed for you. */
  readonly db: Db;
  /** Empties every collection; collections and indexes stay. */
  clear(): Promise<void>;
}

/** Call at the top of a test file or `describe`. The database is dropped at the end. */
export function testMongo(): TestMongo {
  const opened = inSuite('testMongo()', {
    open: async () => {
      const uri = named(await askServicesHost('mongo'));
      const client = await new MongoClient(uri).connect();
      return { uri, client, db: client.db() };
    },
    close: async ({ client, db }) => {
      await db.dropDatabase();
      await client.close();
    },
    limitMs: SERVICE_START_LIMIT_MS,
  });
  return {
    get uri() {
      return opened().uri;
    },
    get db() {
      return opened().db;
    },
    clear: async () => {
      const collections = await opened().db.collections();
      await Promise.all(collections.map((collection) => collection.deleteMany({})));
    },
  };
}

function named(uri: string): string {
  const address = new URL(uri);
  address.searchParams.set('appName', address.pathname.slice(1));
  return address.href;
}
