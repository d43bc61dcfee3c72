// The machinery behind all sales: queues, jobs, locks; and what of it all should run more of. Each part may be away: the rest
// is told without it.
import { type Mongo, partitionOwners, type SaleRecord } from '@onsale/booking-mongo';
import type { SaleAtAGlance, SystemView } from '@onsale/contracts';
import { DELAY_TARGET_MS, recommendScaling, type SaleId } from '@onsale/domain';
import type { JobsSeen } from '@onsale/jobs-bullmq';
import type { QueueDepths } from '@onsale/messaging-rabbitmq';
import type { Clock, Logger } from '@onsale/runtime';
import type { ObserveLine } from './admission-view.ts';
import { salesNotOver, watchSales } from './watch-sales.ts';

export type Machinery = {
  readQueues(): Promise<QueueDepths>;
  readJobs(): Promise<JobsSeen>;
  readLeader(saleId: SaleId): Promise<{ readonly holder: string; readonly untilMs: number } | null>;
};
export type WatchSystemDeps = {
  readonly mongo: Mongo;
  readonly clock: Clock;
  readonly observeLine: ObserveLine;
  readonly machinery: Machinery;
  readonly logger: Logger;
};

export async function watchSystem(deps: WatchSystemDeps): Promise<SystemView> {
  const { mongo, machinery } = deps;
  const current = await salesNotOver(deps);
  const [queues, jobs, { workers, owners }, sales, leaders] = await Promise.all([
    orNull(deps, machinery.readQueues(), 'the queues'),
    orNull(deps, machinery.readJobs(), 'the jobs'),
    partitionOwners(mongo),
    watchSales(deps, current),
    leadersOf(deps, current),
  ]);
  const partitions = queues?.partitions ?? null;
  const deadLetters = queues?.deadLetters ?? 0;
  return {
    workers,
    partitions:
      partitions?.map(({ waiting, consumers }, partition) => {
        const owner = owners.find((one) => one.partition === partition);
        return { partition, waiting, consumers, owner: owner?.owner ?? null, heard: owner?.heard ?? false };
      }) ?? null,
    deadLetters,
    jobs: jobs && jobsView(jobs),
    leaders: leaders.flatMap(({ saleId, name, lead }) =>
      lead === null ? [] : [{ saleId, name, holder: lead.holder, until: new Date(lead.untilMs).toISOString() }],
    ),
    recommendations: [...recommendScaling({ partitions, deadLetters, workers, sales: salesFacts(sales, leaders) })],
  };
}

type Led = { saleId: SaleId; name: string; targetMs: number; lead: Awaited<ReturnType<Machinery['readLeader']>> };

async function leadersOf(deps: WatchSystemDeps, sales: readonly SaleRecord[]): Promise<readonly Led[]> {
  return Promise.all(
    sales.map(async ({ _id, name, admission }) => ({
      saleId: _id,
      name,
      targetMs: admission.delayTargetMs ?? DELAY_TARGET_MS,
      lead: await orNull(deps, deps.machinery.readLeader(_id), 'a lease'),
    })),
  );
}

function salesFacts(sales: readonly SaleAtAGlance[], leaders: readonly Led[]) {
  return leaders.map(({ saleId, name, targetMs, lead }) => ({
    name,
    isLed: lead !== null,
    shopDelayMs: sales.find((sale) => sale.saleId === saleId)?.shopDelayMs ?? null,
    delayTargetMs: targetMs,
  }));
}

function jobsView({ waiting, active, failed, schedules, lastFailures }: JobsSeen): SystemView['jobs'] {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    ...{ waiting, active, failed },
    schedules: schedules.map(({ name, everyMs, nextAtMs }) => ({
      name,
      everyMs,
      nextAt: nextAtMs === null ? null : iso(nextAtMs),
    })),
    lastFailures: lastFailures.map(({ name, atMs, reason }) => ({ name, at: iso(atMs), reason })),
  };
}

async function orNull<Value>({ logger }: WatchSystemDeps, asked: Promise<Value>, what: string): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    logger.warn({ err: error, what }, 'a part of the machinery could not be looked at');
    return null;
  }
}
