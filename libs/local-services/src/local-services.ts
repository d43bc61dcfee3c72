// Redis, RabbitMQ and MongoDB for one machine: what is given by URL is used, the rest is started here and ended again.
import { chooseMongo } from './choose-mongo.ts';
import { withDefaultDatabase } from './mongo-uri.ts';
import { givenService, type RunFolders, type RunningService } from './service.ts';
import { startMongo } from './start-mongo.ts';
import { startRabbit } from './start-rabbitmq.ts';
import { startRedis } from './start-redis.ts';
import { ensureTools, type ToolName } from './system-tools.ts';

export interface LocalServicesOptions {
  folders: RunFolders;
  /** The built entry of libs/embedded-mongo. */
  embeddedMongoEntry: string;
  /** Addresses of services that run already; they are used and left alone. */
  given: { redisUrl?: string | undefined; amqpUrl?: string | undefined; mongodbUri?: string | undefined };
  /** The MongoDB database, where the given address names none. */
  database: string;
  preferMongo: 'any' | 'embedded';
  say: (line: string) => void;
}

export interface LocalServices {
  redisUrl: string;
  amqpUrl: string;
  mongodbUri: string;
  /** Which MongoDB it is, in words. */
  mongoWords: string;
  /** Settles when one of them ends, with its name and how; the stack cannot go on without it. */
  failed: Promise<string>;
  stop(): Promise<void>;
}

/** Starts what is not given, side by side. When one fails the others are ended before the error is thrown. */
export async function startLocalServices(options: LocalServicesOptions): Promise<LocalServices> {
  const { folders, given, say } = options;
  const tools: ToolName[] = [
    ...(given.redisUrl ? [] : ['redis' as const]),
    ...(given.amqpUrl ? [] : ['rabbitmq' as const]),
  ];
  await ensureTools(tools, say);

  const started = await Promise.allSettled([
    named('Redis', say, given.redisUrl ? givenService(given.redisUrl) : startRedis({ folders })),
    named('RabbitMQ', say, given.amqpUrl ? givenService(given.amqpUrl) : startRabbit({ folders })),
    given.mongodbUri ? { ...givenService(given.mongodbUri), words: 'given by MONGODB_URI' } : chosenMongo(options),
  ]);
  const running = started.filter((result) => result.status === 'fulfilled').map((result) => result.value);
  const stop = async () => {
    await Promise.all(running.map((service) => service.stop()));
  };
  const [redis, rabbit, mongo] = started;
  if (redis.status === 'rejected' || rabbit.status === 'rejected' || mongo.status === 'rejected') {
    await stop();
    throw started.find((result) => result.status === 'rejected')?.reason;
  }
  return {
    redisUrl: redis.value.url,
    amqpUrl: rabbit.value.url,
    mongodbUri: withDefaultDatabase(mongo.value.url, options.database),
    mongoWords: mongo.value.words,
    failed: Promise.race([
      redis.value.ended.then((how) => `Redis ${how}`),
      rabbit.value.ended.then((how) => `RabbitMQ ${how}`),
      mongo.value.ended.then((how) => `MongoDB ${how}`),
    ]),
    stop,
  };
}

async function chosenMongo(options: LocalServicesOptions): Promise<RunningService & { words: string }> {
  const { folders, say, preferMongo, embeddedMongoEntry } = options;
  const choice = await chooseMongo({ prefer: preferMongo, say });
  const service = await named('MongoDB', say, startMongo({ folders, choice, embeddedEntry: embeddedMongoEntry }));
  return { ...service, words: choice.words };
}

async function named<T>(name: string, say: (line: string) => void, start: T | Promise<T>): Promise<T> {
  const begun = performance.now();
  const service = await start;
  say(`${name} ready (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  return service;
}
