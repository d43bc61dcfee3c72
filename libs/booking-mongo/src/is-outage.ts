// Tells a database that is away or busy from a fault of our own.
import { hasLabel } from './bookings/run-transaction.ts';

/** Whether the database, not the commands, is what failed. */
export function isOutage(error: unknown): boolean {
  if (hasLabel(error, 'TransientTransactionError') || hasLabel(error, 'UnknownTransactionCommitResult')) return true;
  const name = error instanceof Error ? error.name : '';
  return OUTAGES.has(name) || hasLabel(error, 'RetryableWriteError');
}

const OUTAGES = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'MongoExpiredSessionError',
  'MongooseServerSelectionError',
]);
