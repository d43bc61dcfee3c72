// A logical Redis database for one test file or `describe`.
import { Redis } from 'ioredis';
import { askServicesHost, SERVICE_START_LIMIT_MS } from './ask-services-host.ts';
import { inSuite } from './in-suite.ts';

export interface TestRedis {
  /** Names the database too: connect to exactly this. Published messages are not kept apart by database. */
  readonly url: string;
  /** A connection for looking and preparing; closed for you. */
  readonly client: Redis;
  /** Forgets everything in this database. */
  clear(): Promise<void>;
}

/** Call at the top of a test file or `describe`. */
export function testRedis(): TestRedis {
  const opened = inSuite('testRedis()', {
    open: async () => {
      const url = await askServicesHost('redis');
      return { url, client: new Redis(url) };
    },
    close: async ({ client }) => {
      await client.flushdb();
      client.disconnect();
    },
    limitMs: SERVICE_START_LIMIT_MS,
  });
  return {
    get url() {
      return opened().url;
    },
    get client() {
      return opened().client;
    },
    clear: async () => {
      await opened().client.flushdb();
    },
  };
}
