// P4: what a tick of a sale costs the origin with a million waiting and with a thousand: the processor time of the admitter
// and of Redis together. Part of `npm run bench -- waiting-room`; scripts/bench.mjs brings the stores.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { connectMongo, draws, prepareDatabase, type SaleRecord, sales } from '@onsale/booking-mongo';
import type { EventId, PhaseId, SaleId } from '@onsale/domain';
import { createLogger, createMetrics, systemClock } from '@onsale/runtime';
import {
  connectLine,
  IDENTITY_DIGEST_BYTES,
  joinLine,
  type Leadership,
  type LineRedis,
  leadSale,
  leaseIndexes,
  presentUntil,
  restoreLine,
} from '@onsale/waiting-room-redis';
import { readBenchConfig } from './config.ts';
import type { LeaderDeps } from './lead-sale/sale-leader.ts';
import { newSaleMemory } from './lead-sale/sale-memory.ts';
import { tick } from './lead-sale/tick.ts';
import { admitterEvents } from './metrics.ts';

const args = process.argv.slice(2);
const isSmall = args.includes('--small');
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').toUpperCase().split(',') : null;
const HOUR_MS = 3600_000;
const WARM_TICKS = 60; // enough to have looked at everybody once
const TICKS = isSmall ? 50 : 200;
const ROUNDS = isSmall ? 2 : 6;
const FANS = isSmall ? [1_000, 100_000] : [1_000, 1_000_000];

type Led = { readonly deps: LeaderDeps; tick(): Promise<void> };

async function main(): Promise<void> {
  const { MONGODB_URI, REDIS_URL, ONSALE_BENCH_RESULT } = readBenchConfig();
  const mongo = await connectMongo(MONGODB_URI);
  await prepareDatabase(mongo);
  const line = connectLine(REDIS_URL);
  await line.ready();
  await line.redis.flushall();
  const logger = createLogger({ app: 'bench', level: 'warn' });
  const events = admitterEvents(logger, createMetrics('bench'));
  const deps: LeaderDeps = { mongo, line, logger, clock: systemClock, events, holder: 'bench' };
  const [few, many] = [await lead(deps, FANS[0] as number), await lead(deps, FANS[1] as number)];
  const rounds: { few: number; many: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % 2 === 0 ? await microsPerTick(few) : await microsPerTick(many);
    const second = round % 2 === 0 ? await microsPerTick(many) : await microsPerTick(few);
    rounds.push(round % 2 === 0 ? { few: first, many: second } : { few: second, many: first });
  }
  tell(rounds, ONSALE_BENCH_RESULT);
  await line.close();
  await mongo.close();
}

function tell(rounds: readonly { few: number; many: number }[], file: string): void {
  const ratios = rounds.map(({ few, many }) => many / few);
  const bases = rounds.map(({ few }) => few);
  const ratio = {
    id: 'P4',
    what: `processor time of a tick (admitter and Redis) with ${FANS[1]} waiting / with ${FANS[0]}`,
    unit: 'µs',
    goal: '<= 1.1',
    value: median(rounds.map(({ many }) => many)),
    baseline: median(bases),
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    baselineSpread: (Math.max(...bases) - Math.min(...bases)) / median(bases),
  };
  const figures = `${Math.round(ratio.value)} / ${Math.round(ratio.baseline)} ${ratio.unit}`;
  const range = ratio.range.map((one) => one.toFixed(2)).join('–');
  const doubt =
    ratio.baselineSpread > 0.15 ? `; the baseline spread by ${Math.round(ratio.baselineSpread * 100)} %` : '';
  process.stdout.write(
    `P4  ${ratio.ratio.toFixed(2)} (${range}, goal ${ratio.goal})  ${ratio.what}: ${figures}${doubt}\n`,
  );
  const result = JSON.parse(readFileSync(file, 'utf8')) as { ratios: unknown[] };
  writeFileSync(file, `${JSON.stringify({ ...result, ratios: [...result.ratios, ratio] }, null, 2)}\n`);
}

