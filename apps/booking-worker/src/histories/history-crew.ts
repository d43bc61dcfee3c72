// The workers of one partition in a history: one is active, former ones may be frozen until they are thawed.
import { commitDecisions, findHeld, leavePartition, type Mongo, takePartition } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { PerformanceId } from '@onsale/domain';
import { createLogger, createMetrics } from '@onsale/runtime';
import { createWorkerMetrics } from '../metrics.ts';
import { createPartitionWorker } from '../partition-worker.ts';
import { type FaultPlan, faults, KilledError, makeFaulty } from './faulty-lease.ts';
import type { SeededRandom } from './seeded-random.ts';
import { simulatedQueue } from './simulated-queue.ts';

const BATCH_MAX = 6;
const FAULT_CHANCE = 0.45;
const THAW_CHANCE = 0.2;
const ROUNDS_MAX = 100;

const logger = createLogger({ app: 'history', level: 'silent' });
const metrics = createWorkerMetrics(createMetrics('history'));

type Hired = {
  readonly plan: FaultPlan;
  readonly gone: AbortController;
  readonly generation: number;
  readonly handle: ReturnType<typeof createPartitionWorker>;
};

export type HistoryCrew = ReturnType<typeof createCrew>;

export type CrewPlace = { readonly partition: number; readonly performanceId: PerformanceId };

export function createCrew(mongo: Mongo, place: CrewPlace) {
  const queue = simulatedQueue();
  const thaws: { go(): void; readonly done: Promise<unknown> }[] = [];
  let worker = hire(mongo, place, 1);
  let faulted = 0;
  let kills = 0;

  async function deliver(): Promise<void> {
    const batch = queue.take(BATCH_MAX);
    if (batch.deliveries.length === 0) return;
    const { plan, gone, handle, generation } = worker;
    const frozen = new Promise<'frozen'>((resolve) => {
      plan.onFrozen = () => resolve('frozen');
    });
    let thaw: () => void = () => undefined;
    plan.thaw = new Promise((resolve) => {
      thaw = resolve;
    });
    const handled = handle({ deliveries: batch.deliveries, generation, signal: gone.signal }).then(
      async (done) => {
        await done.beforeAck;
        return 'acknowledged' as const;
      },
      () => 'given back' as const,
    );
    const end = await Promise.race([handled, frozen]);
    if (end === 'acknowledged') return batch.acknowledge();
    batch.giveBack();
    if (end === 'frozen') {
      // The broker takes it for dead; what it does when it wakes must not count.
      thaws.push({ go: thaw, done: handled });
      gone.abort(new Error('the subscription is gone'));
    }
    if (!gone.signal.aborted) return;
    kills += 1;
    worker = hire(mongo, place, generation + 1);
    // The broker delivers to the next in line at once.
    return deliver();
  }

  async function thawOne(): Promise<void> {
    const thawed = thaws.shift();
    thawed?.go();
    await thawed?.done;
  }

  return {
    publish: (command: BookingCommand) => queue.publish(command),
    tally: () => ({ faults: faulted, kills }),
    /** One step of work, perhaps with a fault in it, or a frozen worker wakes. */
    async work(random: SeededRandom): Promise<void> {
      if (random.chance(THAW_CHANCE)) return thawOne();
      if (random.chance(FAULT_CHANCE)) {
        worker.plan.next = random.pick(faults);
        faulted += 1;
      }
      await deliver();
    },
    /** Without further faults, until nothing is left. */
    async settle(): Promise<void> {
      worker.plan.next = null;
      while (thaws.length > 0) await thawOne();
      for (let round = 0; queue.length > 0; round++) {
        if (round > ROUNDS_MAX) throw new Error('the queue does not drain');
        await deliver();
      }
    },
  };
}

function hire(mongo: Mongo, { partition, performanceId }: CrewPlace, generation: number): Hired {
  const plan: FaultPlan = { next: null, thaw: Promise.resolve(), onFrozen: () => undefined };
  const gone = new AbortController();
  const handle = createPartitionWorker({
    partition,
    logger,
    metrics,
    take: async () => {
      const lease = await takePartition(mongo, partition, `worker-${generation}`);
      makeFaulty(lease, plan);
      return lease;
    },
    leave: leavePartition,
    heldNow: () => findHeld(mongo, (id) => id === performanceId),
    // No timers: what happens when is for the seed to say.
    stopping: AbortSignal.abort(),
    commit: async (decisions) => {
      try {
        return await commitDecisions(mongo, { ...decisions, limits: { attempts: 3, pauseMs: 0 } });
      } catch (error) {
        if (error instanceof KilledError) gone.abort(error);
        throw error;
      }
    },
    pause: async (_ms, signal) => signal.throwIfAborted(),
    buryCommand: async () => undefined,
    tellResults: async () => undefined,
  });
  return { plan, gone, generation, handle };
}
