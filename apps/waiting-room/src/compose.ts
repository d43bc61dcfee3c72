// Where the waiting room is joined together.
import { setTimeout as sleep } from 'node:timers/promises';
import { connectMongo, type Mongo, pingMongo } from '@onsale/booking-mongo';
import { errorCodes } from '@onsale/contracts';
import type { FanId } from '@onsale/domain';
import { type LivePlace, type LiveServer, liveServer } from '@onsale/live-socketio';
import {
  type AppDescription,
  createApi,
  createLogger,
  createMetrics,
  type HttpPart,
  httpPart,
  type Logger,
  type Metrics,
  type Part,
  repeat,
} from '@onsale/runtime';
import {
  adoptSlot,
  connectLine,
  keepPresent,
  type LineConnection,
  type LineFeed,
  listenToLines,
  presentUntil,
} from '@onsale/waiting-room-redis';
import { CodeLedger } from './codes/code-ledger.ts';
import { joinByCode } from './codes/join-by-code.ts';
import type { Config } from './config.ts';
import { knownPromises } from './fairness/known-promises.ts';
import { rosterTrees } from './fairness/roster-trees.ts';
import { hotHandlers } from './hot/hot-handlers.ts';
import { boundRoutes, type HttpDeps, hotRoutes } from './http.ts';
import { JoinQueue } from './join/join-queue.ts';
import { knownLines } from './line/known-lines.ts';
import { identify } from './live/identify.ts';
import { KEEP_PRESENT_EVERY_MS, LiveFans } from './live/live-fans.ts';
import { roomMetrics } from './metrics.ts';
import { cookiesFor, credentials, type ShownPlace } from './place/credentials.ts';
import { checkInPlace, seePlace } from './place/see-place.ts';
import { addressList } from './protect/address-block.ts';
import { joinGuard } from './protect/join-guard.ts';
import { knownSales } from './sales/known-sales.ts';

export async function compose(config: Config): Promise<AppDescription> {
  const logger = createLogger({ app: 'waiting-room', level: config.ONSALE_LOG_LEVEL });
  const metrics = createMetrics('waiting-room');
  const mongo = await connectMongo(config.MONGODB_URI, { logger });
  const line = connectLine(config.REDIS_URL);
  const ledger = new CodeLedger({ mongo, logger });
  const deps = httpDeps({ config, mongo, line, ledger });
  const http = publicPart({ config, deps, logger, metrics });
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    // Sockets end first: the public port closes only when nobody is connected.
    parts: [storesPart(mongo, line), ledgerPart(ledger), http, livePart({ config, deps, logger, http })],
    checks: [
      { name: 'mongodb', run: () => pingMongo(mongo) },
      { name: 'redis', run: () => line.redis.ping() },
    ],
  };
}

type Stores = {
  readonly config: Config;
  readonly mongo: Mongo;
  readonly line: LineConnection;
  readonly ledger: CodeLedger;
};

function httpDeps({ config, mongo, line, ledger }: Stores): HttpDeps {
  const { clock } = line;
  const publicUrl = config.ONSALE_PUBLIC_URL.replace(/\/$/, '');
  const keys = config.ONSALE_TOKEN_KEYS;
  const lines = knownLines(line);
  const codes = { line, mongo, clock, ledger };
  return {
    trees: rosterTrees(mongo),
    promises: knownPromises({ mongo, clock }),
    mongo,
    sales: knownSales({ mongo, clock }),
    lines,
    line,
    clock,
    random: Math.random,
    sleep: (ms) => sleep(ms),
    queue: new JoinQueue({ line, mongo, clock, lines }),
    codes,
    joinByCode: (join) => joinByCode(codes, join),
    keys,
    guard: joinGuard({
      line,
      keys,
      clock,
      joinsPerMinute: config.ONSALE_PEACEFUL_JOINS,
      isTrustedProxy: addressList(config.ONSALE_TRUSTED_PROXIES),
      isUnlimited: addressList(config.ONSALE_UNLIMITED_ADDRESSES),
    }),
    passKeys: config.ONSALE_PASS_KEYS,
    publicUrl,
    credentials: credentials({ keys, passKeys: config.ONSALE_PASS_KEYS, publicUrl, now: clock.now }),
    cookies: cookiesFor({ secure: publicUrl.startsWith('https:') }),
  };
}

