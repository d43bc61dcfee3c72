// Bookings decided per second, from publication to commit, by a worker that is its own process; and what each costs.
import type { Mongo } from '@onsale/booking-mongo';
import { bookingTopology } from '@onsale/contracts';
import { Broker, ConfirmedPublisher, type RawRates } from '@onsale/messaging-rabbitmq';
import { createLogger } from '@onsale/runtime';
import type { BenchConfig } from '../config.ts';
import { benchSale } from './bench-sale.ts';
import { decidedPerSecond, plantBrokenBooking, startWorker } from './bench-worker.ts';
import { cpuClock } from './cpu-clock.ts';
import type { Report } from './report.ts';

export type Bench = {
  readonly config: BenchConfig;
  readonly mongo: Mongo;
  readonly raw: RawRates;
  readonly report: Report;
  readonly pids: Readonly<Record<string, number>>;
  /** Even, so that each goes first as often as the other. */
  readonly rounds: number;
  readonly bookings: number;
};

export type Setting = { readonly batchMax: number; readonly partitions: number };
export type Load = {
  readonly kind: 'general' | 'reserved';
  readonly capacity: number;
  readonly bookings: number;
  readonly seats: number;
  /** With one command among them that cannot be decided. */
  readonly poisoned?: boolean;
};
export type Measured = { readonly perSecond: number; readonly micros: Readonly<Record<string, number>> };

const logger = createLogger({ app: 'bench', level: 'silent' });
/** As the worker takes it where nothing else is said. */
export const BATCH_MAX = 400;

/** Decides so much load by one worker that is its own process; `run` may be called again and again. */
export async function withWorker<Result>(
  { config, mongo, pids }: Pick<Bench, 'config' | 'mongo' | 'pids'>,
  { batchMax, partitions }: Setting,
  use: (run: (load: Load) => Promise<Measured>) => Promise<Result>,
): Promise<Result> {
  const broker = new Broker({ url: config.AMQP_URL, topology: bookingTopology(partitions), logger, name: 'bench' });
  const publisher = new ConfirmedPublisher(broker);
  await broker.start();
  const { MONGODB_URI, AMQP_URL, REDIS_URL, ONSALE_BENCH_PROFILE: profile } = config;
  const own = { ONSALE_PARTITIONS: String(partitions), ONSALE_BATCH_MAX: String(batchMax) };
  const worker = startWorker({ MONGODB_URI, AMQP_URL, REDIS_URL, ...own }, profile || undefined);
  try {
    return await use(async (load) => {
      const { bookings, seats, poisoned = false } = load;
      const each = Math.ceil(load.capacity / partitions);
      const sales = await Promise.all(
        Array.from({ length: partitions }, () => benchSale(mongo, { ...load, capacity: each })),
      );
      if (poisoned) for (const sale of sales) await plantBrokenBooking(mongo, sale);
      // The first booking of a sale loads its plan; that is not what is measured.
      const at = { mongo, publisher, partitions };
      await decidedPerSecond(at, { sales, bookings: partitions, seats });
      const clock = cpuClock({ 'booking-worker': worker.pid, ...pids, publisher: process.pid });
      const alreadyHeld = partitions * seats;
      const poisonAt = poisoned ? Math.floor(bookings / 2) : -1;
      const perSecond = await decidedPerSecond(at, { sales, bookings, seats, alreadyHeld, poisonAt });
      return { perSecond, micros: clock.microsPer(bookings) };
    });
  } finally {
    await worker.stop();
    await broker.stop();
  }
}

/** By a worker of its own; the same once unmeasured first, so that its code is compiled as that of the baselines is. */
function measureDecided(bench: Pick<Bench, 'config' | 'mongo' | 'pids'>, setting: Setting, load: Load) {
  return withWorker(bench, setting, async (run) => {
    await run(load);
    return run(load);
  });
}

/** P11: against raw publish-and-consume, and against the same worker with a batch of one. */
export async function measureP11(bench: Bench): Promise<void> {
  const { raw, report, rounds, bookings } = bench;
  const load: Load = { kind: 'general', capacity: bookings * 3, bookings, seats: 2 };
  const adaptive = () => measureDecided(bench, { batchMax: BATCH_MAX, partitions: 1 }, load);
  const found: { adaptive: Measured; one: number; base: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const early = round % 2 === 0 ? await adaptive() : null;
    const base = await raw.publishAndConsumePerSecond(bookings * 2);
    const late = early ?? (await adaptive());
    const few = { ...load, bookings: Math.ceil(bookings / 20) };
    const one = await measureDecided(bench, { batchMax: 1, partitions: 1 }, few);
    found.push({ adaptive: late, one: one.perSecond, base });
  }
  const of = (pick: (round: (typeof found)[number]) => number) => found.map(pick);
  report.add('P11', 'bookings decided per second', { values: of((r) => r.adaptive.perSecond), note: 'goal >= 1032' });
  report.addBaseline(
    'P11',
    'raw publish-and-consume per second',
    of((r) => r.base),
  );
  report.addBaseline(
    'P11',
    'batch of one, per second',
    of((r) => r.one),
  );
  report.add('P11', 'decided / raw', { values: of((r) => r.adaptive.perSecond / r.base), note: 'goal >= 0.25' });
  report.add('P11', 'decided / batch of one', { values: of((r) => r.adaptive.perSecond / r.one), note: 'goal >= 8' });
  for (const name of Object.keys(found[0]?.adaptive.micros ?? {})) {
    report.add('P11', `µs of CPU for a booking, ${name}`, { values: of((r) => r.adaptive.micros[name] ?? 0) });
  }
}

export async function measureGrowth(bench: Bench): Promise<void> {
  const { report } = bench;
  for (const capacity of [1_000, 10_000, 100_000]) {
    const load: Load = { kind: 'reserved', capacity, bookings: Math.min(2_000, Math.floor(capacity / 4)), seats: 2 };
    const { perSecond, micros } = await measureDecided(bench, { batchMax: BATCH_MAX, partitions: 1 }, load);
    const note = costsOf(micros);
    report.add('hall', `best available in ${capacity} seats, per second`, { values: [perSecond], note });
  }
  for (const partitions of [1, 2, 4, 8, 16]) {
    const load: Load = { kind: 'general', capacity: 100_000, bookings: bench.bookings, seats: 2 };
    const { perSecond, micros } = await measureDecided(bench, { batchMax: BATCH_MAX, partitions }, load);
    const note = costsOf(micros);
    report.add('partitions', `${partitions} partitions, one worker, per second`, { values: [perSecond], note });
  }
}

/** Microseconds of CPU for a booking, by process. */
function costsOf(micros: Measured['micros']): string {
  const costs = Object.entries(micros).map(([name, value]) => `${name} ${Math.round(value)}`);
  return `µs each: ${costs.join(', ')}`;
}
