// Where the booking API is put together.
import { hostname } from 'node:os';
import {
  addPageHits,
  confirmedFan,
  connectMongo,
  databaseClock,
  decidedAmong,
  findBodyHashes,
  findBooking,
  findBookingsOfFan,
  findOrdersOf,
  findPayment,
  findPaymentOf,
  findTicket,
  findTicketsOf,
  keepReturnsWish,
  type Mongo,
  notePaymentFailed,
  noteReference,
  openPayment,
  pingMongo,
  prepareDatabase,
  putMail,
  sandboxLedger,
  tellShopDelay,
} from '@onsale/booking-mongo';
import { type BookingCommand, bookingTopology, errorCodes, type ReserveCommand } from '@onsale/contracts';
import type { BookingId } from '@onsale/domain';
import { Broker, BrokerUnavailableError, ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import { type PassKeys, parsePassKeys, parseTokenKeys } from '@onsale/pass';
import { connectProviders, paymentSettings, type SandboxOptions } from '@onsale/payment-providers';
import {
  type AppDescription,
  boundLane,
  createApi,
  createLogger,
  createMetrics,
  httpPart,
  type Logger,
  type Metrics,
  type Part,
  ProblemError,
} from '@onsale/runtime';
import { connectShop, noteWaiting } from '@onsale/shop-redis';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import type { ApiConfig } from './config.ts';
import { type PageHits, pageHits } from './count-hits/page-hits.ts';
import { fanGate, passGate } from './credentials.ts';
import { withHonestOutage } from './honest-outage.ts';
import { type HttpDeps, laneRoutes, routes } from './http.ts';
import { gatherLookUps } from './request-booking/gather-look-ups.ts';
import { noteAccepted } from './request-booking/note-accepted.ts';
import { recentRequests } from './request-booking/recent-requests.ts';
import { storedAvailability } from './show-availability/stored-availability.ts';
import { ticketView } from './show-tickets/ticket-view.ts';
import { type DelayWatch, delayWatch } from './watch-delay/delay-watch.ts';

const APP = 'booking-api';
const VERSION = '0.1.0';

export async function compose(config: ApiConfig): Promise<AppDescription> {
  const logger = createLogger({ app: APP });
  const metrics = createMetrics(APP);
  const partitions = config.ONSALE_PARTITIONS;
  const mongo = await connectMongo(config.MONGODB_URI, { logger });
  const broker = new Broker({ url: config.AMQP_URL, topology: bookingTopology(partitions), logger, name: APP });
  const publisher = new ConfirmedPublisher(broker);
  const keys = parsePassKeys(config.ONSALE_PASS_KEYS);
  const clock = databaseClock(mongo, logger);
  const { now } = clock;
  const payment = providersOf(config, { books: sandboxLedger(mongo), logger, metrics, now });
  const catalogue = createCatalogue(mongo, now);
  const tokenKeys = parseTokenKeys(config.ONSALE_TOKEN_KEYS);
  const delays = watchDelays(mongo, logger);
  const hits = countHits({ mongo, catalogue, logger });
  const shop = shopPart(config.REDIS_URL);
  const accepted: TellAccepted = (request) => {
    delays.accepted(request.command);
    shop.accepted(request);
  };
  const deps: HttpDeps = {
    catalogue,
    readStored: storedAvailability({ mongo, shop: shop.redis }),
    keys,
    version: VERSION,
    now,
    hit: (saleId) => hits.hit(saleId),
    fanOf: fanGate(tokenKeys, now),
    tokenKeys,
    publicUrl: config.ONSALE_PUBLIC_URL.replace(/\/$/, ''),
    putIdentityMail: ({ to, locale, url }) =>
      putMail(mongo, { to, locale, template: 'identity_link', values: { url } }, new Date(now())),
    confirmedFan: (mailbox) => confirmedFan(mongo, { ...mailbox, now: new Date(now()) }),
    buyerOf: passGate({ keys: keys.verifying, issuer: config.ONSALE_PUBLIC_URL, now }),
    recent: recentRequests(now),
    publish: (command) => publishOrRefuse(publisher, { command, partitions, accepted }),
    holdTermsOf: async (saleId) => (await catalogue.sale(saleId))?.holdTerms ?? null,
    onSale: () => catalogue.performancesOnSale('all'),
    ...storedIn(mongo, keys),
    provider: payment.chosen,
    sandbox: payment.sandbox,
    providers: payment.all,
  };
  const common = { problems: errorCodes, logger, metrics };
  const trustedProxies = config.ONSALE_TRUSTED_PROXIES;
  const api = createApi({ ...common, routes: routes(deps).map(withHonestOutage), trustedProxies });
  const lane = boundLane({ ...common, routes: laneRoutes(deps).map(withHonestOutage) });
  const database: Part = { name: 'mongodb', start: () => prepareDatabase(mongo), stop: () => mongo.close() };
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    parts: [database, clock, shop, broker, delays, hits, httpPart({ port: config.PORT, api, lane })],
    checks: [
      { name: 'mongodb', run: () => pingMongo(mongo) },
      {
        name: 'rabbitmq',
        run: () => (broker.isConnected ? Promise.resolve('connected') : Promise.reject(new Error('away'))),
      },
    ],
  };
}