type Shared = { readonly config: Config; readonly deps: HttpDeps; readonly logger: Logger };

function publicPart({ config, deps, logger, metrics }: Shared & { readonly metrics: Metrics }): HttpPart {
  const { counted } = roomMetrics(metrics);
  const api = createApi({
    routes: boundRoutes(deps),
    problems: errorCodes,
    logger,
    metrics,
    trustedProxies: config.ONSALE_TRUSTED_PROXIES,
  });
  return httpPart({ port: config.PORT, api, ...hotHandlers({ logger, counted }, hotRoutes(deps)) });
}

function storesPart(mongo: Mongo, line: LineConnection): Part {
  return {
    name: 'stores',
    start: () => line.ready(),
    stop: async () => {
      await line.close();
      await mongo.close();
    },
  };
}

function ledgerPart(ledger: CodeLedger): Part {
  return { name: 'uses of codes', start: async () => undefined, stop: () => ledger.stop() };
}

/** Sockets live on the public server; the feed of documents serves both them and the routes. */
function livePart({ config, deps, logger, http }: Shared & { readonly http: HttpPart }): Part {
  let live: LiveServer | undefined;
  let feed: LineFeed | undefined;
  let presence: Part | undefined;
  const quietly = (shown: ShownPlace, look: typeof seePlace) =>
    look(deps, shown).then(
      ({ placeToken: _token, ...view }) => view,
      () => null, // the route tells what is wrong; an event may always be lost
    );
  const shownAs = (place: LivePlace): ShownPlace => ({
    claim: { ...place, fanId: '' as FanId, epoch: 0, joinedAt: 0, code: null },
    token: '',
  });
  const fans = new LiveFans({
    sales: deps.sales,
    clock: deps.clock,
    random: deps.random,
    logger,
    documentOf: (saleId) => deps.lines.now(saleId)?.document ?? null,
    seePlace: (place) => quietly(shownAs(place), seePlace),
    checkIn: (place) => quietly(shownAs(place), checkInPlace),
    adoptSlot: (pass) => adoptSlot(deps.line, pass),
    keepPresent: ({ saleId, numbers, forMs }) =>
      keepPresent(deps.line, { saleId, numbers, present: presentUntil(deps.clock.now() + forMs) }),
  });
  const identifyDeps = { keys: deps.keys, passKeys: deps.passKeys, publicUrl: deps.publicUrl, now: deps.clock.now };
  return {
    name: 'live',
    start: async () => {
      const server = liveServer({
        http: http.server,
        redisUrl: config.REDIS_URL,
        identify: (auth, request) => identify(identifyDeps, auth, request),
        onJoin: (socket) => fans.join(socket),
        onLeave: (socket) => fans.leave(socket),
        onCheckIn: (socket) => fans.checkIn(socket),
      });
      live = server;
      presence = repeat({
        name: 'presence of sockets',
        everyMs: KEEP_PRESENT_EVERY_MS,
        logger,
        run: () => fans.keepAllPresent(),
      });
      await presence.start();
      const failed = (error: unknown) => logger.warn({ err: error }, 'news of a line could not be repeated');
      feed = await listenToLines(deps.line, {
        line: (heard) => {
          if (deps.lines.hear(heard)) fans.hear(server.io, heard.document).catch(failed);
        },
        recall: (heard) => {
          fans.hearRecall(server.io, heard).catch(failed);
        },
        move: (heard) => fans.hearMove(heard),
      });
    },
    stop: async () => {
      await presence?.stop();
      await feed?.close();
      await live?.close();
    },
  };
}
