// A lease whose session misbehaves at the commit as networks, servers and killed processes do.
import type { PartitionLease } from '@onsale/booking-mongo';

export const faults = [
  /** The transaction is aborted and may be tried again. */
  'aborted',
  /** It was not committed and nobody can tell. */
  'unknown, not committed',
  /** It was committed and nobody can tell. */
  'unknown, committed',
  /** The process dies before the commit. */
  'killed before the commit',
  /** The process dies after the commit, before it could acknowledge. */
  'killed after the commit',
  /** The process stands still before the commit, and goes on when another has taken over. */
  'frozen before the commit',
] as const;
export type Fault = (typeof faults)[number];

export class KilledError extends Error {}

export type FaultPlan = {
  /** The fault of the next commit, once; null for none. */
  next: Fault | null;
  /** Resolves when a frozen commit may go on. */
  thaw: Promise<void>;
  onFrozen(): void;
};

/** Makes the commits of this lease follow the plan. */
export function makeFaulty({ session }: PartitionLease, plan: FaultPlan): void {
  const commit = session.commitTransaction.bind(session);
  let unknownLeft = 0;
  session.commitTransaction = async () => {
    if (unknownLeft > 0) {
      unknownLeft -= 1;
      throw labelled('UnknownTransactionCommitResult');
    }
    const fault = plan.next;
    plan.next = null;
    switch (fault) {
      case null:
        return commit();
      case 'aborted':
        await session.abortTransaction();
        throw labelled('TransientTransactionError');
      case 'unknown, not committed':
        await session.abortTransaction();
        unknownLeft = COMMIT_REPEATS;
        throw labelled('UnknownTransactionCommitResult');
      case 'unknown, committed':
        await commit();
        unknownLeft = COMMIT_REPEATS;
        throw labelled('UnknownTransactionCommitResult');
      case 'killed before the commit':
        return die(session);
      case 'killed after the commit':
        await commit();
        return die(session);
      case 'frozen before the commit':
        plan.onFrozen();
        await plan.thaw;
        return commit();
    }
  };
}

/** The dead end nothing: what they had open stays open until somebody else ends it. */
function die(session: PartitionLease['session']): never {
  session.abortTransaction = async () => undefined;
  session.endSession = async () => undefined;
  throw new KilledError();
}

/** How often a commit of unknown result is asked for again before it is given up. */
const COMMIT_REPEATS = 3;

function labelled(label: string): Error {
  const error = new Error(label) as Error & { hasErrorLabel(name: string): boolean };
  error.hasErrorLabel = (name) => name === label;
  return error;
}
