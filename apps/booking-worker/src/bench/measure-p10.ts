// P10: booking requests accepted per second, from HTTP to the broker's confirm, against what the broker and its client do
// without us at the same window.
import type { Mongo } from '@onsale/booking-mongo';
import { bookingTopology } from '@onsale/contracts';
import type { FanId } from '@onsale/domain';
import { Broker, type RawRates } from '@onsale/messaging-rabbitmq';
import { parsePassKeys, signPass } from '@onsale/pass';
import { createLogger } from '@onsale/runtime';
import type { BenchConfig } from '../config.ts';
import { type BenchSale, benchSale } from './bench-sale.ts';
import { cpuClock } from './cpu-clock.ts';
import { acceptedPerSecond, startApi } from './http-bookings.ts';
import type { Report } from './report.ts';

const ISSUER = 'http://localhost';
const PASSES = 500;
const PASS_SECONDS = 3_600;

export type P10 = {
  readonly config: BenchConfig;
  readonly mongo: Mongo;
  readonly raw: RawRates;
  readonly report: Report;
  readonly pids: Readonly<Record<string, number>>;
  readonly rounds: number;
  readonly requests: number;
  readonly window: number;
};

export async function measureP10({ config, mongo, raw, report, pids, rounds, requests, window }: P10): Promise<void> {
  const sale = await benchSale(mongo, { kind: 'general', capacity: 1_000_000 });
  const broker = new Broker({
    ...{ url: config.AMQP_URL, topology: bookingTopology(1), name: 'bench' },
    logger: createLogger({ app: 'bench', level: 'silent' }),
  });
  await broker.start(); // declares the queue; nobody consumes it here
  await broker.stop();
  const api = await startApi(apiEnvironment(config), config.ONSALE_BENCH_PROFILE || undefined);
  try {
    const load = { ...sale, port: api.port, passes: passesFor(config, sale), connections: window };
    await acceptedPerSecond({ ...load, requests: Math.ceil(requests / 4) }); // code is compiled, passes were seen once
    await raw.confirmsPerSecond(requests);
    const pairs: { accepted: number; base: number }[] = [];
    let micros: Record<string, number> = {};
    for (let round = 0; round < rounds; round++) {
      const measure = async () => {
        const clock = cpuClock({ 'booking-api': api.pid, ...pids, 'the crowd': process.pid });
        const perSecond = await acceptedPerSecond({ ...load, requests });
        micros = clock.microsPer(requests);
        await raw.purgeCommands(1);
        return perSecond;
      };
      const early = round % 2 === 0 ? await measure() : null;
      const base = await raw.confirmsPerSecond(requests);
      pairs.push({ accepted: early ?? (await measure()), base });
    }
    report.add('P10', `booking requests accepted per second, window ${window}`, {
      values: pairs.map((p) => p.accepted),
    });
    report.addBaseline(
      'P10',
      'raw confirms per second at that window',
      pairs.map((p) => p.base),
    );
    report.add('P10', 'accepted / raw', { values: pairs.map((p) => p.accepted / p.base), note: 'goal >= 0.6' });
    for (const [name, value] of Object.entries(micros))
      report.add('P10', `µs of CPU for a request, ${name}`, { values: [value] });
  } finally {
    await api.stop();
  }
}

function passesFor(config: BenchConfig, { saleId }: BenchSale): string[] {
  const keys = parsePassKeys(config.ONSALE_PASS_KEYS);
  const iat = Math.floor(Date.now() / 1000);
  return Array.from({ length: PASSES }, (_, i) =>
    signPass(keys, {
      ...{ iss: ISSUER, aud: saleId, sub: `fan-${i}` as FanId, jti: `pass-${i}` },
      ...{ iat, exp: iat + PASS_SECONDS, number: i + 1 },
    }),
  );
}

function apiEnvironment(config: BenchConfig): Record<string, string> {
  const { MONGODB_URI, AMQP_URL, REDIS_URL, ONSALE_PASS_KEYS, ONSALE_TOKEN_KEYS } = config;
  return {
    ...{ MONGODB_URI, AMQP_URL, REDIS_URL, ONSALE_PASS_KEYS, ONSALE_TOKEN_KEYS },
    ONSALE_PUBLIC_URL: ISSUER,
    ONSALE_SANDBOX_SECRET: 'bench',
    ONSALE_PARTITIONS: '1',
  };
}
