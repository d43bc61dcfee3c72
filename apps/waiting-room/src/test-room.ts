// A running waiting room for the tests of this app: on a real Redis and MongoDB, with a sale whose line is open. What an
// admitter would do to the line is done by hand.
import { randomBytes } from 'node:crypto';
import {
  connectMongo,
  draws,
  type Mongo,
  prepareDatabase,
  raiseEpoch,
  raiseLeasedIndexes,
  type SaleRecord,
  sales,
} from '@onsale/booking-mongo';
import type { EventId, PhaseId, SaleId } from '@onsale/domain';
import { generatePassKeyJwk, parsePassKeys, parseTokenKeys } from '@onsale/pass';
import { type HttpPart, type RunningApp, startApp } from '@onsale/runtime';
import {
  callNext,
  connectLine,
  freezeRoster,
  type LineConnection,
  leadSale,
  leaseIndexes,
  openPrequeue,
  readFacts,
  restoreLine,
} from '@onsale/waiting-room-redis';
import { compose } from './compose.ts';

export const phaseId = 'general' as PhaseId;
export const PUBLIC_URL = 'http://localhost:3000';
const HOUR = 3600_000;

export type TestRoom = {
  readonly url: string;
  readonly mongo: Mongo;
  readonly line: LineConnection;
  /** A new sale in its pre-queue. */
  openSale(): Promise<SaleId>;
  /** The draw: from now on everybody has a number. */
  draw(saleId: SaleId): Promise<void>;
  call(saleId: SaleId, count: number): Promise<number>;
  /** What an admitter does when it finds the line gone. */
  restore(saleId: SaleId): Promise<void>;
  stop(): Promise<void>;
};

export type RoomStores = {
  readonly mongoUri: string;
  readonly redisUrl: string;
  /** Joins a minute from one block of addresses that cost nothing; left out, any number. */
  readonly peacefulJoins?: number;
  /** As the environment has them, so that rooms may share keys; left out, its own. */
  readonly tokenKeys?: string;
};

export async function startRoom({
  peacefulJoins = 0,
  tokenKeys = newTokenKey('k'),
  ...stores
}: RoomStores): Promise<TestRoom> {
  const mongo = await connectMongo(stores.mongoUri);
  await prepareDatabase(mongo);
  const line = connectLine(stores.redisUrl);
  await line.ready();
  const description = await compose({
    MONGODB_URI: stores.mongoUri,
    REDIS_URL: stores.redisUrl,
    PORT: 0,
    INTERNAL_PORT: 0,
    ONSALE_PUBLIC_URL: PUBLIC_URL,
    ONSALE_TOKEN_KEYS: parseTokenKeys(tokenKeys),
    ONSALE_PASS_KEYS: parsePassKeys(JSON.stringify([generatePassKeyJwk('p')])),
    ONSALE_TRUSTED_PROXIES: peacefulJoins === 0 ? [] : ['127.0.0.1', '::1'],
    ONSALE_PEACEFUL_JOINS: peacefulJoins,
    ONSALE_UNLIMITED_ADDRESSES: [],
    ONSALE_LOG_LEVEL: 'fatal',
  });
  const app: RunningApp = await startApp(description);
  const http = description.parts.find(({ name }) => name === 'public port') as HttpPart;
  return {
    url: `http://localhost:${http.port()}`,
    mongo,
    line,
    openSale: () => openSale(mongo, line),
    draw: (saleId) => draw(mongo, line, saleId),
    call: (saleId, count) => call(line, saleId, count),
    restore: (saleId) => restore(mongo, line, saleId),
    stop: async () => {
      await app.stop();
      await line.close();
      await mongo.close();
    },
  };
}

export const newTokenKey = (kid: string): string => `${kid}:${randomBytes(32).toString('hex')}`;

async function openSale(mongo: Mongo, line: LineConnection): Promise<SaleId> {
  const saleId = `sale-${randomBytes(6).toString('hex')}` as SaleId;
  await sales(mongo).create(saleRecord(saleId));
  await draws(mongo).create({
    _id: `${saleId}:${phaseId}`,
    saleId,
    phaseId,
    rule: 'test',
    commitment: '00',
    secret: '00',
    salt: '00',
    firstIndex: 0,
  });
  await restore(mongo, line, saleId);
  await openPrequeue(line, { saleId, phaseId });
  return saleId;
}

function saleRecord(saleId: SaleId): SaleRecord {
  const now = Date.now();
  return {
    _id: saleId,
    eventId: 'event' as EventId,
    name: 'A sale',
    currency: 'EUR',
    performanceIds: [],
    phases: [
      {
        id: phaseId,
        kind: 'general',
        prequeueOpensAt: new Date(now - HOUR),
        opensAt: new Date(now - 1000),
        closesAt: new Date(now + HOUR),
        needsCode: false,
      },
    ],
    limits: { seatsPerBooking: 4, seatsPerFan: 4 },
    holdSeconds: 60,
    callWindowSeconds: 60,
    passSeconds: 600,
    admission: {
      mode: 'automatic',
      ratePerMinute: 600,
      maxActive: 1000,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    },
    admissionVersion: 1,
    paused: false,
    draining: false,
    soldOut: false,
    closedByStaff: false,
    notice: null,
    manualCall: null,
    createdAt: new Date(now),
  };
}

async function draw(mongo: Mongo, line: LineConnection, saleId: SaleId): Promise<void> {
  const outcome = await freezeRoster(line, { saleId, phaseId });
  if (outcome.kind !== 'frozen') throw new Error(outcome.kind);
  const { firstIndex, size } = outcome;
  const seed = randomBytes(32).toString('hex');
  await draws(mongo).updateOne({ saleId }, { $set: { firstIndex, size, root: '00', seed, revealedAt: new Date() } });
}

async function call(line: LineConnection, saleId: SaleId, count: number): Promise<number> {
  const lead = await leadSale(line, { saleId, holder: 'test', leaseMs: 10_000 });
  if (lead.kind !== 'leading') throw new Error(lead.kind);
  const { leadership } = lead;
  const outcome = await callNext(line, {
    saleId,
    leadership,
    count,
    maxActive: 1000,
    callWindowMs: 60_000,
    servedMax: 1e9,
  });
  if (outcome.kind !== 'called') throw new Error(outcome.kind);
  return outcome.count;
}

async function restore(mongo: Mongo, line: LineConnection, saleId: SaleId): Promise<void> {
  const checkpoint = await raiseEpoch(mongo, saleId, new Date());
  const held = await draws(mongo).find({ saleId }).lean();
  const { epoch } = await restoreLine(line, {
    saleId,
    epoch: checkpoint.epoch,
    leased: checkpoint.leasedIndexes,
    served: checkpoint.served,
    servedForSure: checkpoint.expiredUpTo,
    prequeue: held.some(({ size }) => size === null) ? { phaseId, firstIndex: 0 } : null,
    draws: held.flatMap(({ firstIndex, size }) =>
      firstIndex === null || size === null ? [] : [{ phaseId, firstIndex, size }],
    ),
  });
  const facts = await readFacts(line, { saleId, passMs: 1000 });
  const joined = facts.kind === 'facts' ? facts.joined : 0;
  await raiseLeasedIndexes(mongo, { saleId, leasedIndexes: joined + 100, now: new Date() });
  await leaseIndexes(line, { saleId, epoch, leased: joined + 100 });
}
