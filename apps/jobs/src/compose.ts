// Where the jobs process is put together.
import {
  connectMongo,
  findDueBlocks,
  findDueHolds,
  findRefundsDue,
  notePaymentFailed,
  noteRefunded,
  pingMongo,
  prepareDatabase,
  sandboxLedger,
  takePaymentsToAsk,
} from '@onsale/booking-mongo';
import { type BookingCommand, bookingTopology } from '@onsale/contracts';
import { jobRunner } from '@onsale/jobs-bullmq';
import { Broker, ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import { sandboxProvider } from '@onsale/payment-providers';
import { type AppDescription, createLogger, createMetrics, systemClock } from '@onsale/runtime';
import type { JobsConfig } from './config.ts';
import { expireHolds } from './expire-holds/expire-holds.ts';
import { reconcilePayments } from './reconcile-payments/reconcile-payments.ts';
import { releaseBlocks } from './release-blocks/release-blocks.ts';

const APP = 'jobs';

export async function compose(config: JobsConfig): Promise<AppDescription> {
  const logger = createLogger({ app: APP });
  const metrics = createMetrics(APP);
  const runs = metrics.counter('job_runs_total', 'Runs of recurring jobs.', ['job', 'result']);
  const { now } = systemClock;
  const partitions = config.ONSALE_PARTITIONS;
  const mongo = await connectMongo(config.MONGODB_URI);
  const broker = new Broker({ url: config.AMQP_URL, topology: bookingTopology(partitions), logger, name: APP });
  const publisher = new ConfirmedPublisher(broker);
  const publish = (command: BookingCommand) => publishCommand(publisher, { command, partitions });
  // Asked and refunded from here, called by nobody: the webhook address is never used.
  const sandbox = sandboxProvider({
    books: sandboxLedger(mongo),
    secret: config.ONSALE_SANDBOX_SECRET,
    webhookUrl: '',
    now,
  });
  const runner = jobRunner({
    redisUrl: config.REDIS_URL,
    logger,
    onRun: ({ job, failed }) => runs.inc({ job, result: failed ? 'failed' : 'done' }),
    jobs: {
      'expire-holds': async () => {
        const count = await expireHolds({ findDueHolds: (limit) => findDueHolds(mongo, limit), publish, now });
        if (count > 0) logger.info({ count }, 'holds are due');
      },
      'release-blocks': async () => {
        const count = await releaseBlocks({ findDueBlocks: (limit) => findDueBlocks(mongo, limit), publish, now });
        if (count > 0) logger.info({ count }, 'kept-back stock is due');
      },
      'reconcile-payments': () =>
        reconcilePayments({
          providers: new Map([[sandbox.name, sandbox]]),
          takePaymentsToAsk: (asking) => takePaymentsToAsk(mongo, asking),
          findRefundsDue: (limit) => findRefundsDue(mongo, limit),
          notePaymentFailed: (id) => notePaymentFailed(mongo, id),
          noteRefunded: (id) => noteRefunded(mongo, id),
          publish,
          now,
        }),
    },
  });
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    parts: [{ name: 'mongodb', start: () => prepareDatabase(mongo), stop: () => mongo.close() }, broker, runner],
    checks: [
      { name: 'mongodb', run: () => pingMongo(mongo) },
      {
        name: 'rabbitmq',
        run: async () => {
          if (!broker.isConnected) throw new Error('away');
          return 'connected';
        },
      },
    ],
  };
}
