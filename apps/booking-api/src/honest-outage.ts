// A database that is away is told as such, with a time to come back, not as a fault of ours.
import { isOutage } from '@onsale/booking-mongo';
import { type Answer, type BoundRoute, type LaneRoute, ProblemError } from '@onsale/runtime';

const RETRY_AFTER_SECONDS = 3;

export function withHonestOutage<Bound extends BoundRoute | LaneRoute>(bound: Bound): Bound {
  const handle = bound.handle as (call: never) => Promise<Answer>;
  return {
    ...bound,
    async handle(call: never) {
      try {
        return await handle(call);
      } catch (error) {
        if (isOutage(error)) throw new ProblemError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS });
        throw error;
      }
    },
  };
}
