// `npm run rebuild-availability [performance id …]`: makes the projection of availability anew from the truth, of all
// performances on sale when none is named. REDIS_URL and MONGODB_URI name the services. Safe at any time.
import { connectMongo, performancesOnSale, planOfPerformance, readStockAtOnce } from '@onsale/booking-mongo';
import type { PerformanceId } from '@onsale/domain';
import { connectShop, replaceProjection, seatIndexOf } from '@onsale/shop-redis';
import { rebuildConfig } from './config.ts';

const config = rebuildConfig();
const mongo = await connectMongo(config.MONGODB_URI, { patienceMs: 0 });
const shop = connectShop(config.REDIS_URL);
await new Promise((resolve) => shop.redis.once('ready', resolve));
const named = process.argv.slice(2) as PerformanceId[];
const performanceIds = named.length > 0 ? named : await performancesOnSale(mongo);
let replaced = 0;
for (const performanceId of performanceIds) {
  const index = seatIndexOf(await planOfPerformance(mongo, performanceId));
  const truth = await readStockAtOnce(mongo, performanceId);
  if ((await replaceProjection(shop, index, { performanceId, ...truth })) === 'replaced') replaced += 1;
}
process.stdout.write(`${replaced} of ${performanceIds.length} projections were made anew, the others are ahead\n`);
await shop.close();
await mongo.close();
