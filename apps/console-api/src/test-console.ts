// The staff API as a test meets it: the real routes on real stores, a clock in the test's hand, and a client that keeps
// its cookie and CSRF token as a browser would.
import { connectMongo, type Mongo, prepareDatabase, type StaffRole, sessions, staff } from '@onsale/booking-mongo';
import { type ApiScope, CSRF_HEADER, errorCodes, STAFF_COOKIE } from '@onsale/contracts';
import type { SaleId, StaffId } from '@onsale/domain';
import { jobWatch } from '@onsale/jobs-bullmq';
import { peekDeadLetters, readQueueDepths, replayDeadLetters } from '@onsale/messaging-rabbitmq';
import { createApi, createLogger, createMetrics, httpPart } from '@onsale/runtime';
import { type ManualClock, manualClock, testMongo, testRedis } from '@onsale/testkit';
import { connectLine, type LineConnection, readLeader } from '@onsale/waiting-room-redis';
import { createApiKey } from './account/api-keys.ts';
import { consoleRoutes } from './http.ts';
import { observeHistory, observeLine } from './ops/observe-line.ts';
import { signInThrottle } from './session/sign-in-throttle.ts';
import { tokenDigest } from './session/token-digest.ts';
import { type BookingEngine, bookingEngine } from './test-engine.ts';

export type Answer = {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** As it came. */
  readonly text: string;
  readonly headers: Headers;
};
export type Ask = (
  method: string,
  path: string,
  options?: { readonly body?: unknown; readonly headers?: Record<string, string> },
) => Promise<Answer>;

export type TestConsole = {
  readonly mongo: Mongo;
  readonly clock: ManualClock;
  /** Without any credential. */
  readonly ask: Ask;
  /** Signed in, in this role. */
  as(role: StaffRole): Promise<Ask>;
  /** A key with these scopes of the member in this role. */
  keyOf(role: StaffRole, scopes: readonly ApiScope[]): Promise<string>;
};

/** Of Argon2id's form, of no password anybody has. */
const NO_PASSWORD = '$argon2id$v=19$m=19456,t=2,p=1$8gl+D4K1EnqZACqEYpEd+w$5TP6b+uwImWbQazmC88EvSJt9vgESwqyut3tZJOdHW4';
const SITE = { secureCookies: false, publicUrl: 'http://onsale.test', setupCode: 'a code for a test' };

/** Nothing listens there: a broker that is away. */
const NO_BROKER = 'amqp://127.0.0.1:1';
const PARTITIONS = 1;

/** Call at the top of a test file. Without a broker what needs one is refused. */
export function testConsole({ amqpUrl = () => NO_BROKER }: { amqpUrl?: () => string } = {}): TestConsole {
  const database = testMongo();
  const redis = testRedis();
  const clock = manualClock();
  let opened: Stage | undefined;
  const stage = () => {
    if (opened === undefined) throw new Error('the console is there in tests and hooks only');
    return opened;
  };
  beforeAll(async () => {
    opened = await openStage({ mongoUri: database.uri, redisUrl: redis.url, amqpUrl, clock });
  });
  afterAll(async () => {
    const { mongo, line, http, engine, jobs } = stage();
    await http.stop();
    await jobs.close();
    await engine.stop();
    await line.close();
    await mongo.close();
  });
  const asker = askerOf(() => stage().http.port());
  return {
    get mongo() {
      return stage().mongo;
    },
    clock,
    ask: (method, path, options) => asker({})(method, path, options),
    keyOf: async (role, scopes) => {
      const { mongo } = stage();
      const actor = { staffId: await memberIn(role, mongo, clock), address: '127.0.0.1', at: new Date(clock.now()) };
      return (
        await createApiKey({ mongo }, { input: { name: 'A program', scopes: [...scopes], expiresAt: null }, actor })
      ).key;
    },
    as: async (role) => {
      const staffId = await memberIn(role, stage().mongo, clock);
      const at = new Date(clock.now());
      const token = `token-${role}-${Math.random()}`;
      const expiresAt = new Date(clock.now() + 3600_000);
      const seen = { createdAt: at, expiresAt, lastSeenAt: at, device: 'a test', address: '127.0.0.1' };
      await sessions(stage().mongo).create([{ _id: tokenDigest(token), staffId, csrfToken: `csrf-${role}`, ...seen }]);
      return asker({ cookie: `${STAFF_COOKIE}=${token}`, [CSRF_HEADER]: `csrf-${role}` });
    },
  };
}

