// `npm run bench -- waiting-room [--small] [--only P2,P9] [--profile <folder>]`: the waiting room against its baselines.
// scripts/bench.mjs brings the stores.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { connectMongo, type Mongo, prepareDatabase } from '@onsale/booking-mongo';
import type { TokenKeys } from '@onsale/pass';
import { connectLine, type LineConnection } from '@onsale/waiting-room-redis';
import { benchPlace } from './bench/bench-place.ts';
import { wholeDraw } from './bench/measure-draw.ts';
import { benchDocument, httpMeasures, openBenchSale } from './bench/measure-http.ts';
import { bytesPerFan, joinsPerSecond } from './bench/measure-joins.ts';
import { liveMeasures } from './bench/measure-live.ts';
import { cutAll } from './bench/measure-returns.ts';
import { type Measured, measureRatio, type Ratio } from './bench/ratio.ts';
import { serveAsTold, startServer } from './bench/serve.ts';
import { FULL, SMALL } from './bench/size.ts';
import { readBenchConfig, readConfig } from './config.ts';

const args = process.argv.slice(2);
const size = args.includes('--small') ? SMALL : FULL;
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').toUpperCase().split(',') : null;
const isWanted = (...ids: string[]) => only === null || ids.some((id) => only.includes(id));

type Cost = {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
};
type Bench = Stores & { readonly keys: TokenKeys; tell(measured: Measured): Promise<void>; cost(cost: Cost): void };
type Stores = { readonly mongo: Mongo; readonly line: LineConnection };

async function main(): Promise<void> {
  const config = readBenchConfig();
  const mongo = await connectMongo(config.MONGODB_URI);
  await prepareDatabase(mongo);
  const line = connectLine(config.REDIS_URL);
  await line.ready();
  const ratios: Ratio[] = [];
  const costs: Cost[] = [];
  await measureAll({
    mongo,
    line,
    keys: config.ONSALE_TOKEN_KEYS,
    tell: async (measured) => {
      const ratio = await measureRatio(measured);
      ratios.push(ratio);
      process.stdout.write(`${row(ratio)}\n`);
    },
    cost: (cost) => {
      costs.push(cost);
      const { id, what, value, unit, goal } = cost;
      process.stdout.write(`${id.padEnd(4)}${value.toFixed(2)} ${unit} (goal ${goal})  ${what}\n`);
    },
  });
  const machine = { cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), memoryBytes: totalmem() };
  const run = {
    commit: config.ONSALE_BENCH_COMMIT,
    at: new Date().toISOString(),
    node: process.version,
    machine,
    size,
  };
  writeFileSync(config.ONSALE_BENCH_RESULT, `${JSON.stringify({ ...run, ratios, costs }, null, 2)}\n`);
  await line.close();
  await mongo.close();
}

async function measureAll({ mongo, line, keys, tell, cost }: Bench): Promise<void> {
  if (isWanted('P1')) await tell(await joinsPerSecond(line, mongo, size));
  if (isWanted('P2', 'P9')) {
    const http = await httpMeasures(line, mongo, size);
    for (const measured of http.measures) if (isWanted(measured.id)) await tell(measured);
    await http.stop();
  }
  if (isWanted('P3')) {
    const value = await bytesPerFan(line, mongo, size.fans);
    cost({ id: 'P3', what: `of Redis for each of ${size.fans} waiting fans`, value, unit: 'bytes', goal: '<= 24' });
  }
  if (isWanted('P8')) {
    const { saleId } = await openBenchSale(line, mongo);
    const live = await liveMeasures({ line, saleId, size, documentOf: benchDocument });
    for (const measured of live.measures) await tell(measured);
    await live.stop();
  }
  if (isWanted('R5')) await returnsAfterCut({ mongo, line, keys, cost });
  if (isWanted('P13')) {
    const { seconds, secondsWithStorm } = await wholeDraw(size.drawn);
    const what = `to recompute a draw of ${size.drawn} by the stand-alone verifier`;
    cost({ id: 'P13', what, value: seconds, unit: 's', goal: '<= 5' });
    cost({ id: 'P13', what: `${what}, a hundredth of them a storm`, value: secondsWithStorm, unit: 's', goal: '<= 5' });
  }
}

async function returnsAfterCut({ mongo, line, keys, cost }: Omit<Bench, 'tell'>): Promise<void> {
  const { saleId } = await openBenchSale(line, mongo);
  const room = await startServer({ kind: 'room' });
  const result = await cutAll({
    port: room.port,
    sockets: size.sockets,
    authOf: (i) => ({ place: benchPlace(keys, saleId, i) }),
    cut: room.cut,
  });
  await room.stop();
  const { withinSeconds, refused, returned, tenths, lastAfterSeconds } = result;
  const what = `${returned} of ${size.sockets} sockets back ${lastAfterSeconds.toFixed(1)} s after all were cut (announced ${withinSeconds} s); refused ${refused.length}`;
  const value = Math.max(...tenths) * 100;
  cost({
    id: 'R5',
    what: `came back in the fullest tenth of the announced time; ${what}`,
    value,
    unit: '%',
    goal: 'some 10',
  });
}

function row({ id, what, unit, goal, value, baseline, ratio, range, baselineSpread, cpuMicros }: Ratio): string {
  const figures = `${Math.round(value)} / ${Math.round(baseline)} ${unit}`;
  const spread = `${range[0].toFixed(2)}–${range[1].toFixed(2)}`;
  const cpu =
    cpuMicros === null ? '' : `; CPU ${cpuMicros.value.toFixed(1)} / ${cpuMicros.baseline.toFixed(1)} µs each`;
  const doubt = baselineSpread > 0.15 ? `; the baseline spread by ${Math.round(baselineSpread * 100)} %` : '';
  return `${id.padEnd(4)}${ratio.toFixed(2)} (${spread}, goal ${goal})  ${what}: ${figures}${cpu}${doubt}`;
}

if (args[0] === 'serve') await serveAsTold(readConfig());
else await main();
