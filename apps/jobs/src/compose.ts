// Where the jobs process is put together.
import {
  connectMongo,
  databaseClock,
  findBooking,
  findBookingsToCancel,
  findDueBlocks,
  findDueHolds,
  findOpenRequests,
  findOrdersOf,
  findPayment,
  type Mongo,
  noteMailSent,
  noteOrderDone,
  noteOrderRefused,
  notePaymentFailed,
  noteReference,
  noteRequestDone,
  noteUncaptured,
  pingMongo,
  prepareDatabase,
  putOrderOff,
  sandboxLedger,
  takeMail,
  takeOrder,
  takePaymentsToAsk,
} from '@onsale/booking-mongo';
import { type BookingCommand, bookingTopology, partitionOf } from '@onsale/contracts';
import { jobRunner } from '@onsale/jobs-bullmq';
import { Broker, ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import { connectProviders, type PaymentProvider, paymentSettings } from '@onsale/payment-providers';
import { type AppDescription, createLogger, createMetrics, type Logger, type Metrics } from '@onsale/runtime';
import { type CarryOutOrdersDeps, carryOutOrders } from './carry-out-orders/carry-out-orders.ts';
import type { JobsConfig } from './config.ts';
import { expireHolds } from './expire-holds/expire-holds.ts';
import { type GiveBackDeps, giveBack } from './give-back/give-back.ts';
import { type ReconcilePaymentsDeps, reconcilePayments } from './reconcile-payments/reconcile-payments.ts';
import { releaseBlocks } from './release-blocks/release-blocks.ts';
import { keepAsFile } from './send-mail/local-outbox.ts';
import { sendMail } from './send-mail/send-mail.ts';
import { shopWatch } from './shop-watch.ts';

const APP = 'jobs';

export async function compose(config: JobsConfig): Promise<AppDescription> {
  const logger = createLogger({ app: APP });
  const metrics = createMetrics(APP);
  const runs = metrics.counter('job_runs_total', 'Runs of recurring jobs.', ['job', 'result']);
  const partitions = config.ONSALE_PARTITIONS;
  const mongo = await connectMongo(config.MONGODB_URI, { logger });
  const broker = new Broker({ url: config.AMQP_URL, topology: bookingTopology(partitions), logger, name: APP });
  const publisher = new ConfirmedPublisher(broker);
  const publish = (command: BookingCommand) => publishCommand(publisher, { command, partitions });
  const clock = databaseClock(mongo, logger);
  const { now } = clock;
  const { all: providers } = connectProviders({
    ...paymentSettings(config),
    // Asked from here, and told what to do; it calls nobody from here: the webhook address is never used.
    sandbox: { books: sandboxLedger(mongo), secret: config.ONSALE_SANDBOX_SECRET, webhookUrl: '', now },
    onBreaker: (provider, state) =>
      logger.warn({ provider, state }, 'the circuit breaker of a payment provider changed'),
  });
  const work: Work = { mongo, logger, metrics, providers, publish, now };
  const watch = shopWatch({ config, mongo, logger, metrics, publish, now });
  const runner = jobRunner({
    redisUrl: config.REDIS_URL,
    logger,
    onRun: ({ job, failed }) => runs.inc({ job, result: failed ? 'failed' : 'done' }),
    jobs: {
      'expire-holds': async () => {
        const count = await expireHolds({
          findDueHolds: (limit, withinMs) => findDueHolds(mongo, limit, withinMs),
          partitionOf: (id) => partitionOf(id, partitions),
          publish,
          now,
        });
        if (count > 0) logger.info({ count }, 'holds are due');
      },
      'release-blocks': async () => {
        const count = await releaseBlocks({ findDueBlocks: (limit) => findDueBlocks(mongo, limit), publish, now });
        if (count > 0) logger.info({ count }, 'kept-back stock is due');
      },
      'reconcile-payments': () => reconcilePayments(reconciling(work)),
      'give-back': () => giveBack(givingBack(work)),
      'carry-out-orders': ordersJob(work),
      'send-mail': mailJob(work, config.ONSALE_MAIL_DIR),
      'reconcile-availability': watch.reconcileAvailability,
      'find-stuck-requests': watch.findStuckRequests,
    },
  });
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    parts: [
      { name: 'mongodb', start: () => prepareDatabase(mongo), stop: () => mongo.close() },
      clock,
      watch.part,
      broker,
      runner,
    ],
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

type Work = {
  readonly mongo: Mongo;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly providers: ReadonlyMap<string, PaymentProvider>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

/** Without a folder nothing carries mail yet: it stays in the outbox. */
function mailJob({ mongo, logger, now }: Work, folder: string): () => Promise<void> {
  if (folder === '') return async () => undefined;
  return async () => {
    const count = await sendMail({
      takeMail: (at) => takeMail(mongo, at),
      noteSent: (mail, at) => noteMailSent(mongo, mail._id, at),
      deliver: (mail) => keepAsFile(folder, mail, new Date(now())),
      now,
    });
    if (count > 0) logger.info({ count }, 'mail was handed over');
  };
}

function reconciling({ mongo, logger, providers, publish, now }: Work): ReconcilePaymentsDeps {
  return {
    providers,
    takePaymentsToAsk: (asking) => takePaymentsToAsk(mongo, asking),
    noteReference: (id, reference) => noteReference(mongo, id, reference),
    notePaymentFailed: (id) => notePaymentFailed(mongo, id),
    publish,
    onUnasked: ({ _id: paymentId, provider }, error) =>
      logger.warn({ err: error, paymentId, provider }, 'a payment could not be asked about'),
    now,
  };
}

function givingBack({ mongo, publish, now }: Work): GiveBackDeps {
  return {
    findOpenRequests: (limit) => findOpenRequests(mongo, limit),
    findBooking: (id) => findBooking(mongo, id),
    findBookingsToCancel: (what) => findBookingsToCancel(mongo, what),
    noteDone: (id) => noteRequestDone(mongo, id),
    publish,
    now,
  };
}

function ordersJob({ mongo, logger, metrics, providers, publish, now }: Work): () => Promise<void> {
  const troubles = metrics.counter('money_order_troubles_total', 'Orders to payment providers that did not work.', [
    'kind',
    'trouble',
  ]);
  const deps: CarryOutOrdersDeps = {
    providers,
    takeOrder: (taking) => takeOrder(mongo, taking),
    ordersOf: (id) => findOrdersOf(mongo, id),
    findPayment: (id) => findPayment(mongo, id),
    noteDone: (order) => noteOrderDone(mongo, order),
    noteRefused: (order) => noteOrderRefused(mongo, order),
    noteUncaptured: (id) => noteUncaptured(mongo, id),
    putOff: (order, tryAfter) => putOrderOff(mongo, order, tryAfter),
    publish,
    onTrouble({ order: { _id: orderId, kind }, kind: trouble, error }) {
      troubles.inc({ kind, trouble });
      const level = trouble === 'failed' ? 'warn' : 'error';
      logger[level]({ err: error, orderId, kind, trouble }, 'a money order was not carried out');
    },
    now,
  };
  return async () => {
    const count = await carryOutOrders(deps);
    if (count > 0) logger.info({ count }, 'money orders came to an end');
  };
}
