// Reads, in the snapshot of a transaction, all that a batch of commands may look at.
import {
  type BlockId,
  type BlockRecord,
  type BookingId,
  type BookingRecord,
  type BookingWorld,
  buildSeatMap,
  emptySeatMap,
  fanKey,
  type Occupancy,
  occupancyOf,
  type PaymentId,
  type PerformanceFacts,
  type PerformanceId,
  type SaleId,
  type SaleTerms,
  type StockCommand,
  talliesOfCommand,
} from '@onsale/domain';
import type { ClientSession } from 'mongoose';
import { type PerformanceRecord, performances, seatingRulesOf } from '../catalogue/performances.ts';
import { seatingPlans } from '../catalogue/seating-plans.ts';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { blocks, bookings, claims, counts, fanCounts, payments, tallies } from './booking-collections.ts';
import { ownerOfClaim, toBlockRecord, toBookingRecord, toCount, toPaymentRecord } from './booking-mapping.ts';
import type { PartitionMemory } from './partition-memory.ts';
import { readTerms } from './read-terms.ts';

export type ReadWorld = {
  readonly mongo: Mongo;
  readonly session: ClientSession;
  readonly memory: PartitionMemory;
  /** The database's clock, milliseconds. */
  readonly now: number;
  readonly commands: readonly StockCommand[];
};

export type WorldRead = {
  readonly world: BookingWorld;
  /** Bookings that the commands name and that could not be understood, with what was wrong. */
  readonly unreadable: ReadonlyMap<BookingId, unknown>;
  /** Keys of fans and tallies that were looked for and are not there. */
  readonly absent: ReadonlySet<string>;
};

/** One read after the other: a session carries one operation at a time. */
export async function readWorld(reading: ReadWorld): Promise<WorldRead> {
  const { mongo, session, commands, now } = reading;
  const performanceIds = [...new Set(commands.map(({ performanceId }) => performanceId))];
  const { known, unreadable } = await readBookings(reading);
  const fans = new Set<string>();
  const saleIds = new Set<SaleId>();
  for (const command of commands) {
    if (command.type !== 'reserve' && command.type !== 'extend' && command.type !== 'confirm') continue;
    const about = command.type === 'reserve' ? command : known.get(command.bookingId);
    if (about === undefined) continue;
    fans.add(fanKey(about.saleId, about.fanId));
    saleIds.add(about.saleId);
  }
  const facts = new Map<PerformanceId, PerformanceFacts>();
  const held = new Map<PerformanceId, Occupancy>();
  const kept: Map<PerformanceId, ReadonlyMap<BlockId, BlockRecord>> = new Map();
  for (const record of await native(mongo, performances)
    .find({ _id: { $in: performanceIds } }, { session })
    .toArray()) {
    const known = await factsOf(reading, record);
    facts.set(record._id, known);
    held.set(record._id, await claimsOf(reading, known));
    kept.set(record._id, await blocksOf(reading, record._id));
  }
  const counted = await native(mongo, counts)
    .find({ performanceId: { $in: performanceIds } }, { session })
    .toArray();
  for (const id of performanceIds) {
    reading.memory.counted.set(
      id,
      counted.filter(({ performanceId }) => performanceId === id),
    );
  }
  const fanSeats = await native(mongo, fanCounts)
    .find({ _id: { $in: [...fans] } }, { session })
    .toArray();
  const terms = await readTerms(reading, [...saleIds]);
  const counting = await readTallies(reading, { terms, known });
  const world: BookingWorld = {
    now,
    performances: facts,
    sales: terms,
    bookings: known,
    payments: await readPayments(reading, known),
    claims: held,
    counts: new Map(counted.map((count) => [count._id, toCount(count)])),
    fanSeats: new Map(fanSeats.map(({ _id, seats }) => [_id, seats])),
    fanHeldMs: new Map(fanSeats.map(({ _id, heldMs }) => [_id, heldMs ?? 0])),
    tallies: counting.found,
    blocks: kept,
  };
  const absent = new Set([...fans, ...counting.keys]);
  for (const { _id } of fanSeats) absent.delete(_id);
  for (const key of counting.found.keys()) absent.delete(key);
  return { world, unreadable, absent };
}

