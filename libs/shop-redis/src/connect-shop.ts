// The connection to the shop's Redis. Everything here may be lost at any time and is rebuilt from the truth, so a command
// that cannot be sent now fails now: nobody waits for a projection.
import { Redis } from 'ioredis';

export type ShopRedis = { readonly redis: Redis; close(): Promise<void> };

const CONNECT_LIMIT_MS = 2_000;
const COMMAND_LIMIT_MS = 1_000;

export function connectShop(url: string): ShopRedis {
  const redis = new Redis(url, {
    connectTimeout: CONNECT_LIMIT_MS,
    commandTimeout: COMMAND_LIMIT_MS,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    maxRetriesPerRequest: 1,
  });
  redis.on('error', () => undefined); // it reconnects by itself; each command reports its own failure
  return { redis, close: async () => redis.disconnect() };
}
