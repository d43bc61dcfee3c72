// The writer of one partition while this process is its active consumer. Holds the lease (epoch) of the current
// subscription and the memory that goes with it; both are thrown away when the subscription changes.
// Beside the commands it expires what is due, by its agenda of holds, one thing after the other.
// Idempotent by bookingId, payment id and the state of the booking: a command delivered again changes nothing.
import {
  type CommitDecisions,
  type Committed,
  emptyMemory,
  type PartitionLease,
  type PartitionMemory,
} from '@onsale/booking-mongo';
import { type BookingCommand, partitionKey } from '@onsale/contracts';
import type { Batch, DeadLetter, Delivery, Handled } from '@onsale/messaging-rabbitmq';
import type { Logger } from '@onsale/runtime';
import { decideBatch } from './decide-batch/decide-batch.ts';
import { readCommand } from './decide-batch/read-command.ts';
import { type AgendaHold, HoldAgenda } from './expire-due/hold-agenda.ts';
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
  /** What is held in the partition at the take-over; without it holds are expired by commands of others only. */
  heldNow?(): Promise<{ readonly at: number; readonly holds: readonly AgendaHold[] }>;
  /** A monotonic clock, milliseconds. */
  elapsed?(): number;
  /** When the process stops nothing is expired any more. */
  readonly stopping?: AbortSignal;
  /** After the commit; may be repeated, may fail without harm. */
  tellResults(committed: Committed): Promise<void>;
};

type Tenure = {
  readonly generation: number;
  readonly lease: PartitionLease;
  readonly memory: PartitionMemory;
  readonly agenda: HoldAgenda;
  /** Of the subscription. */
  readonly signal: AbortSignal;
};

type Parsed = { readonly delivery: Delivery; readonly command: BookingCommand };

/** Delivered so often, the head of the queue ended its process each time: all before it were acknowledged. */
const DELIVERIES_MAX = 10;
/** Expired in one transaction. */
const DUE_MAX = 200;
/** A timer that sleeps longer gains nothing. */
const SLEEP_MAX_MS = 60_000;

/** Its function resolves when every command of a batch is decided or on its way to the dead letters. */
export function createPartitionWorker(deps: PartitionWorkerDeps): (batch: Batch) => Promise<Handled> {
  const worker = new PartitionWorker(deps);
  return (batch) => worker.handle(batch);
}