async function readBookings({ mongo, session, commands }: ReadWorld) {
  const ids = [...new Set(commands.flatMap((command) => ('bookingId' in command ? [command.bookingId] : [])))];
  const found = await native(mongo, bookings)
    .find({ _id: { $in: ids } }, { session })
    .toArray();
  const known = new Map<BookingId, BookingRecord>();
  const unreadable = new Map<BookingId, unknown>();
  for (const document of found) {
    try {
      known.set(document._id, toBookingRecord(document));
    } catch (error) {
      unreadable.set(document._id, error);
    }
  }
  return { known, unreadable };
}

/** Those the commands name, and those that paid for the bookings. */
async function readPayments(
  { mongo, session, commands }: ReadWorld,
  known: BookingWorld['bookings'],
): Promise<BookingWorld['payments']> {
  const named = commands.flatMap((command): PaymentId[] =>
    'paymentId' in command && command.paymentId !== null ? [command.paymentId] : [],
  );
  const ids = [...new Set([...named, ...[...known.values()].flatMap(({ paymentId }) => paymentId ?? [])])];
  if (ids.length === 0) return new Map();
  const found = await native(mongo, payments)
    .find({ _id: { $in: ids } }, { session })
    .toArray();
  return new Map(found.map((document) => [document._id, toPaymentRecord(document)]));
}

async function factsOf({ mongo, memory }: ReadWorld, record: PerformanceRecord): Promise<PerformanceFacts> {
  const known = memory.facts.get(record._id);
  const cancelled = (record.cancelledAt ?? null) !== null;
  const isFresh = known?.version === record.version && known.facts.saleId === record.saleId;
  if (isFresh && known.facts.cancelled === cancelled) return known.facts;
  // The plan of a performance never changes, so this read needs no snapshot, and a new price builds nothing anew.
  const plan =
    record.planId === null || known !== undefined ? null : await seatingPlans(mongo).findById(record.planId).lean();
  const facts: PerformanceFacts = {
    id: record._id,
    saleId: record.saleId,
    cancelled,
    categories: new Map(record.categories.map(({ id, name, kind, price }) => [id, { id, name, kind, price }])),
    seatMap: known?.facts.seatMap ?? (plan === null ? emptySeatMap : buildSeatMap(plan)),
    rules: seatingRulesOf(record),
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
    .find({ performanceId }, { session, projection: { seatId: 1, bookingId: 1, blockId: 1 } })
    .toArray();
  const owned = found.flatMap(({ seatId, ...claim }) => {
    const owner = ownerOfClaim(claim);
    return owner === null ? [] : [{ seatId, owner }];
  });
  const loaded = occupancyOf(seatMap, owned);
  memory.claims.set(performanceId, loaded);
  return loaded;
}

async function blocksOf(
  { mongo, session, memory }: ReadWorld,
  performanceId: PerformanceId,
): Promise<ReadonlyMap<BlockId, BlockRecord>> {
  const known = memory.blocks.get(performanceId);
  if (known !== undefined) return known;
  const found = await native(mongo, blocks).find({ performanceId }, { session }).toArray();
  const loaded = new Map(found.map((document) => [document._id, toBlockRecord(document)]));
  memory.blocks.set(performanceId, loaded);
  return loaded;
}

/** What the requests count into; every key is read together with the writes that could change it meanwhile. */
async function readTallies(
  { mongo, session, commands }: ReadWorld,
  { terms, known }: { readonly terms: ReadonlyMap<SaleId, SaleTerms>; readonly known: BookingWorld['bookings'] },
): Promise<{ readonly keys: readonly string[]; readonly found: BookingWorld['tallies'] }> {
  const keys = commands.flatMap((command): readonly string[] => {
    if (command.type === 'confirm') return known.get(command.bookingId)?.tallies ?? [];
    const ofSale = command.type === 'reserve' ? terms.get(command.saleId) : undefined;
    if (command.type !== 'reserve' || ofSale === undefined) return [];
    return talliesOfCommand(command, ofSale).map(({ key }) => key);
  });
  if (keys.length === 0) return { keys, found: new Map() };
  const found = await native(mongo, tallies)
    .find({ _id: { $in: [...new Set(keys)] } }, { session })
    .toArray();
  return { keys, found: new Map(found.map(({ _id, seats }) => [_id, seats])) };
}
