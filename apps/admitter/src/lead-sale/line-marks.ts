// How far the line has come for sure. An older copy of the line, loaded into a Redis that went on running, is told by
// figures that fell: against what this process saw itself, and, for a leader that begins, against the checkpoint.
import { checkpoints } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import { type LineMarks, NO_MARKS } from '@onsale/waiting-room-redis';
import type { LeaderDeps } from './sale-leader.ts';

export type MarksMemory = {
  /** Outlives a change of the leader: what this process once saw stays true. */
  marks: LineMarks;
  /** Up to where the checkpoint knows for sure that numbers were called. */
  keptServed: number;
  /** The checkpoint is asked once by each leader. Its leased mark counts after a moment: who raises it tells Redis next. */
  checkpoint: 'unasked' | 'asked' | { readonly leased: number; readonly countsFrom: number };
};

export const newMarks = (marks: LineMarks = NO_MARKS): MarksMemory => ({
  marks,
  keptServed: 0,
  checkpoint: 'unasked',
});

const LEASE_UNDER_WAY_MS = 1_000;

/** Before the facts are read. */
export async function marksToExpect(
  { mongo, clock }: Pick<LeaderDeps, 'mongo' | 'clock'>,
  saleId: SaleId,
  memory: MarksMemory,
): Promise<LineMarks> {
  const now = clock.now();
  if (memory.checkpoint === 'unasked') {
    const kept = await checkpoints(mongo).findById(saleId).lean();
    memory.checkpoint = { leased: kept?.leasedIndexes ?? 0, countsFrom: now + LEASE_UNDER_WAY_MS };
    if (kept !== null) raise(memory, { ...NO_MARKS, epoch: kept.epoch, served: kept.calledUpTo ?? 0 });
  }
  if (memory.checkpoint !== 'asked' && now >= memory.checkpoint.countsFrom) {
    raise(memory, { ...NO_MARKS, leased: memory.checkpoint.leased });
    memory.checkpoint = 'asked';
  }
  return memory.marks;
}

/** What was seen now is the least from now on. */
export function noteMarks(memory: MarksMemory, { epoch, joined, leased, served, seq }: LineMarks): void {
  raise(memory, { epoch, joined, leased, served, seq });
}

function raise(memory: MarksMemory, seen: LineMarks): void {
  const { marks } = memory;
  memory.marks = {
    epoch: Math.max(marks.epoch, seen.epoch),
    joined: Math.max(marks.joined, seen.joined),
    leased: Math.max(marks.leased, seen.leased),
    served: Math.max(marks.served, seen.served),
    seq: seen.epoch > marks.epoch ? seen.seq : seen.epoch === marks.epoch ? Math.max(marks.seq, seen.seq) : marks.seq,
  };
}
