// Runs one transaction: read concern snapshot, write concern majority, bounded retries with jittered back-off.
// mongoose's own helper retries for two minutes without a bound on attempts; a worker rather gives its batch back.
import type { ClientSession } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';

export type TransactionLimits = {
  /** Whole runs of the body at most. */
  readonly attempts: number;
  /** First pause; doubles each time, jittered down to half. */
  readonly pauseMs: number;
};

const DEFAULT_LIMITS: TransactionLimits = { attempts: 6, pauseMs: 10 };
const COMMIT_ATTEMPTS = 4;

/** One transaction in a session of its own. */
export async function runTransaction<Result>(
  mongo: Mongo,
  body: (session: ClientSession) => Promise<Result>,
  limits?: TransactionLimits,
): Promise<Result> {
  const session = await mongo.startSession();
  try {
    return await runInSession(session, () => body(session), limits);
  } finally {
    await session.endSession();
  }
}

/**
 * The body's result, once its writes are majority-committed. The body may run several times and must leave no trace
 * outside the session. Throws what the last attempt threw; the outcome is then unknown only for an error that carries
 * the label UnknownTransactionCommitResult.
 */
export async function runInSession<Result>(
  session: ClientSession,
  body: () => Promise<Result>,
  { attempts, pauseMs }: TransactionLimits = DEFAULT_LIMITS,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
      const result = await body();
      await commit(session);
      return result;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      if (attempt >= attempts || !hasLabel(error, 'TransientTransactionError')) throw error;
      await pause(pauseMs * 2 ** (attempt - 1));
    }
  }
}

/** Asking again for a commit is harmless: the server remembers the transaction's number. */
async function commit(session: ClientSession): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      if (attempt >= COMMIT_ATTEMPTS || !hasLabel(error, 'UnknownTransactionCommitResult')) throw error;
    }
  }
}

export function hasLabel(error: unknown, label: string): boolean {
  const labelled = error as { hasErrorLabel?: (label: string) => boolean } | null;
  return typeof labelled?.hasErrorLabel === 'function' && labelled.hasErrorLabel(label);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms * (0.5 + Math.random() / 2)));
}