async function lead(deps: LeaderDeps, fans: number): Promise<Led> {
  const { mongo, line } = deps;
  const sale = saleRecord(`bench-${fans}-${randomBytes(4).toString('hex')}` as SaleId);
  await sales(mongo).create(sale);
  await draws(mongo).create(drawRecord(sale));
  const nothing = { leased: 0, served: 0, servedForSure: 0, prequeue: null, draws: [] };
  await restoreLine(line, { saleId: sale._id, epoch: 1, ...nothing });
  await leaseIndexes(line, { saleId: sale._id, epoch: 1, leased: fans + 1_000_000 });
  await joinAll(line, sale._id, fans);
  const memory = newSaleMemory();
  const led: Led = {
    deps,
    tick: async () => {
      const outcome = await leadSale(line, { saleId: sale._id, holder: deps.holder, leaseMs: HOUR_MS });
      const leadership = outcome.kind === 'leading' ? outcome.leadership : ({} as Leadership);
      await tick(deps, { sale, leadership, memory });
    },
  };
  for (let warm = 0; warm < WARM_TICKS; warm++) await led.tick();
  return led;
}

async function joinAll(line: LineRedis, saleId: SaleId, fans: number): Promise<void> {
  const present = presentUntil(Date.now() + HOUR_MS);
  const batch = 500;
  for (let from = 0; from < fans; from += batch) {
    const bytes = randomBytes(batch * IDENTITY_DIGEST_BYTES);
    const identities = Array.from({ length: batch }, (_, i) => {
      const digest = bytes.subarray(i * IDENTITY_DIGEST_BYTES, (i + 1) * IDENTITY_DIGEST_BYTES);
      digest.writeUInt16BE(digest.readUInt16BE(0) & 0x3fff, 0);
      return digest;
    });
    await joinLine(line, { saleId, identities, present });
  }
}

async function microsPerTick({ deps, tick: once }: Led): Promise<number> {
  const redisBefore = await redisMicros(deps.line);
  const cpu = process.cpuUsage();
  for (let i = 0; i < TICKS; i++) await once();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system + (await redisMicros(deps.line)) - redisBefore) / TICKS;
}

async function redisMicros({ redis }: LineRedis): Promise<number> {
  const info = await redis.info('cpu');
  const figure = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]) * 1e6;
  return figure('used_cpu_user') + figure('used_cpu_sys');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

const phaseId = 'general' as PhaseId;

function drawRecord({ _id: saleId }: SaleRecord) {
  const held = { firstIndex: 0, size: 0, root: '00', seed: '00'.repeat(32), revealedAt: new Date() };
  return {
    _id: `${saleId}:${phaseId}`,
    saleId,
    phaseId,
    rule: 'bench',
    commitment: '00',
    secret: '00',
    salt: '00',
    ...held,
  };
}

function saleRecord(_id: SaleId): SaleRecord {
  const now = Date.now();
  const times = { prequeueOpensAt: now - HOUR_MS, opensAt: now - HOUR_MS / 2, closesAt: now + 10 * HOUR_MS };
  return {
    _id,
    eventId: 'bench' as EventId,
    name: 'bench',
    currency: 'EUR',
    performanceIds: [],
    phases: [
      {
        id: phaseId,
        kind: 'general',
        prequeueOpensAt: new Date(times.prequeueOpensAt),
        opensAt: new Date(times.opensAt),
        closesAt: new Date(times.closesAt),
        needsCode: false,
      },
    ],
    limits: { seatsPerBooking: 4, seatsPerFan: 4 },
    holdSeconds: 300,
    callWindowSeconds: 120,
    passSeconds: 900,
    // Somebody is called now and then; the thousand last through the run.
    admission: {
      mode: 'automatic',
      ratePerMinute: 60,
      maxActive: 1000,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    },
    admissionVersion: 1,
    paused: false,
    draining: false,
    soldOut: false,
    closedByStaff: false,
    notice: null,
    manualCall: null,
    createdAt: new Date(now),
  } as unknown as SaleRecord;
}

if (only === null || only.includes('P4')) await main();
