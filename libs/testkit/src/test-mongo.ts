// A MongoDB database for one test file or `describe`.
import { type Db, MongoClient } from 'mongodb';
import { askServicesHost, SERVICE_START_LIMIT_MS } from './ask-services-host.ts';
import { inSuite } from './in-suite.ts';

export interface TestMongo {
  /** Names the database too: connect to exactly this. */
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
      const uri = await askServicesHost('mongo');
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
