// An accepted booking request is decided within seconds. One that is not gets a reason in words, counted and logged; and
// when nothing explains it, its command is published again, which is always safe: deciding is idempotent by booking id.
import type { BookingCommand } from '@onsale/contracts';
import { bookingCommand, partitionOf } from '@onsale/contracts';
import type { BookingId } from '@onsale/domain';
import type { QueueDepths } from '@onsale/messaging-rabbitmq';
import type { WaitingRequest } from '@onsale/shop-redis';

/**
 * no_worker: nobody takes from its queue. worker_silent: the owner of its partition was not heard for seconds, as one that
 * is frozen; the broker gives its commands to another when it loses patience, too. backlog: others are before it.
 * not_in_its_queue: none of these.
 */
export const stuckReasons = ['backlog', 'no_worker', 'worker_silent', 'not_in_its_queue'] as const;
export type StuckReason = (typeof stuckReasons)[number];

export type FindStuckRequestsDeps = {
  readWaiting(asked: { readonly before: number; readonly limit: number }): Promise<readonly WaitingRequest[]>;
  /** Which of these have an outcome. */
  decidedAmong(ids: readonly BookingId[]): Promise<ReadonlySet<BookingId>>;
  forget(ids: readonly BookingId[]): Promise<void>;
  /** It counts as waiting from now on. */
  waitAnew(request: WaitingRequest): Promise<void>;
  readDepths(): Promise<QueueDepths>;
  /** Partitions whose owner is not heard. */
  readSilent(): Promise<ReadonlySet<number>>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export type StuckRequests = {
  readonly byReason: Readonly<Record<StuckReason, number>>;
  readonly oldestMs: number;
  readonly republished: number;
};

/** A worker that is taken over from, or a broker that is started again, needs some seconds. */
const STUCK_AFTER_MS = 15_000;
/** A batch may be waiting for a database that is away; only after this does its command count as lost. */
const LOST_AFTER_MS = 60_000;
const REQUESTS_MAX = 1_000;

export async function findStuckRequests(deps: FindStuckRequestsDeps): Promise<StuckRequests> {
  const waiting = await deps.readWaiting({ before: deps.now() - STUCK_AFTER_MS, limit: REQUESTS_MAX });
  const decided = await deps.decidedAmong(waiting.map(({ bookingId }) => bookingId));
  // Decided, and the note of it was lost.
  await deps.forget([...decided]);
  const stuck = waiting.filter(({ bookingId }) => !decided.has(bookingId));
  const byReason = { backlog: 0, no_worker: 0, worker_silent: 0, not_in_its_queue: 0 };
  if (stuck.length === 0) return { byReason, oldestMs: 0, republished: 0 };
  const [depths, silent] = await Promise.all([deps.readDepths(), deps.readSilent()]);
  const queues: Queues = { ...depths, silent };
  let republished = 0;
  for (const request of stuck) {
    const command = parseCommand(request.command);
    if (command === null) {
      await deps.forget([request.bookingId]);
      continue;
    }
    const reason = reasonOf(queues, command);
    byReason[reason] += 1;
    if (reason !== 'not_in_its_queue' || deps.now() - request.since < LOST_AFTER_MS) continue;
    await deps.publish(command);
    await deps.waitAnew(request);
    republished += 1;
  }
  return { byReason, oldestMs: deps.now() - Math.min(...stuck.map(({ since }) => since)), republished };
}

type Queues = Pick<QueueDepths, 'partitions'> & { readonly silent: ReadonlySet<number> };

function reasonOf({ partitions, silent }: Queues, command: BookingCommand): StuckReason {
  const partition = partitionOf(command.performanceId, partitions.length);
  const queue = partitions[partition];
  if (queue === undefined || queue.consumers === 0) return 'no_worker';
  if (silent.has(partition)) return 'worker_silent';
  return queue.waiting > 0 ? 'backlog' : 'not_in_its_queue';
}

function parseCommand(text: string): BookingCommand | null {
  try {
    return bookingCommand.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
