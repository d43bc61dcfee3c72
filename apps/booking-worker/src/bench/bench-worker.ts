// The worker as its own process, and a stream of requests to be decided by it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bookings, counts, type Mongo } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { BookingId, FanId } from '@onsale/domain';
import { type ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import type { BenchSale } from './bench-sale.ts';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
const POLL_MS = 5;
const WINDOW = 1_000;
const DECIDED_LIMIT_MS = 120_000;

export type BenchWorker = { readonly pid: number; stop(): Promise<void> };

export function startWorker(env: Readonly<Record<string, string>>, profileTo?: string | undefined): BenchWorker {
  const profile = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`];
  const child: ChildProcess = spawn(process.execPath, [...profile, MAIN], {
    env: { ...env, PATH: '', INTERNAL_PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    pid: child.pid ?? 0,
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
    bookings: wanted,
    seats,
    alreadyHeld = 0,
    poisonAt = -1,
  }: {
    sales: readonly BenchSale[];
    bookings: number;
    seats: number;
    alreadyHeld?: number;
    /** Behind so many requests comes a command that cannot be decided. */
    poisonAt?: number;
  },
): Promise<number> {
  const begun = performance.now();
  const onTheWay = new Set<Promise<void>>();
  const send = (command: BookingCommand) => {
    const publication = publishCommand(publisher, { command, partitions }).finally(() => {
      onTheWay.delete(publication);
    });
    onTheWay.add(publication);
  };
  for (let i = 0; i < wanted; i++) {
    const sale = sales[i % sales.length];
    if (sale === undefined) throw new RangeError('no sale to measure');
    send(reserve(sale, seats));
    if (i === poisonAt) send(releaseBroken(sale));
    if (onTheWay.size >= WINDOW) await Promise.race(onTheWay);
  }
  await Promise.all(onTheWay);
  const ids = sales.map(({ performanceId }) => performanceId);
  for (;;) {
    const found = await counts(mongo)
      .find({ performanceId: { $in: ids } }, { held: 1 })
      .lean();
    if (found.reduce((sum, { held }) => sum + held, 0) >= alreadyHeld + wanted * seats) break;
    if (performance.now() - begun > DECIDED_LIMIT_MS) throw new Error('the worker did not decide all');
    await pause(POLL_MS);
  }
  return wanted / ((performance.now() - begun) / 1000);
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

const BROKEN = 'bk_broken' as BookingId;

/** A booking that cannot be read, so that releasing it fails whenever it is tried. */
export async function plantBrokenBooking(mongo: Mongo, { saleId, performanceId }: BenchSale): Promise<void> {
  await bookings(mongo).collection.insertOne({
    ...{ saleId, performanceId, fanId: 'fan-broken', state: 'held', items: null, holdExpiresAt: null },
    ...{ decidedAt: new Date(), alternatives: [] },
    _id: `${BROKEN}-${performanceId}`,
  } as never);
}

function releaseBroken({ performanceId }: BenchSale): BookingCommand {
  requested += 1;
  return {
    ...{ type: 'release', version: 1, commandId: `release-${requested}`, acceptedAt: new Date().toISOString() },
    ...{ trace: null, performanceId, bookingId: `${BROKEN}-${performanceId}` as BookingId, by: 'fan' },
  } as BookingCommand;
}
