// One look at everything: the books in the database, all of one moment, and whether every accepted request was decided.
import { type AuditReport, audit, decidedAmong, type Finding, type Mongo } from '@onsale/booking-mongo';
import { readWaiting, type ShopRedis } from '@onsale/shop-redis';

export type LookDeps = {
  readonly mongo: Mongo /** Null when it is not known where it is. */;
  readonly shop: ShopRedis | null;
};

/** The monitor publishes again what is in no queue after a minute; whatever waits longer was forgotten by all. */
const DECIDED_WITHIN_MS = 90_000;
const REQUESTS_MAX = 10_000;
const CONNECT_LIMIT_MS = 3_000;

export async function look({ mongo, shop }: LookDeps): Promise<AuditReport> {
  const report = await audit(mongo);
  return shop === null ? report : { ...report, findings: [...report.findings, await undecided({ mongo, shop })] };
}

async function undecided({ mongo, shop }: { readonly mongo: Mongo; readonly shop: ShopRedis }): Promise<Finding> {
  await connected(shop);
  const now = Date.now();
  const waiting = await readWaiting(shop, { before: now - DECIDED_WITHIN_MS, limit: REQUESTS_MAX });
  const decided = await decidedAmong(
    mongo,
    waiting.map(({ bookingId }) => bookingId),
  );
  return {
    id: 'INV-7',
    says: 'every accepted request is decided',
    faults: waiting.flatMap(({ bookingId, since }) =>
      decided.has(bookingId) ? [] : [`booking ${bookingId} waits for ${Math.round((now - since) / 1000)} s`],
    ),
  };
}

function connected({ redis }: ShopRedis): Promise<unknown> {
  if (redis.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('Redis does not answer')), CONNECT_LIMIT_MS);
    redis.once('ready', () => {
      clearTimeout(late);
      resolve(undefined);
    });
  });
}
