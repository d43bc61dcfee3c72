// What the one writer of a partition may remember between its transactions: nobody else changes it while its epoch
// holds. Thus a batch reads what it touches instead of the whole hall. Any failure empties the memory of claims and
// blocks; what the memory gets wrong, the unique claim and the guarded counts refuse.
import type { BlockId, BlockRecord, MutableOccupancy, PerformanceFacts, PerformanceId } from '@onsale/domain';
import type { CountDocument } from './booking-collections.ts';

export type PartitionMemory = {
  readonly claims: Map<PerformanceId, MutableOccupancy>;
  readonly blocks: Map<PerformanceId, Map<BlockId, BlockRecord>>;
  readonly facts: Map<PerformanceId, { readonly version: number; readonly facts: PerformanceFacts }>;
  /** Performances whose counts are known to exist. */
  readonly opened: Set<PerformanceId>;
  /** The counts as the latest transaction read them. */
  readonly counted: Map<PerformanceId, readonly CountDocument[]>;
  /** Draws known to be held; a draw is never taken back. */
  readonly drawn: Set<string>;
};

export function emptyMemory(): PartitionMemory {
  return {
    claims: new Map(),
    blocks: new Map(),
    facts: new Map(),
    opened: new Set(),
    counted: new Map(),
    drawn: new Set(),
  };
}

/** The stock is read anew by the next batch. */
export function forgetStock({ claims, blocks }: PartitionMemory): void {
  claims.clear();
  blocks.clear();
}