async function memberIn(role: StaffRole, mongo: Mongo, clock: ManualClock): Promise<StaffId> {
  const _id = `staff-${role}` as StaffId;
  const set = { email: `${role}@example.org`, passwordHash: NO_PASSWORD, role, createdAt: new Date(clock.now()) };
  await staff(mongo).updateOne({ _id }, { $set: set }, { upsert: true });
  return _id;
}

type Stage = {
  readonly mongo: Mongo;
  readonly line: LineConnection;
  readonly http: ReturnType<typeof httpPart>;
  readonly engine: BookingEngine;
  readonly jobs: ReturnType<typeof jobWatch>;
};

type Surroundings = { mongoUri: string; redisUrl: string; amqpUrl: () => string; clock: ManualClock };

async function openStage({ mongoUri, redisUrl, amqpUrl, clock }: Surroundings): Promise<Stage> {
  const mongo = await connectMongo(mongoUri);
  await prepareDatabase(mongo);
  const line = connectLine(redisUrl);
  const logger = createLogger({ app: 'console-api', level: 'silent' });
  const engine = await bookingEngine(mongo);
  const jobs = jobWatch(redisUrl);
  const deps = {
    mongo,
    logger,
    machinery: {
      readQueues: () => readQueueDepths(amqpUrl(), PARTITIONS),
      readJobs: () => jobs.read(),
      readLeader: (saleId: SaleId) => readLeader(line, saleId),
    },
    letters: {
      peek: (max: number) => peekDeadLetters(amqpUrl(), max),
      replay: (max: number) => replayDeadLetters(amqpUrl(), max),
    },
    clock,
    throttle: signInThrottle(),
    observeLine: observeLine(line, logger),
    observeHistory: observeHistory(line, logger),
    publish: engine.decide,
    ...SITE,
  };
  const api = createApi({
    routes: consoleRoutes(deps),
    problems: errorCodes,
    logger,
    metrics: createMetrics('console-api'),
    bodyLimitBytes: 1024 * 1024,
  });
  const http = httpPart({ port: 0, api });
  await http.start();
  return { mongo, line, http, engine, jobs };
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, text, body: headers.get('content-type')?.includes('json') ? JSON.parse(text) : {} };
}

/** A general sale of a performance without numbered seats, made by the routes; `change` replaces parts of it. */
export async function makeTestSale(house: TestConsole, change: Record<string, unknown> = {}): Promise<SaleId> {
  const ask = await house.as('organizer');
  const at = (seconds: number) => new Date(house.clock.now() + seconds * 1000).toISOString();
  const price = { amount: 300, currency: 'EUR' };
  const categories = [{ id: 'standing', name: 'Standing', kind: 'general', price, color: '#654321', capacity: 7 }];
  const venue = { name: 'Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const slug = `sale-${Math.random().toString(36).slice(2)}`;
  const event = await ask('POST', '/api/v1/organizer/events', {
    body: { slug, title: 'Event', description: '', venue },
  });
  const performance = await ask('POST', '/api/v1/organizer/performances', {
    body: { eventId: event.body.id, name: 'Evening', startsAt: at(86_400), planId: null, categories },
  });
  const { status, body } = await ask('POST', '/api/v1/organizer/sales', {
    body: {
      eventId: event.body.id,
      name: 'Sale',
      performanceIds: [performance.body.id],
      currency: 'EUR',
      phases: [{ kind: 'general', needsCode: false, prequeueOpensAt: at(0), opensAt: at(60), closesAt: at(3600) }],
      limits: { seatsPerBooking: 4, seatsPerFan: 4 },
      holdSeconds: 60,
      callWindowSeconds: 60,
      passSeconds: 300,
      admission: {
        mode: 'automatic',
        ratePerMinute: 60,
        maxActive: 10,
        floor: 1,
        ceiling: 100,
        noShowCompensation: true,
        stockAware: true,
        autoSlow: true,
      },
      ...change,
    },
  });
  if (status !== 201) throw new Error(`the test's sale was refused: ${JSON.stringify(body)}`);
  return body.id as SaleId;
}

function askerOf(port: () => number) {
  return (credentials: Record<string, string>): Ask => {
    return async (method, path, { body, headers } = {}) => {
      const response = await fetch(`http://127.0.0.1:${port()}${path}`, {
        method,
        headers: { connection: 'close', 'content-type': 'application/json', ...credentials, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return answerOf(response);
    };
  };
}
