// `npm run bench -- waiting-room [--small] [--only P2,P9] [--profile <folder>]`: the waiting room against its baselines.
// scripts/bench.mjs brings the stores.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { connectMongo, type Mongo, prepareDatabase } from '@onsale/booking-mongo';
import { connectLine, type LineConnection } from '@onsale/waiting-room-redis';
import { httpMeasures } from './bench/measure-http.ts';
import { bytesPerFan, joinsPerSecond } from './bench/measure-joins.ts';
import { type Measured, measureRatio, type Ratio } from './bench/ratio.ts';
import { serveAsTold } from './bench/serve.ts';
import { FULL, SMALL } from './bench/size.ts';
import { readBenchConfig, readConfig } from './config.ts';

const args = process.argv.slice(2);
const size = args.includes('--small') ? SMALL : FULL;
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : null;
const isWanted = (...ids: string[]) => only === null || ids.some((id) => only.includes(id));

async function main(): Promise<void> {
  const { MONGODB_URI, REDIS_URL, ONSALE_BENCH_COMMIT, ONSALE_BENCH_RESULT } = readBenchConfig();
  const mongo = await connectMongo(MONGODB_URI);
  await prepareDatabase(mongo);
  const line = connectLine(REDIS_URL);
  await line.ready();
  const ratios: Ratio[] = [];
  await measureAll({ mongo, line }, async (measured) => {
    if (!isWanted(measured.id)) return;
    const ratio = await measureRatio(measured);
    ratios.push(ratio);
    process.stdout.write(`${row(ratio)}\n`);
  });
  const machine = { cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), memoryBytes: totalmem() };
  const result = {
    commit: ONSALE_BENCH_COMMIT,
    at: new Date().toISOString(),
    node: process.version,
    machine,
    size,
    ratios,
  };
  writeFileSync(ONSALE_BENCH_RESULT, `${JSON.stringify(result, null, 2)}\n`);
  await line.close();
  await mongo.close();
}

type Stores = { readonly mongo: Mongo; readonly line: LineConnection };

async function measureAll({ mongo, line }: Stores, tell: (measured: Measured) => Promise<void>): Promise<void> {
  await tell(await joinsPerSecond(line, mongo, size));
  if (isWanted('P2', 'P9')) {
    const http = await httpMeasures(line, mongo, size);
    for (const measured of http.measures) await tell(measured);
    await http.stop();
  }
  if (isWanted('P3')) {
    const bytes = await bytesPerFan(line, mongo, size.fans);
    process.stdout.write(`P3  ${bytes.toFixed(1)} bytes of Redis for each of ${size.fans} waiting fans (goal <= 24)\n`);
  }
}

function row({ id, what, unit, goal, value, baseline, ratio, range, baselineSpread, cpuMicros }: Ratio): string {
  const figures = `${Math.round(value)} / ${Math.round(baseline)} ${unit}`;
  const spread = `${range[0].toFixed(2)}–${range[1].toFixed(2)}`;
  const cpu =
    cpuMicros === null ? '' : `; CPU ${cpuMicros.value.toFixed(1)} / ${cpuMicros.baseline.toFixed(1)} µs each`;
  const doubt = baselineSpread > 0.15 ? `; the baseline spread by ${Math.round(baselineSpread * 100)} %` : '';
  return `${id}  ${ratio.toFixed(2)} (${spread}, goal ${goal})  ${what}: ${figures}${cpu}${doubt}`;
}

if (args[0] === 'serve') await serveAsTold(readConfig());
else await main();
