// The one place where the staff API's parts are joined.
import { connectMongo, deleteLinksEndedBefore, deleteSessionsEndedBefore, pingMongo } from '@onsale/booking-mongo';
import { type BookingCommand, bookingTopology, errorCodes } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { jobWatch } from '@onsale/jobs-bullmq';
import {
  Broker,
  BrokerUnavailableError,
  ConfirmedPublisher,
  peekDeadLetters,
  publishCommand,
  readQueueDepths,
  replayDeadLetters,
} from '@onsale/messaging-rabbitmq';
import {
  type AppDescription,
  createApi,
  createLogger,
  createMetrics,
  httpPart,
  type Part,
  repeat,
  systemClock,
} from '@onsale/runtime';
import { connectLine, type LineRedis, readLeader } from '@onsale/waiting-room-redis';
import type { Config } from './config.ts';
import { refuse } from './errors.ts';
import { consoleRoutes } from './http.ts';
import { observeHistory, observeLine } from './ops/observe-line.ts';
import { prepare } from './prepare.ts';
import { signInThrottle } from './session/sign-in-throttle.ts';
import { newToken } from './session/token-digest.ts';

const APP = 'console-api';
const TIDY_EVERY_MS = 3600_000;
/** A hall of 20,000 seats is some 2 MB of JSON. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

export async function compose(config: Config): Promise<AppDescription> {
  const logger = createLogger({ app: APP });
  const metrics = createMetrics(APP);
  const mongo = await connectMongo(config.MONGODB_URI, { logger });
  const line = connectLine(config.REDIS_URL);
  const partitions = config.ONSALE_PARTITIONS;
  const broker = new Broker({ url: config.AMQP_URL, topology: bookingTopology(partitions), logger, name: APP });
  const publisher = new ConfirmedPublisher(broker);
  const setupCode = config.ONSALE_SETUP_CODE || newToken();
  const jobs = jobWatch(config.REDIS_URL);
  const deps = {
    mongo,
    logger,
    ...machineryOf(config, { line, jobs }),
    publish: (command: BookingCommand) => publishOrRefuse(publisher, { command, partitions }),
    clock: systemClock,
    throttle: signInThrottle(),
    observeLine: observeLine(line, logger),
    observeHistory: observeHistory(line, logger),
    publicUrl: config.ONSALE_PUBLIC_URL.replace(/\/$/, ''),
    setupCode,
    secureCookies: config.ONSALE_PUBLIC_URL.startsWith('https:'),
  };
  const stores: Part = {
    name: 'stores',
    start: () => prepare({ mongo, clock: systemClock, logger, setupCode }, config),
    stop: async () => {
      await jobs.close();
      await line.close();
      await mongo.close();
    },
  };
  // Not waited for: the console must be there to pause a sale while RabbitMQ is away; what needs the broker is refused then.
  const connecting: Part = {
    name: 'broker',
    start: async () => void broker.start(),
    stop: () => broker.stop(),
  };
  const tidying = repeat({
    name: 'forget sessions and links that are over',
    everyMs: TIDY_EVERY_MS,
    logger,
    run: async () => {
      const now = new Date(systemClock.now());
      await deleteSessionsEndedBefore(mongo, now);
      await deleteLinksEndedBefore(mongo, now);
    },
  });
  const api = createApi({
    routes: consoleRoutes(deps),
    problems: errorCodes,
    logger,
    metrics,
    trustedProxies: config.ONSALE_TRUSTED_PROXIES,
    bodyLimitBytes: BODY_LIMIT_BYTES,
  });
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    parts: [stores, connecting, tidying, httpPart({ port: config.PORT, api })],
    // The line's Redis is not among them: the console must answer when the shop's parts are away.
    checks: [{ name: 'mongodb', run: () => pingMongo(mongo) }],
  };
}

/** What the operator looks at behind all sales. Each question goes on a connection of its own, or to one of ours. */
function machineryOf(
  { AMQP_URL, ONSALE_PARTITIONS }: Config,
  { line, jobs }: { readonly line: LineRedis; readonly jobs: ReturnType<typeof jobWatch> },
) {
  return {
    machinery: {
      readQueues: () => readQueueDepths(AMQP_URL, ONSALE_PARTITIONS),
      readJobs: () => jobs.read(),
      readLeader: (saleId: SaleId) => readLeader(line, saleId),
    },
    letters: {
      peek: (max: number) => peekDeadLetters(AMQP_URL, max),
      replay: (max: number) => replayDeadLetters(AMQP_URL, max),
    },
  };
}

const BROKER_RETRY_SECONDS = 2;

/** Without a confirm nothing was accepted: whoever asked is told when to try again. */
async function publishOrRefuse(
  publisher: ConfirmedPublisher,
  message: { readonly command: BookingCommand; readonly partitions: number },
): Promise<void> {
  try {
    await publishCommand(publisher, message);
  } catch (error) {
    if (error instanceof BrokerUnavailableError) refuse('unavailable', { retryAfterSeconds: BROKER_RETRY_SECONDS });
    throw error;
  }
}
