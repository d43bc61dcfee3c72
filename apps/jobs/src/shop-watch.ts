// The two jobs that watch over the shop in Redis, joined to what they read: the projection of availability, and the requests
// that wait for their decision.
import {
  decidedAmong,
  type Mongo,
  performancesOnSale,
  planOfPerformance,
  readAvailabilityVersion,
  readStockAtOnce,
  silentPartitions,
} from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { PerformanceId } from '@onsale/domain';
import { readQueueDepths } from '@onsale/messaging-rabbitmq';
import type { Logger, Metrics, Part } from '@onsale/runtime';
import {
  connectShop,
  forgetWaiting,
  noteWaiting,
  readProjection,
  readProjectionVersion,
  readWaiting,
  replaceProjection,
  seatIndexOf,
} from '@onsale/shop-redis';
import type { JobsConfig } from './config.ts';
import { findStuckRequests, stuckReasons } from './find-stuck-requests/find-stuck-requests.ts';
import { availabilityReconciler } from './reconcile-availability/reconcile-availability.ts';

export type ShopWatchParts = {
  readonly config: Pick<JobsConfig, 'REDIS_URL' | 'AMQP_URL' | 'ONSALE_PARTITIONS'>;
  readonly mongo: Mongo;
  readonly logger: Logger;
  readonly metrics: Metrics;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export function shopWatch({ config, mongo, logger, metrics, publish, now }: ShopWatchParts) {
  const shop = connectShop(config.REDIS_URL);
  const mended = metrics.counter('availability_repairs_total', 'Projections that were made anew, by difference.', [
    'kind',
  ]);
  const stuck = metrics.gauge('booking_requests_stuck', 'Accepted requests long without a decision.', ['reason']);
  const again = metrics.counter('booking_requests_republished_total', 'Commands published again by the monitor.');
  const indexOf = async (performanceId: PerformanceId) => seatIndexOf(await planOfPerformance(mongo, performanceId));
  const reconcile = availabilityReconciler({
    performancesOnSale: () => performancesOnSale(mongo),
    readTruth: (id) => readStockAtOnce(mongo, id),
    readTruthVersion: (id) => readAvailabilityVersion(mongo, id),
    readProjection: async (id) => readProjection(shop, await indexOf(id), id),
    readProjectionVersion: (id) => readProjectionVersion(shop, id),
    replace: async (performanceId, truth) =>
      replaceProjection(shop, await indexOf(performanceId), { performanceId, ...truth }),
    onMended: ({ performanceId, kind }) => {
      mended.inc({ kind });
      logger.info({ performanceId, kind }, 'a projection of availability was made anew');
    },
  });
  const part: Part = { name: 'redis', start: async () => undefined, stop: () => shop.close() };
  return {
    part,
    reconcileAvailability: reconcile,
    async findStuckRequests(): Promise<void> {
      const found = await findStuckRequests({
        readWaiting: (asked) => readWaiting(shop, asked),
        decidedAmong: (ids) => decidedAmong(mongo, ids),
        forget: (ids) => forgetWaiting(shop, ids),
        waitAnew: async (request) => {
          await forgetWaiting(shop, [request.bookingId]);
          await noteWaiting(shop, [{ ...request, since: now() }]);
        },
        readSilent: () => silentPartitions(mongo, config.ONSALE_PARTITIONS),
        readDepths: () => readQueueDepths(config.AMQP_URL, config.ONSALE_PARTITIONS),
        publish,
        now,
      });
      const { byReason, oldestMs, republished } = found;
      for (const reason of stuckReasons) stuck.set({ reason }, byReason[reason]);
      again.inc(republished);
      if (oldestMs > 0) logger.warn({ byReason, oldestMs, republished }, 'booking requests wait for their decision');
    },
  };
}
