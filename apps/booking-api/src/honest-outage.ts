// A database that is away is told as such, with a time to come back, not as a fault of ours.
import { isOutage } from '@onsale/booking-mongo';
import { type BoundRoute, ProblemError } from '@onsale/runtime';

const RETRY_AFTER_SECONDS = 3;

export function withHonestOutage({ route, handle }: BoundRoute): BoundRoute {
  return {
    route,
    async handle(call) {
      try {
        return await handle(call);
      } catch (error) {
        if (isOutage(error)) throw new ProblemError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS });
        throw error;
      }
    },
  };
}
