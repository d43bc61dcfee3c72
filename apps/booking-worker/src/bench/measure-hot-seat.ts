// Hot seat: 500 fans ask for the same four seats at once, through broker, worker and database. One has them, the others
// are offered others; how long the answer takes from the moment it was asked.
import { setTimeout as pause } from 'node:timers/promises';
import { bookings } from '@onsale/booking-mongo';
import { type BookingCommand, bookingTopology } from '@onsale/contracts';
import type { BookingId, FanId, SeatId } from '@onsale/domain';
import { Broker, ConfirmedPublisher, publishCommand } from '@onsale/messaging-rabbitmq';
import { createLogger } from '@onsale/runtime';
import { type BenchSale, benchSale } from './bench-sale.ts';
import { startWorker } from './bench-worker.ts';
import type { Bench } from './measure-decided.ts';

const FANS = 500;
const SEATS = ['r2s18', 'r2s19', 'r2s20', 'r2s21'] as SeatId[];
const POLL_MS = 5;
const LIMIT_MS = 60_000;
const HALL_SEATS = 2_000;

export async function measureHotSeat({ config, mongo, report, rounds }: Omit<Bench, 'raw'>): Promise<void> {
  const logger = createLogger({ app: 'bench', level: 'silent' });
  const broker = new Broker({ url: config.AMQP_URL, topology: bookingTopology(1), logger, name: 'bench' });
  const publisher = new ConfirmedPublisher(broker);
  await broker.start();
  const { MONGODB_URI, AMQP_URL, REDIS_URL } = config;
  const worker = startWorker({ MONGODB_URI, AMQP_URL, REDIS_URL, ONSALE_PARTITIONS: '1', ONSALE_BATCH_MAX: '400' });
  const p95s: number[] = [];
  const offers: number[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const sale = await benchSale(mongo, { kind: 'reserved', capacity: HALL_SEATS });
      const publish = (fan: number) => publishCommand(publisher, { command: wish(sale, fan), partitions: 1 });
      const waits = await answered(mongo, sale, publish);
      const decided = await bookings(mongo).find({ performanceId: sale.performanceId }).lean();
      if (decided.filter(({ state }) => state === 'held').length !== 1)
        throw new Error('not exactly one has the seats');
      if (round === 0) continue; // warm
      p95s.push(waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? 0);
      offers.push(new Set(decided.map(({ alternatives }) => alternatives.join())).size - 1);
    }
  } finally {
    await worker.stop();
    await broker.stop();
  }
  report.add('hotseat', `p95 of the answer to ${FANS} fans for ${SEATS.length} seats, ms`, {
    values: p95s,
    note: 'goal ≤ 1000',
  });
  report.add('hotseat', 'different offers to those who lost', { values: offers });
}

/** Milliseconds from asking to the stored answer, of each fan; polling adds up to a few. */
async function answered(
  mongo: Bench['mongo'],
  { performanceId }: BenchSale,
  publish: (fan: number) => Promise<void>,
): Promise<number[]> {
  const begun = performance.now();
  const all = Promise.all(Array.from({ length: FANS }, (_, fan) => publish(fan)));
  const waits: number[] = [];
  while (waits.length < FANS) {
    const count = await bookings(mongo).countDocuments({ performanceId });
    const now = performance.now() - begun;
    if (now > LIMIT_MS) throw new Error('the worker did not decide all');
    while (waits.length < count) waits.push(now);
    await pause(POLL_MS);
  }
  await all;
  return waits;
}

function wish({ saleId, performanceId }: BenchSale, fan: number): BookingCommand {
  return {
    type: 'reserve',
    version: 1,
    commandId: `hot-${performanceId}-${fan}`,
    acceptedAt: new Date().toISOString(),
    trace: null,
    performanceId,
    bookingId: `bk_hot_${performanceId}_${fan}` as BookingId,
    saleId,
    fanId: `fan-${fan}` as FanId,
    bodyHash: '0'.repeat(64),
    items: [{ seatIds: SEATS }],
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  };
}
