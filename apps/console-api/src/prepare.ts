// What has to be true before the first request: collections and indexes, the first owner, stock for every sale, and the
// demo where it is asked for.
import { hasOwner, type Mongo, openStock, prepareDatabase, unopenedPerformances } from '@onsale/booking-mongo';
import type { Clock, Logger } from '@onsale/runtime';
import type { Config } from './config.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { ensureFirstOwner } from './session/first-owner.ts';

type PrepareDeps = {
  readonly mongo: Mongo;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly setupCode: string;
};

export async function prepare(
  { mongo, clock, logger, setupCode }: PrepareDeps,
  config: Pick<
    Config,
    | 'ONSALE_ADMIN_EMAIL'
    | 'ONSALE_ADMIN_PASSWORD'
    | 'SEED_DEMO'
    | 'ONSALE_DEMO_SCHEDULED_SECONDS'
    | 'ONSALE_DEMO_PREQUEUE_SECONDS'
  >,
): Promise<void> {
  await prepareDatabase(mongo);
  const owner = { email: config.ONSALE_ADMIN_EMAIL, password: config.ONSALE_ADMIN_PASSWORD };
  if (owner.email !== '' && owner.password !== '') {
    logger.info({ outcome: await ensureFirstOwner({ mongo, clock }, owner) }, 'first owner');
  } else if (!(await hasOwner(mongo))) {
    // The one secret that is logged: it opens an empty house, once, and means nothing afterwards.
    logger.warn({ setupCode }, 'no owner yet: sign up at /staff/setup with this code');
  }
  // A process that died between publishing a sale and opening its stock left these behind.
  for (const id of await unopenedPerformances(mongo)) await openStock(mongo, id);
  if (!config.SEED_DEMO) return;
  const saleId = await seedDemo(
    { mongo, clock },
    {
      scheduledSeconds: config.ONSALE_DEMO_SCHEDULED_SECONDS,
      prequeueSeconds: config.ONSALE_DEMO_PREQUEUE_SECONDS,
    },
  );
  if (saleId !== null) logger.info({ saleId }, 'demo made');
}
