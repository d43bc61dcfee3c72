// What is free of a performance, straight from the truth. Cheap enough once a second; the projection serves the rest.
import type { BlockId, BlockRecord, PerformanceId, SeatId } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { blocks, type CountDocument, claims, counts } from './booking-collections.ts';
import { toBlockRecord } from './booking-mapping.ts';
import { runTransaction } from './run-transaction.ts';

export type StoredAvailability = {
  readonly version: number;
  readonly counts: readonly Pick<CountDocument, 'categoryId' | 'capacity' | 'free' | 'held' | 'heldOfPool'>[];
  /** Held, sold or kept back. */
  readonly taken: readonly SeatId[];
  /** Of the taken those that an active block keeps back, with their block. */
  readonly keptBack: readonly { readonly seatId: SeatId; readonly blockId: BlockId }[];
  readonly blocks: readonly BlockRecord[];
};

/** Counts first: the seats are then at least as new as the version says, never older. */
export async function readAvailability(mongo: Mongo, performanceId: PerformanceId): Promise<StoredAvailability> {
  const counted = await native(mongo, counts).find({ performanceId }).toArray();
  const claimed = await native(mongo, claims)
    .find({ performanceId }, { projection: { seatId: 1, blockId: 1 } })
    .toArray();
  const active = await native(mongo, blocks).find({ performanceId, state: 'active' }).toArray();
  return {
    version: versionOf(counted),
    counts: counted.map(({ categoryId, capacity, free, held, heldOfPool = 0 }) => ({
      categoryId,
      capacity,
      free,
      held,
      heldOfPool,
    })),
    taken: claimed.map(({ seatId }) => seatId),
    keptBack: claimed.flatMap(({ seatId, blockId }) => (blockId === undefined ? [] : [{ seatId, blockId }])),
    blocks: active.map(toBlockRecord),
  };
}

/** The version of a performance's availability: rises with every change of its stock. */
export async function readAvailabilityVersion(mongo: Mongo, performanceId: PerformanceId): Promise<number> {
  return versionOf(
    await native(mongo, counts)
      .find({ performanceId }, { projection: { version: 1 } })
      .toArray(),
  );
}

export function versionOf(counted: readonly Pick<CountDocument, 'version'>[]): number {
  return counted.reduce((sum, { version }) => sum + version, 0);
}

/** Counts and taken seats of one moment, for a projection that must stand for exactly its version. */
export function readStockAtOnce(mongo: Mongo, performanceId: PerformanceId) {
  return runTransaction(mongo, async (session) => {
    const counted = await native(mongo, counts).find({ performanceId }, { session }).toArray();
    const claimed = await native(mongo, claims)
      .find({ performanceId }, { session, projection: { seatId: 1 } })
      .toArray();
    const entries = counted.map(
      ({ categoryId, capacity, held, heldOfPool = 0, blocked = 0, free }) =>
        [categoryId, { capacity, held, heldOfPool, blocked, free }] as const,
    );
    return { version: versionOf(counted), counts: new Map(entries), taken: claimed.map(({ seatId }) => seatId) };
  });
}
