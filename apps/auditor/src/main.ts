// npm run audit: says rule by rule whether every invariant holds; exit code 1 when one does not. `--watch` looks again and
// again at a system that goes on meanwhile, one line each time, until Ctrl-C; its exit code then tells of all looks.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectMongo } from '@onsale/booking-mongo';
import { connectShop } from '@onsale/shop-redis';
import { whereToLook } from './config.ts';
import { look } from './look.ts';
import { isWhole, reportLines, watchLines } from './report-lines.ts';

const { values } = parseArgs({
  options: { watch: { type: 'boolean', default: false }, 'every-seconds': { type: 'string', default: '10' } },
});
const everyMs = Math.max(1, Number(values['every-seconds']) || 10) * 1000;
const { mongoUri, redisUrl } = whereToLook();
const mongo = await connectMongo(mongoUri, { patienceMs: 0 });
const shop = redisUrl === '' ? null : connectShop(redisUrl);
const stopped = new AbortController();
if (values.watch) process.once('SIGINT', () => stopped.abort());
process.exitCode = 0;
do {
  const report = await look({ mongo, shop }).catch((error: Error) => error);
  if (report instanceof Error && !values.watch) throw report;
  if (report instanceof Error) console.log(`${new Date().toISOString()}  could not look: ${report.message}`);
  else {
    console.log((values.watch ? watchLines(report, new Date()) : reportLines(report)).join('\n'));
    if (!isWhole(report)) process.exitCode = 1;
  }
  if (values.watch) await pause(everyMs, undefined, { signal: stopped.signal }).catch(() => undefined);
} while (values.watch && !stopped.signal.aborted);
await shop?.close();
await mongo.close();