/** States: without a tenure ⇄ with one; in both it does one thing at a time: a batch, or what is due. */
class PartitionWorker {
  readonly #deps: PartitionWorkerDeps;
  #tenure: Tenure | null = null;
  /** The generation that buried a command for its many deliveries: those right behind it share the number. */
  #buriedIn: number | null = null;
  #current: Promise<void> = Promise.resolve();
  /** Never rejects. */
  #telling: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: PartitionWorkerDeps) {
    this.#deps = deps;
  }

  handle(batch: Batch): Promise<Handled> {
    // A batch of an earlier subscription may hang for long; it cannot commit any more and keeps nobody waiting.
    if (this.#tenure?.generation !== batch.generation) this.#current = Promise.resolve();
    return this.#enter(() => this.#decide(batch));
  }

  #enter<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#current.then(work);
    this.#current = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async #decide(batch: Batch): Promise<Handled> {
    const { deliveries, generation } = batch;
    const deps = this.#deps;
    const [head] = deliveries;
    if (head !== undefined && head.deliveries >= DELIVERIES_MAX && this.#buriedIn !== generation) {
      this.#buriedIn = generation;
      return { beforeAck: bury(deps, head, `delivered ${head.deliveries} times without an end`) };
    }
    const { parsed, malformed } = parseAll(deliveries);
    try {
      const tenure = await this.#tenureOf(batch);
      await this.#expireDue(tenure);
      const end = deps.metrics.batchSeconds.startTimer();
      const poisonous = await this.#decideAll(
        tenure,
        parsed.map(({ command }) => command),
      );
      end();
      deps.metrics.batchSize.observe(parsed.length);
      this.#wakeWhenDue(tenure);
      const dead = [...malformed];
      for (const { command, reason } of poisonous) {
        const culprit = parsed.find((one) => one.command === command);
        if (culprit !== undefined) dead.push({ delivery: culprit.delivery, reason });
      }
      // The broker may be slow to confirm: the acknowledgement waits for it, the next batch does not.
      return { beforeAck: Promise.all(dead.map(({ delivery, reason }) => bury(deps, delivery, reason))) };
    } catch (error) {
      // Whatever it was, the next batch begins with a fresh lease and an empty memory.
      await this.#endTenure();
      throw error;
    }
  }

  async #tenureOf({ generation, signal }: Batch): Promise<Tenure> {
    if (this.#tenure?.generation === generation) return this.#tenure;
    await this.#endTenure();
    const { take, heldNow, logger, partition, elapsed = () => performance.now() } = this.#deps;
    const lease = await take();
    logger.info({ partition, epoch: lease.epoch }, 'took a partition over');
    const { at, holds } = (await heldNow?.()) ?? { at: 0, holds: [] };
    const tenure = { generation, lease, memory: emptyMemory(), agenda: new HoldAgenda({ at, holds, elapsed }), signal };
    this.#tenure = tenure;
    return tenure;
  }

  async #endTenure(): Promise<void> {
    const ended = this.#tenure;
    this.#tenure = null;
    clearTimeout(this.#timer);
    if (ended !== null) await this.#deps.leave(ended.lease).catch(() => undefined);
  }

  /** Decides the commands and tells what became of them; the poisonous are returned. */
  async #decideAll({ lease, memory, agenda, signal }: Tenure, commands: readonly BookingCommand[]) {
    const { pause, commit, metrics, logger, partition } = this.#deps;
    const { committed, poisonous } = await decideBatch(
      {
        signal,
        pause,
        commit: (some) => commit({ lease, memory, commands: some }),
        onFailure: ({ error, commands: count }) => {
          metrics.failures.inc();
          logger.warn({ err: error, partition, commands: count }, 'a batch did not commit');
        },
      },
      commands,
    );
    for (const one of committed) {
      agenda.learn(
        one.at,
        one.outcomes.map(({ booking }) => booking),
      );
      await this.#tellSoon(one);
    }
    return poisonous;
  }

  /** When the next batch is on its way to the database, or nothing is; one commit at most is untold. In their order. */
  async #tellSoon(committed: Committed): Promise<void> {
    await this.#telling;
    this.#telling = nextTurn().then(() => tell(this.#deps, committed));
  }

  /** Before each batch and whenever a hold ends: however long the queue is, no hold waits in it for its end. */
  async #expireDue(tenure: Tenure): Promise<void> {
    const { agenda } = tenure;
    const { logger, partition } = this.#deps;
    for (let due = agenda.takeDue(DUE_MAX); due.length > 0; due = agenda.takeDue(DUE_MAX)) {
      for (const { command, reason } of await this.#decideAll(tenure, due.map(expireOf))) {
        logger.error({ partition, commandId: command.commandId, reason }, 'a hold does not expire');
      }
    }
  }

  #wakeWhenDue({ agenda }: Tenure): void {
    clearTimeout(this.#timer);
    const inMs = agenda.nextInMs();
    if (inMs === null || this.#deps.heldNow === undefined || this.#deps.stopping?.aborted) return;
    this.#timer = setTimeout(() => void this.#enter(() => this.#wake()), Math.min(inMs, SLEEP_MAX_MS));
    this.#timer.unref();
  }

  async #wake(): Promise<void> {
    const tenure = this.#tenure;
    if (tenure === null || tenure.signal.aborted || this.#deps.stopping?.aborted) return;
    try {
      await this.#expireDue(tenure);
      this.#wakeWhenDue(tenure);
    } catch (error) {
      // Another owner, or a stop; the sweep of the jobs finds what is overdue and wakes whoever owns it then.
      this.#deps.logger.warn({ err: error, partition: this.#deps.partition }, 'due holds could not be expired');
      await this.#endTenure();
    }
  }
}

/** What is ready to run now goes first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function expireOf({ bookingId, performanceId, endsAt }: AgendaHold): BookingCommand {
  return {
    type: 'expire',
    version: 1,
    commandId: `due:${bookingId}`,
    acceptedAt: new Date(endsAt).toISOString(),
    trace: null,
    performanceId,
    bookingId,
  };
}

function parseAll(deliveries: readonly Delivery[]) {
  const parsed: Parsed[] = [];
  const malformed: { readonly delivery: Delivery; readonly reason: string }[] = [];
  for (const delivery of deliveries) {
    const command = readCommand(delivery);
    if (typeof command === 'string') malformed.push({ delivery, reason: command });
    else parsed.push({ delivery, command });
  }
  return { parsed, malformed };
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
