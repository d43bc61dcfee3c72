// Reads, in the snapshot of a transaction, all that a batch of commands may look at.
import {
  type BookingWorld,
  buildSeatMap,
  emptySeatMap,
  fanKey,
  longestHoldMs,
  type Occupancy,
  occupancyOf,
  type PaymentId,
  type PerformanceFacts,
  type PerformanceId,
  type SaleId,
  type SaleTerms,
  type StockCommand,
  salePhase,
} from '@onsale/domain';
import type { ClientSession } from 'mongoose';
import { type PerformanceRecord, performances } from '../catalogue/performances.ts';
import { type SaleRecord, sales } from '../catalogue/sales.ts';
import { seatingPlans } from '../catalogue/seating-plans.ts';
import type { Mongo } from '../connect-mongo.ts';
import { draws } from '../line/draws.ts';
import { native } from '../native.ts';
import { bookings, claims, counts, fanCounts, payments } from './booking-collections.ts';
import { toBookingRecord, toCount, toPaymentRecord } from './booking-mapping.ts';
import type { PartitionMemory } from './partition-memory.ts';

export type ReadWorld = {
  readonly mongo: Mongo;
  readonly session: ClientSession;
  readonly memory: PartitionMemory;
  /** The database's clock, milliseconds. */
  readonly now: number;
  readonly commands: readonly StockCommand[];
};

/** One read after the other: a session carries one operation at a time. */
export async function readWorld(reading: ReadWorld): Promise<BookingWorld> {
  const { mongo, session, commands, now } = reading;
  const performanceIds = [...new Set(commands.map(({ performanceId }) => performanceId))];
  const known = await readBookings(reading);
  const fans = new Set<string>();
  const saleIds = new Set<SaleId>();
  for (const command of commands) {
    if (command.type === 'extend') {
      const saleId = known.get(command.bookingId)?.saleId;
      if (saleId !== undefined) saleIds.add(saleId);
    }
    if (command.type !== 'reserve') continue;
    fans.add(fanKey(command.saleId, command.fanId));
    saleIds.add(command.saleId);
  }
  const facts = new Map<PerformanceId, PerformanceFacts>();
  const held = new Map<PerformanceId, Occupancy>();
  for (const record of await native(mongo, performances)
    .find({ _id: { $in: performanceIds } }, { session })
    .toArray()) {
    const known = await factsOf(reading, record);
    facts.set(record._id, known);
    held.set(record._id, await claimsOf(reading, known));
  }
  const counted = await native(mongo, counts)
    .find({ performanceId: { $in: performanceIds } }, { session })
    .toArray();
  const fanSeats = await native(mongo, fanCounts)
    .find({ _id: { $in: [...fans] } }, { session })
    .toArray();
  return {
    now,
    performances: facts,
    sales: await readTerms(reading, [...saleIds]),
    bookings: known,
    payments: await readPayments(reading),
    claims: held,
    counts: new Map(counted.map((count) => [count._id, toCount(count)])),
    fanSeats: new Map(fanSeats.map(({ _id, seats }) => [_id, seats])),
    fanHeldMs: new Map(fanSeats.map(({ _id, heldMs }) => [_id, heldMs ?? 0])),
  };
}

async function readBookings({ mongo, session, commands }: ReadWorld): Promise<BookingWorld['bookings']> {
  const ids = [...new Set(commands.map(({ bookingId }) => bookingId))];
  const found = await native(mongo, bookings)
    .find({ _id: { $in: ids } }, { session })
    .toArray();
  return new Map(found.map((document) => [document._id, toBookingRecord(document)]));
}

async function readPayments({ mongo, session, commands }: ReadWorld): Promise<BookingWorld['payments']> {
  const ids = commands.flatMap((command): PaymentId[] =>
    'paymentId' in command && command.paymentId !== null ? [command.paymentId] : [],
  );
  if (ids.length === 0) return new Map();
  const found = await native(mongo, payments)
    .find({ _id: { $in: ids } }, { session })
    .toArray();
  return new Map(found.map((document) => [document._id, toPaymentRecord(document)]));
}

async function readTerms(reading: ReadWorld, saleIds: readonly SaleId[]): Promise<Map<SaleId, SaleTerms>> {
  const terms = new Map<SaleId, SaleTerms>();
  if (saleIds.length === 0) return terms;
  const { mongo, session, now } = reading;
  for (const sale of await native(mongo, sales)
    .find({ _id: { $in: [...saleIds] } }, { session })
    .toArray()) {
    await learnDraws(reading, sale);
    terms.set(sale._id, {
      sells: sellsAt(sale, reading.memory.drawn, now),
      limits: sale.limits,
      holdMs: sale.holdSeconds * 1000,
      holdMaxMs: longestHoldMs(sale),
    });
  }
  return terms;
}

/** A pause keeps fans from being called; those inside may finish. Whether stock is left is for the counts to say. */
function sellsAt(sale: SaleRecord, drawn: ReadonlySet<string>, now: number): boolean {
  const windows = sale.phases.map(({ id, kind, prequeueOpensAt, opensAt, closesAt }) => ({
    id,
    kind,
    prequeueOpensAt: prequeueOpensAt.getTime(),
    opensAt: opensAt.getTime(),
    closesAt: closesAt.getTime(),
  }));
  const drawnHere = new Set(windows.flatMap(({ id }) => (drawn.has(`${sale._id}:${id}`) ? [id] : [])));
  const facts = { windows, drawn: drawnHere, paused: false, soldOut: false, closedByStaff: sale.closedByStaff };
  return salePhase(facts, now) === 'open';
}

async function learnDraws({ mongo, session, memory }: ReadWorld, sale: SaleRecord): Promise<void> {
  if (sale.phases.every(({ id }) => memory.drawn.has(`${sale._id}:${id}`))) return;
  const held = await native(mongo, draws)
    .find({ saleId: sale._id, revealedAt: { $ne: null } }, { session, projection: { _id: 1 } })
    .toArray();
  for (const { _id } of held) memory.drawn.add(_id);
}

async function factsOf({ mongo, memory }: ReadWorld, record: PerformanceRecord): Promise<PerformanceFacts> {
  const known = memory.facts.get(record._id);
  if (known?.version === record.version && known.facts.saleId === record.saleId) return known.facts;
  // Plans never change, so this read needs no snapshot.
  const plan = record.planId === null ? null : await seatingPlans(mongo).findById(record.planId).lean();
  const facts: PerformanceFacts = {
    id: record._id,
    saleId: record.saleId,
    categories: new Map(record.categories.map(({ id, name, kind, price }) => [id, { id, name, kind, price }])),
    seatMap: plan === null ? emptySeatMap : buildSeatMap(plan),
  };
  memory.facts.set(record._id, { version: record.version, facts });
  return facts;
}

async function claimsOf(
  { mongo, session, memory }: ReadWorld,
  { id: performanceId, seatMap }: PerformanceFacts,
): Promise<Occupancy> {
  const known = memory.claims.get(performanceId);
  if (known !== undefined) return known;
  const found = await native(mongo, claims)
    .find({ performanceId }, { session, projection: { seatId: 1, bookingId: 1 } })
    .toArray();
  const loaded = occupancyOf(seatMap, found);
  memory.claims.set(performanceId, loaded);
  return loaded;
}