function countHits({ mongo, catalogue, logger }: { mongo: Mongo; catalogue: Catalogue; logger: Logger }): PageHits {
  const observer = `${hostname()}-${process.pid}`;
  return pageHits({
    hasSafetyNet: async (saleId) => (await catalogue.sale(saleId))?.sale.room?.mode === 'safety_net',
    add: (hits) => addPageHits(mongo, { observer, ...hits }),
    logger,
  });
}

function watchDelays(mongo: Mongo, logger: Logger): DelayWatch {
  const observer = `${hostname()}-${process.pid}`;
  return delayWatch({
    elapsed: () => performance.now(),
    decidedAmong: (ids) => decidedAmong(mongo, ids),
    tell: (delay) => tellShopDelay(mongo, { observer, ...delay }),
    logger,
  });
}

function providersOf(
  config: ApiConfig,
  { books, logger, metrics, now }: Pick<SandboxOptions, 'books' | 'now'> & { logger: Logger; metrics: Metrics },
) {
  const breakers = metrics.counter('payment_breaker_total', 'Circuit breakers of payment providers.', [
    'provider',
    'state',
  ]);
  return connectProviders({
    ...paymentSettings(config),
    sandbox: {
      books,
      secret: config.ONSALE_SANDBOX_SECRET,
      webhookUrl:
        config.ONSALE_SANDBOX_WEBHOOK_URL === 'own'
          ? `http://127.0.0.1:${config.PORT}/api/v1/webhooks/sandbox`
          : config.ONSALE_SANDBOX_WEBHOOK_URL,
      now,
    },
    onBreaker(provider, state) {
      breakers.inc({ provider, state });
      logger.warn({ provider, state }, 'the circuit breaker of a payment provider changed');
    },
  });
}

/** The projection of availability, and the list of those who wait for a decision; both may be missing. */
function shopPart(url: string) {
  const redis = url === '' ? null : connectShop(url);
  const part: Part = { name: 'redis', start: async () => undefined, stop: async () => redis?.close() };
  return {
    ...part,
    redis,
    accepted: redis === null ? () => undefined : noteAccepted((requests) => noteWaiting(redis, requests)),
  };
}

/** What the routes read and write in the database. */
function storedIn(mongo: Mongo, keys: PassKeys) {
  return {
    findBooking: (id) => findBooking(mongo, id),
    findBodyHash: gatherLookUps({ load: (ids: readonly BookingId[]) => findBodyHashes(mongo, ids), keysMax: 500 }),
    bookingsOfFan: (fanId) => findBookingsOfFan(mongo, fanId),
    keepReturnsWish: (saleId, wish, at) => keepReturnsWish(mongo, { saleId, wish, at }),
    findPayment: (id) => findPayment(mongo, id),
    findPaymentOf: (id) => findPaymentOf(mongo, id),
    openPayment: (opening) => openPayment(mongo, opening),
    noteReference: (id, reference) => noteReference(mongo, id, reference),
    ordersOf: (id) => findOrdersOf(mongo, id),
    notePaymentFailed: (id) => notePaymentFailed(mongo, id),
    ticketsOf: async (id) => (await findTicketsOf(mongo, id)).map((ticket) => ticketView(keys, ticket)),
    ticketFor: async (id, fanId) => {
      const ticket = await findTicket(mongo, id);
      return ticket?.fanId === fanId ? ticketView(keys, ticket) : null;
    },
  } satisfies Partial<HttpDeps>;
}

type TellAccepted = (request: { readonly command: ReserveCommand; readonly json: string }) => void;

/** Without a confirm nothing was accepted: the caller is told when to try again. */
async function publishOrRefuse(
  publisher: ConfirmedPublisher,
  {
    command,
    partitions,
    accepted,
  }: { readonly command: BookingCommand; readonly partitions: number; readonly accepted: TellAccepted },
): Promise<void> {
  const json = JSON.stringify(command);
  try {
    await publishCommand(publisher, { command, partitions, json });
    if (command.type === 'reserve') accepted({ command, json });
  } catch (error) {
    if (error instanceof BrokerUnavailableError) throw new ProblemError('unavailable', { retryAfterSeconds: 2 });
    throw error;
  }
}
