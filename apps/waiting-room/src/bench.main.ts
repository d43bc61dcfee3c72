// `npm run bench -- waiting-room`: the waiting room against its baselines. scripts/bench.mjs brings the stores.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { connectMongo, prepareDatabase } from '@onsale/booking-mongo';
import { connectLine } from '@onsale/waiting-room-redis';
import { httpMeasures } from './bench/measure-http.ts';
import { bytesPerFan, joinsPerSecond } from './bench/measure-joins.ts';
import { measureRatio, type Ratio } from './bench/ratio.ts';
import { serveAsTold } from './bench/serve.ts';
import { readBenchConfig, readConfig } from './config.ts';

const FANS = 1_000_000;

async function main(): Promise<void> {
  const { MONGODB_URI, REDIS_URL, ONSALE_BENCH_COMMIT, ONSALE_BENCH_RESULT } = readBenchConfig();
  const mongo = await connectMongo(MONGODB_URI);
  await prepareDatabase(mongo);
  const line = connectLine(REDIS_URL);
  await line.ready();
  const ratios: Ratio[] = [];
  const tell = (ratio: Ratio) => {
    ratios.push(ratio);
    process.stdout.write(`${row(ratio)}\n`);
  };
  tell(await measureRatio(await joinsPerSecond(line, mongo)));
  const http = await httpMeasures(line, mongo);
  for (const measured of http.measures) tell(await measureRatio(measured));
  await http.stop();
  const bytes = await bytesPerFan(line, mongo, FANS);
  process.stdout.write(`P3  ${bytes.toFixed(1)} bytes of Redis for each of ${FANS} waiting fans (goal <= 24)\n`);
  const machine = { cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), memoryBytes: totalmem() };
  const result = { commit: ONSALE_BENCH_COMMIT, node: process.version, machine, ratios, bytesPerFan: bytes };
  writeFileSync(ONSALE_BENCH_RESULT, `${JSON.stringify(result, null, 2)}\n`);
  await line.close();
  await mongo.close();
}

function row({ id, what, unit, goal, value, baseline, ratio, range, baselineSpread }: Ratio): string {
  const figures = `${Math.round(value)} / ${Math.round(baseline)} ${unit}`;
  const spread = `${range[0].toFixed(2)}–${range[1].toFixed(2)}`;
  const doubt = baselineSpread > 0.15 ? `; the baseline spread by ${Math.round(baselineSpread * 100)} %` : '';
  return `${id}  ${ratio.toFixed(2)} (${spread}, goal ${goal})  ${what}: ${figures}${doubt}`;
}

if (process.argv[2] === 'serve') await serveAsTold(readConfig());
else await main();
