// The writer of one partition while this process is its active consumer. Holds the lease (epoch) of the current
// subscription and the memory that goes with it; both are thrown away when the subscription changes.
// Idempotent by bookingId, payment id and the state of the booking: a command delivered again changes nothing.
import {
  type CommitDecisions,
  type Committed,
  emptyMemory,
  type PartitionLease,
  type PartitionMemory,
} from '@onsale/booking-mongo';
import { type BookingCommand, bookingCommand, partitionKey } from '@onsale/contracts';
import type { Batch, DeadLetter, Delivery } from '@onsale/messaging-rabbitmq';
import type { Logger } from '@onsale/runtime';
import { decideBatch } from './decide-batch/decide-batch.ts';
import type { WorkerMetrics } from './metrics.ts';

export type PartitionWorkerDeps = {
  readonly partition: number;
  /** Raises the partition's epoch: whoever had it before cannot commit any more. */
  take(): Promise<PartitionLease>;
  leave(lease: PartitionLease): Promise<void>;
  /** One transaction for all commands. */
  commit(decisions: CommitDecisions): Promise<Committed>;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  pause(ms: number, signal: AbortSignal): Promise<void>;
  buryCommand(letter: DeadLetter): Promise<void>;
  /** After the commit; may be repeated, may fail without harm. */
  tellResults(committed: Committed): Promise<void>;
};

type Tenure = {
  readonly generation: number;
  readonly lease: PartitionLease;
  readonly memory: PartitionMemory;
};

type Parsed = { readonly delivery: Delivery; readonly command: BookingCommand };

/** Delivered so often, the head of the queue ended its process each time: all before it were acknowledged. */
const DELIVERIES_MAX = 10;

export function createPartitionWorker(deps: PartitionWorkerDeps) {
  let tenure: Tenure | null = null;
  /** The generation that buried a command for its many deliveries: those right behind it share the number. */
  let buriedIn: number | null = null;

  async function tenureOf(generation: number): Promise<Tenure> {
    if (tenure?.generation === generation) return tenure;
    await endTenure();
    const lease = await deps.take();
    deps.logger.info({ partition: deps.partition, epoch: lease.epoch }, 'took a partition over');
    tenure = { generation, lease, memory: emptyMemory() };
    return tenure;
  }

  async function endTenure(): Promise<void> {
    const ended = tenure;
    tenure = null;
    if (ended !== null) await deps.leave(ended.lease).catch(() => undefined);
  }

  /** Resolves when every command of the batch is decided or buried; the batch may then be acknowledged. */
  return async function handle({ deliveries, generation, signal }: Batch): Promise<void> {
    const [head] = deliveries;
    if (head !== undefined && head.deliveries >= DELIVERIES_MAX && buriedIn !== generation) {
      buriedIn = generation;
      return bury(deps, head, `delivered ${head.deliveries} times without an end`);
    }
    const { parsed, malformed } = parseAll(deliveries);
    for (const { delivery, reason } of malformed) await bury(deps, delivery, reason);
    try {
      const { lease, memory } = await tenureOf(generation);
      const end = deps.metrics.batchSeconds.startTimer();
      const { committed, poisonous } = await decideBatch(
        {
          signal,
          pause: deps.pause,
          commit: (commands) => deps.commit({ lease, memory, commands }),
          onFailure: ({ error, commands }) => {
            deps.metrics.failures.inc();
            deps.logger.warn({ err: error, partition: deps.partition, commands }, 'a batch did not commit');
          },
        },
        parsed.map(({ command }) => command),
      );
      end();
      deps.metrics.batchSize.observe(parsed.length);
      for (const { command, reason } of poisonous) {
        const culprit = parsed.find((one) => one.command === command);
        if (culprit !== undefined) await bury(deps, culprit.delivery, reason);
      }
      for (const one of committed) await tell(deps, one);
    } catch (error) {
      // Whatever it was, the next batch begins with a fresh lease and an empty memory.
      await endTenure();
      throw error;
    }
  };
}

function parseAll(deliveries: readonly Delivery[]) {
  const parsed: Parsed[] = [];
  const malformed: { readonly delivery: Delivery; readonly reason: string }[] = [];
  for (const delivery of deliveries) {
    const command = parseCommand(delivery.content);
    if (typeof command === 'string') malformed.push({ delivery, reason: command });
    else parsed.push({ delivery, command });
  }
  return { parsed, malformed };
}

/** The command, or what is wrong with it. */
function parseCommand(content: Buffer): BookingCommand | string {
  try {
    const parsed = bookingCommand.safeParse(JSON.parse(content.toString('utf8')));
    return parsed.success ? parsed.data : `malformed command: ${parsed.error.issues[0]?.message ?? 'no reason given'}`;
  } catch {
    return 'malformed command: not JSON';
  }
}

async function bury(deps: PartitionWorkerDeps, { content, messageId }: Delivery, reason: string): Promise<void> {
  await deps.buryCommand({ content, messageId, reason, origin: partitionKey(deps.partition) });
  deps.metrics.buried.inc();
  deps.logger.error({ partition: deps.partition, messageId, reason }, 'a command went to the dead letters');
}

async function tell(deps: PartitionWorkerDeps, committed: Committed): Promise<void> {
  for (const outcome of committed.outcomes) {
    deps.metrics.outcomes.inc({ kind: outcome.kind, state: outcome.booking?.state ?? 'none' });
  }
  try {
    await deps.tellResults(committed);
  } catch (error) {
    // The routes are the truth; an event that is lost is asked for.
    deps.logger.warn({ err: error, partition: deps.partition }, 'results could not be told');
  }
}
