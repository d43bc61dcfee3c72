// The database as an outsider reads it: plain documents of plain collections, all of one moment. Nothing here uses the
// models or functions that wrote them, so that a mistake there cannot hide itself.
import type { ClientSession, mongo as driver } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';

type Money = { amount: number; currency: string };
export type RawItem = { categoryId: string; seatId: string | null; label: string; price: Money; blockId?: string };
export type RawBooking = {
  _id: string;
  saleId: string;
  performanceId: string;
  fanId: string;
  state: string;
  reason: string | null;
  items: RawItem[];
  total: Money | null;
  decidedAt: Date;
  contact: { email: string };
  code?: { codeId: string } | null;
  tallies?: string[];
  holdExpiresAt: Date | null;
  paymentId: string | null;
};
export type RawClaim = { _id: string; performanceId: string; seatId: string; bookingId?: string; blockId?: string };
export type RawBlock = {
  _id: string;
  performanceId: string;
  state: string;
  audience: unknown;
  left: { categoryId: string; quantity: number }[];
};
export type RawTally = { _id: string; saleId: string; seats: number };
export type RawCount = {
  _id: string;
  performanceId: string;
  categoryId: string;
  saleId: string;
  capacity: number;
  held: number;
  sold: number;
  /** Absent in counts of before there were blocks. */
  blocked?: number;
  heldOfPool?: number;
  free: number;
};
export type RawFanCount = { _id: string; saleId: string; fanId: string; seats: number; heldMs?: number };
export type RawTicket = {
  _id: string;
  bookingId: string;
  performanceId: string;
  categoryId: string;
  seatId: string | null;
};
export type RawPayment = { _id: string; bookingId: string; amount: Money; state: string; refunded: number };
export type RawMoneyOrder = { _id: string; kind: string; paymentId: string; amount: Money; state: string };
export type RawSandboxEntry = {
  _id: string;
  outcome: string;
  amount: number;
  refunds: { orderId: string; amount: number }[];
};
export type RawPerformance = {
  _id: string;
  saleId: string | null;
  planId: string | null;
  categories: { id: string; kind: string; capacity: number }[];
};
export type RawSale = {
  _id: string;
  performanceIds: string[];
  limits: { seatsPerBooking: number; seatsPerFan: number; seatsPerEmail?: number; seatsPerCode?: number };
  holdSeconds: number;
  holdMaxSeconds?: number | null;
  phases: { id: string; opensAt: Date; seatsPerFan?: number }[];
};
export type RawPlan = {
  _id: string;
  sections: { rows: { seats: { id: string; categoryId: string; kind?: string }[] }[] }[];
};
export type RawDraw = {
  _id: string;
  saleId: string;
  phaseId: string;
  commitment: string;
  secret: string;
  publicValueSource: string | null;
  publicValueWaitSeconds: number | null;
  publicValue: string | null;
  firstIndex: number | null;
  size: number | null;
  root: string | null;
  rosterRoot: string | null;
  crowdedHash: string | null;
  frozenAt: Date | null;
  seed: string | null;
  revealedAt: Date | null;
};
export type RawCheckpoint = { _id: string; leasedIndexes: number; served: number; epoch: number };
export type RawIndex = { collection: string; key: Record<string, number>; unique: boolean };

export type Books = {
  /** The database's clock, not ours. */
  readonly now: Date;
  readonly bookings: readonly RawBooking[];
  readonly claims: readonly RawClaim[];
  readonly counts: readonly RawCount[];
  readonly fanCounts: readonly RawFanCount[];
  readonly tallies: readonly RawTally[];
  readonly blocks: readonly RawBlock[];
  readonly tickets: readonly RawTicket[];
  readonly payments: readonly RawPayment[];
  readonly moneyOrders: readonly RawMoneyOrder[];
  readonly sandboxPayments: readonly RawSandboxEntry[];
  readonly performances: readonly RawPerformance[];
  readonly sales: readonly RawSale[];
  readonly seatingPlans: readonly RawPlan[];
  readonly draws: readonly RawDraw[];
  readonly checkpoints: readonly RawCheckpoint[];
  readonly indexes: readonly RawIndex[];
};

/** Reads everything in one transaction, so that a sale that goes on meanwhile is seen at one moment. */
export async function readBooks(mongo: Mongo): Promise<Books> {
  const { db } = mongo;
  if (db === undefined) throw new Error('not connected');
  const now = await databaseClock(db);
  const indexes = await readIndexes(db);
  const session = await mongo.startSession();
  try {
    session.startTransaction({ readConcern: { level: 'snapshot' } });
    const books = await readAll(db, session);
    await session.commitTransaction();
    return { now, indexes, ...books };
  } finally {
    await session.endSession();
  }
}

async function readAll(db: driver.Db, session: ClientSession): Promise<Omit<Books, 'now' | 'indexes'>> {
  // A session carries one operation at a time.
  const all = async <Raw extends driver.Document>(name: string): Promise<Raw[]> =>
    (await db.collection(name).find({}, { session }).toArray()) as unknown as Raw[];
  return {
    bookings: await all<RawBooking>('bookings'),
    claims: await all<RawClaim>('claims'),
    counts: await all<RawCount>('counts'),
    fanCounts: await all<RawFanCount>('fanCounts'),
    tallies: await all<RawTally>('tallies'),
    blocks: await all<RawBlock>('blocks'),
    tickets: await all<RawTicket>('tickets'),
    payments: await all<RawPayment>('payments'),
    moneyOrders: await all<RawMoneyOrder>('moneyOrders'),
    sandboxPayments: await all<RawSandboxEntry>('sandboxPayments'),
    performances: await all<RawPerformance>('performances'),
    sales: await all<RawSale>('sales'),
    seatingPlans: await all<RawPlan>('seatingPlans'),
    draws: await all<RawDraw>('draws'),
    checkpoints: await all<RawCheckpoint>('checkpoints'),
  };
}

async function databaseClock(db: driver.Db): Promise<Date> {
  const { localTime } = await db.admin().command({ hello: 1 });
  return localTime instanceof Date ? localTime : new Date();
}

async function readIndexes(db: driver.Db): Promise<RawIndex[]> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const perCollection = await Promise.all(
    names.map(async (collection) =>
      (await db.collection(collection).indexes()).map(({ key, unique }) => ({
        collection,
        key: key as Record<string, number>,
        unique: unique === true,
      })),
    ),
  );
  return perCollection.flat();
}
