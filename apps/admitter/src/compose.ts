// Where the admitter is joined together.
import { randomBytes } from 'node:crypto';
import { connectMongo, pingMongo, prepareDatabase } from '@onsale/booking-mongo';
import { type AppDescription, createLogger, createMetrics, type Part } from '@onsale/runtime';
import { connectLine } from '@onsale/waiting-room-redis';
import type { Config } from './config.ts';
import { admitterEvents } from './metrics.ts';
import { watchSales } from './watch-sales.ts';

export async function compose(config: Config): Promise<AppDescription> {
  const logger = createLogger({ app: 'admitter', level: config.ONSALE_LOG_LEVEL });
  const metrics = createMetrics('admitter');
  const mongo = await connectMongo(config.MONGODB_URI, { logger });
  const line = connectLine(config.REDIS_URL);
  const stores: Part = {
    name: 'stores',
    start: async () => {
      await line.ready();
      await prepareDatabase(mongo);
    },
    stop: async () => {
      await line.close();
      await mongo.close();
    },
  };
  const leaders = watchSales({
    mongo,
    line,
    logger,
    clock: line.clock,
    events: admitterEvents(logger, metrics),
    holder: `${process.pid}-${randomBytes(8).toString('hex')}`,
  });
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    parts: [stores, leaders],
    checks: [
      { name: 'mongodb', run: () => pingMongo(mongo) },
      { name: 'redis', run: () => line.redis.ping() },
    ],
  };
}
