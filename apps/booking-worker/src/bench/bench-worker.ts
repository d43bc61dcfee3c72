// The worker as its own process, and a stream of requests to be decided by it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { counts, type Mongo } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { BookingId, FanId } from '@onsale/domain';
import { type ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import type { BenchSale } from './bench-sale.ts';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
const POLL_MS = 5;
const WINDOW = 1_000;
const DECIDED_LIMIT_MS = 120_000;
const TICKS_PER_SECOND = 100; // Linux

export type BenchWorker = {
  /** CPU seconds of the process so far, user and system. */
  cpuSeconds(): number;
  stop(): Promise<void>;
};

export function startWorker(env: Readonly<Record<string, string>>): BenchWorker {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { ...env, PATH: '', INTERNAL_PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

let requested = 0;

/** Publishes so many requests of `seats` each and waits until all are held; bookings per second end to end. */
export async function decidedPerSecond(
  { mongo, publisher, partitions }: { mongo: Mongo; publisher: ConfirmedPublisher; partitions: number },
  {
    sales,
    bookings,
    seats,
    alreadyHeld = 0,
  }: { sales: readonly BenchSale[]; bookings: number; seats: number; alreadyHeld?: number },
): Promise<number> {
  const begun = performance.now();
  const onTheWay = new Set<Promise<void>>();
  for (let i = 0; i < bookings; i++) {
    const sale = sales[i % sales.length];
    if (sale === undefined) throw new RangeError('no sale to measure');
    const publication = publishCommand(publisher, { command: reserve(sale, seats), partitions }).finally(() => {
      onTheWay.delete(publication);
    });
    onTheWay.add(publication);
    if (onTheWay.size >= WINDOW) await Promise.race(onTheWay);
  }
  await Promise.all(onTheWay);
  const ids = sales.map(({ performanceId }) => performanceId);
  for (;;) {
    const found = await counts(mongo)
      .find({ performanceId: { $in: ids } }, { held: 1 })
      .lean();
    if (found.reduce((sum, { held }) => sum + held, 0) >= alreadyHeld + bookings * seats) break;
    if (performance.now() - begun > DECIDED_LIMIT_MS) throw new Error('the worker did not decide all');
    await pause(POLL_MS);
  }
  return bookings / ((performance.now() - begun) / 1000);
}

function reserve({ saleId, performanceId, categoryId }: BenchSale, seats: number): BookingCommand {
  requested += 1;
  return {
    type: 'reserve',
    version: 1,
    commandId: `reserve-${requested}`,
    acceptedAt: new Date().toISOString(),
    trace: null,
    performanceId,
    bookingId: `bk_${requested}` as BookingId,
    saleId,
    fanId: `fan-${requested}` as FanId,
    bodyHash: '0'.repeat(64),
    items: [{ categoryId, quantity: seats }],
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  };
}
