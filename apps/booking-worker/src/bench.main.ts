// `npm run bench -- booking [--only p10,p11,r2,growth,rules,hotseat] [--rounds N] [--bookings N]`: booking requests accepted and bookings
// decided per second, against what broker and client do without us and against the same worker with a batch of one; the
// cost of each by process; growth with the hall and with partitions. scripts/bench.mjs brings the services.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { rawRates } from '@onsale/messaging-rabbitmq';
import { openBench } from './bench/bench-sale.ts';
import { measureGrowth, measureP11 } from './bench/measure-decided.ts';
import { measureHotSeat } from './bench/measure-hot-seat.ts';
import { measureP10 } from './bench/measure-p10.ts';
import { measurePoison } from './bench/measure-poison.ts';
import { measureRules } from './bench/measure-rules.ts';
import { createReport } from './bench/report.ts';
import { benchConfig } from './config.ts';

const MESSAGE_BYTES = 460; // of a request on the wire
const CONFIRM_WINDOW = 1_000;
/** Connections of a busy proxy, each with one request on the way. */
const HTTP_WINDOW = 256;

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { only: text, rounds: text, bookings: text, profile: text } });
const only = (values.only ?? 'p10,p11,r2,growth,rules,hotseat').split(',');
const rounds = Number(values.rounds ?? 6);
const bookings = Number(values.bookings ?? 4_000);

const config = { ...benchConfig(), ...(values.profile !== undefined && { ONSALE_BENCH_PROFILE: values.profile }) };
const report = createReport((line) => process.stdout.write(`${line}\n`));
const mongo = await openBench(config.MONGODB_URI);
const pids = Object.fromEntries(
  config.ONSALE_BENCH_PIDS.split(',').flatMap((entry) => {
    const [name = '', pid] = entry.split('=');
    return pid === undefined ? [] : [[name, Number(pid)] as const];
  }),
);
const raw = await rawRates(config.AMQP_URL, { bytes: MESSAGE_BYTES, window: CONFIRM_WINDOW });
const rawAtHttpWindow = await rawRates(config.AMQP_URL, { bytes: MESSAGE_BYTES, window: HTTP_WINDOW });
const bench = { config, mongo, report, pids, rounds, bookings };
if (only.includes('p10')) {
  await measureP10({ ...bench, raw: rawAtHttpWindow, requests: bookings * 5, window: HTTP_WINDOW });
}
if (only.includes('p11')) await measureP11({ ...bench, raw });
if (only.includes('r2')) await measurePoison({ ...bench, raw });
if (only.includes('growth')) await measureGrowth({ ...bench, raw });
if (only.includes('rules')) measureRules(bench);
if (only.includes('hotseat')) await measureHotSeat(bench);
await raw.close();
await rawAtHttpWindow.close();
await mongo.close();
const machine = { cpu: cpus()[0]?.model ?? '', cores: availableParallelism() };
const whole = { commit: config.ONSALE_BENCH_COMMIT, node: process.version, machine, results: report.rows };
writeFileSync(config.ONSALE_BENCH_RESULT, `${JSON.stringify(whole, null, 2)}\n`);
