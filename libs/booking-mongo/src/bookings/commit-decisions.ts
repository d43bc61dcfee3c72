// What becomes true: a batch of commands of one partition is decided, and everything that follows from it is written,
// in one transaction. After a failure nothing of it happened, or all of it: repeating the batch is always right.
// A command that cannot be decided costs the others nothing: it is found before anything is written, and left out.
import {
  type BookingChanges,
  type BookingId,
  type BookingWorld,
  type CategoryId,
  decide,
  type Outcome,
  occupy,
  type PerformanceId,
  type SaleId,
  type StockCommand,
  type Undecided,
} from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import type { CountDocument } from './booking-collections.ts';
import { type KeptAfter, keptAfter } from './kept-after.ts';
import { openStock } from './open-stock.ts';
import { forgetStock, type PartitionMemory } from './partition-memory.ts';
import { versionOf } from './read-availability.ts';
import { readWorld } from './read-world.ts';
import { runInSession, type TransactionLimits } from './run-transaction.ts';
import { holdPartition, type PartitionLease } from './take-partition.ts';
import { writeChanges } from './write-changes.ts';

export type CommitDecisions = {
  readonly lease: PartitionLease;
  readonly memory: PartitionMemory;
  readonly commands: readonly StockCommand[];
  readonly limits?: TransactionLimits;
};

/** The stock of a performance as the transaction left it; only categories that it changed. */
export type StockAfter = {
  readonly performanceId: PerformanceId;
  readonly saleId: SaleId;
  /** Versions of its availability before and after. */
  readonly from: number;
  readonly to: number;
  readonly counts: ReadonlyMap<
    CategoryId,
    Pick<CountDocument, 'capacity' | 'held' | 'heldOfPool' | 'blocked' | 'free'>
  >;
  readonly kept: KeptAfter;
};

export type Committed = {
  /** Of the commands that were decided, in their order. */
  readonly outcomes: readonly Outcome[];
  /** What was left out; nothing of it happened. */
  readonly undecided: readonly Undecided[];
  readonly changes: BookingChanges;
  readonly stock: readonly StockAfter[];
  /** The database's clock in the transaction, milliseconds. */
  readonly at: number;
};

/**
 * Throws StaleLeaseError when another worker took the partition, RefusedWriteError where the database refused what one
 * command wants to write, GuardError or the driver's error otherwise.
 */
export async function commitDecisions(
  mongo: Mongo,
  { lease, memory, commands, limits }: CommitDecisions,
): Promise<Committed> {
  try {
    await openStocks(mongo, memory, commands);
    const { session } = lease;
    let attempt = 0;
    const { sales, ...committed } = await runInSession(
      session,
      async () => {
        if (attempt++ > 0) forgetStock(memory);
        const now = await holdPartition(mongo, lease);
        const { world, unreadable, absent } = await readWorld({ mongo, session, memory, now, commands });
        const { readable, undecided } = partOf(commands, unreadable);
        const decision = decide(world, readable);
        await writeChanges({ mongo, session, changes: decision.changes, now, absent });
        return { ...decision, undecided: [...undecided, ...decision.undecided], at: now, sales: world.sales };
      },
      limits,
    );
    remember(memory, committed.changes);
    return { ...committed, stock: stockAfter(memory, { ...committed, sales }) };
  } catch (error) {
    forgetStock(memory);
    throw error;
  }
}

/** A command about a booking that cannot be read cannot be decided. */
function partOf(commands: readonly StockCommand[], unreadable: ReadonlyMap<BookingId, unknown>) {
  if (unreadable.size === 0) return { readable: commands, undecided: [] };
  const readable: StockCommand[] = [];
  const undecided: Undecided[] = [];
  for (const command of commands) {
    if ('bookingId' in command && unreadable.has(command.bookingId)) {
      undecided.push({ command, error: unreadable.get(command.bookingId) });
    } else {
      readable.push(command);
    }
  }
  return { readable, undecided };
}

async function openStocks(mongo: Mongo, memory: PartitionMemory, commands: readonly StockCommand[]): Promise<void> {
  for (const { performanceId } of commands) {
    if (!memory.opened.has(performanceId) && (await openStock(mongo, performanceId))) memory.opened.add(performanceId);
  }
}

function remember(memory: PartitionMemory, { claims, blocks }: BookingChanges): void {
  for (const { performanceId, seatId, to } of claims) {
    const occupancy = memory.claims.get(performanceId);
    const seatMap = memory.facts.get(performanceId)?.facts.seatMap;
    if (occupancy !== undefined && seatMap !== undefined) occupy(occupancy, seatMap, seatId, to);
  }
  for (const { after } of blocks) memory.blocks.get(after.performanceId)?.set(after.id, after);
}

function stockAfter(
  { counted, blocks }: PartitionMemory,
  { changes, sales, at }: Pick<Committed, 'changes' | 'at'> & { readonly sales: BookingWorld['sales'] },
): StockAfter[] {
  const performanceIds = [...new Set(changes.counts.map(({ performanceId }) => performanceId))];
  return performanceIds.flatMap((performanceId) => {
    const before = counted.get(performanceId) ?? [];
    const [any] = before;
    const moved = changes.counts.filter((change) => change.performanceId === performanceId);
    if (any === undefined) return [];
    const from = versionOf(before);
    const counts = new Map(
      moved.flatMap(({ categoryId, held, sold, blocked, heldOfPool }) => {
        const count = before.find((one) => one.categoryId === categoryId);
        if (count === undefined) return [];
        const after = {
          capacity: count.capacity,
          held: count.held + held,
          heldOfPool: (count.heldOfPool ?? 0) + heldOfPool,
          blocked: (count.blocked ?? 0) + blocked,
          free: count.free - held - sold - blocked,
        };
        return [[categoryId, after] as const];
      }),
    );
    // Each count that is written raises its version by one.
    const changed = changes.blocks.filter(({ after }) => after.performanceId === performanceId);
    const kept = keptAfter(blocks.get(performanceId), { changed, terms: sales.get(any.saleId), at });
    return [{ performanceId, saleId: any.saleId, from, to: from + moved.length, counts, kept }];
  });
}
