// `npm run bench -- booking`: bookings decided per second, from publication to commit, against what broker and client do
// without us, and against the same worker with a batch of one. scripts/bench.mjs brings the services.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { Mongo } from '@onsale/booking-mongo';
import { bookingTopology } from '@onsale/contracts';
import { Broker, ConfirmedPublisher, type RawRates, rawRates } from '@onsale/messaging-rabbitmq';
import { createLogger } from '@onsale/runtime';
import { benchSale, openBench } from './bench/bench-sale.ts';
import { decidedPerSecond, startWorker } from './bench/bench-worker.ts';
import { benchConfig } from './config.ts';

const ROUNDS = 6; // even, so that each goes first as often as the other
const BOOKINGS = 3_000;
const BOOKINGS_OF_ONE = 150; // a batch of one is slow
const HALLS = [1_000, 10_000, 100_000];
const PARTITIONS = [1, 4, 16];
const BYTES = 460; // of a request on the wire

const config = benchConfig();
const logger = createLogger({ app: 'bench', level: 'silent' });
const results: Record<string, unknown>[] = [];

await main();

async function main(): Promise<void> {
  const mongo = await openBench(config.MONGODB_URI);
  const raw = await rawRates(config.AMQP_URL, { bytes: BYTES, window: 1_000 });
  await measureP11(mongo, raw);
  for (const capacity of HALLS) await measureHall(mongo, capacity);
  for (const partitions of PARTITIONS) await measurePartitions(mongo, partitions);
  await raw.close();
  await mongo.close();
  const machine = { cpu: cpus()[0]?.model ?? '', cores: availableParallelism() };
  const whole = { commit: config.ONSALE_BENCH_COMMIT, node: process.version, machine, results };
  writeFileSync(config.ONSALE_BENCH_RESULT, `${JSON.stringify(whole, null, 2)}\n`);
}

type Setting = { readonly batchMax: number; readonly partitions: number };
type Load = {
  readonly kind: 'general' | 'reserved';
  readonly capacity: number;
  readonly bookings: number;
  readonly seats: number;
};

/** Bookings per second and CPU seconds of the worker for a thousand of them; one unmeasured round first. */
async function measure(mongo: Mongo, setting: Setting, load: Load) {
  const { batchMax, partitions } = setting;
  const broker = new Broker({ url: config.AMQP_URL, topology: bookingTopology(partitions), logger, name: 'bench' });
  const publisher = new ConfirmedPublisher(broker);
  await broker.start();
  const worker = startWorker({
    MONGODB_URI: config.MONGODB_URI,
    AMQP_URL: config.AMQP_URL,
    REDIS_URL: config.REDIS_URL,
    ONSALE_PARTITIONS: String(partitions),
    ONSALE_BATCH_MAX: String(batchMax),
  });
  try {
    const run = async (bookings: number) => {
      const each = Math.ceil(load.capacity / partitions);
      const sales = await Promise.all(
        Array.from({ length: partitions }, () => benchSale(mongo, { ...load, capacity: each })),
      );
      // The first booking of a sale loads its plan; that is not what is measured.
      await decidedPerSecond({ mongo, publisher, partitions }, { sales, bookings: partitions, seats: load.seats });
      const cpu = worker.cpuSeconds();
      const perSecond = await decidedPerSecond(
        { mongo, publisher, partitions },
        { sales, bookings, seats: load.seats, alreadyHeld: partitions * load.seats },
      );
      return { perSecond, cpuPerThousand: ((worker.cpuSeconds() - cpu) / bookings) * 1000 };
    };
    await run(Math.min(200, load.bookings));
    return await run(load.bookings);
  } finally {
    await worker.stop();
    await broker.stop();
  }
}

async function measureP11(mongo: Mongo, raw: RawRates): Promise<void> {
  const rounds: { readonly adaptive: number; readonly one: number; readonly raw: number; readonly cpu: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const adaptive = () =>
      measure(
        mongo,
        { batchMax: 200, partitions: 1 },
        { kind: 'general', capacity: 20_000, bookings: BOOKINGS, seats: 2 },
      );
    const baseline = () => raw.publishAndConsumePerSecond(BOOKINGS * 3);
    const first = round % 2 === 0 ? await adaptive() : null;
    const base = await baseline();
    const { perSecond, cpuPerThousand } = first ?? (await adaptive());
    const one = await measure(
      mongo,
      { batchMax: 1, partitions: 1 },
      { kind: 'general', capacity: 20_000, bookings: BOOKINGS_OF_ONE, seats: 2 },
    );
    rounds.push({ adaptive: perSecond, one: one.perSecond, raw: base, cpu: cpuPerThousand });
  }
  const of = (pick: (round: (typeof rounds)[number]) => number) => rounds.map(pick);
  tell(
    'P11',
    'bookings decided per second',
    of((r) => r.adaptive),
    'goal >= 1032',
  );
  tell(
    'P11',
    'raw publish-and-consume per second',
    of((r) => r.raw),
    'baseline',
  );
  tell(
    'P11',
    'batch of one, per second',
    of((r) => r.one),
    'baseline',
  );
  tell(
    'P11',
    'decided / raw',
    of((r) => r.adaptive / r.raw),
    'goal >= 0.25',
  );
  tell(
    'P11',
    'decided / batch of one',
    of((r) => r.adaptive / r.one),
    'goal >= 8',
  );
  tell(
    'P11',
    'CPU seconds of the worker per 1000 bookings',
    of((r) => r.cpu),
    '',
  );
}

async function measureHall(mongo: Mongo, capacity: number): Promise<void> {
  const bookings = Math.min(2_000, Math.floor(capacity / 4));
  const load: Load = { kind: 'reserved', capacity, bookings, seats: 2 };
  const { perSecond, cpuPerThousand } = await measure(mongo, { batchMax: 200, partitions: 1 }, load);
  tell(
    'hall',
    `best available in ${capacity} seats, per second`,
    [perSecond],
    `${cpuPerThousand.toFixed(2)} CPU s per 1000`,
  );
}

async function measurePartitions(mongo: Mongo, partitions: number): Promise<void> {
  const load: Load = { kind: 'general', capacity: 100_000, bookings: BOOKINGS, seats: 2 };
  const { perSecond } = await measure(mongo, { batchMax: 200, partitions }, load);
  tell('partitions', `${partitions} partitions, one worker, per second`, [perSecond], '');
}

function tell(id: string, what: string, values: readonly number[], note: string): void {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  results.push({ id, what, median, range: [sorted[0], sorted.at(-1)], note });
  const figure = (value: number | undefined) => (value ?? 0).toFixed((value ?? 0) < 100 ? 2 : 0);
  process.stdout.write(
    `${id.padEnd(10)} ${what.padEnd(48)} ${figure(median)} (${figure(sorted[0])}–${figure(sorted.at(-1))}) ${note}\n`,
  );
}
