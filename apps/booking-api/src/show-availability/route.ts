import { shopRoutes } from '@onsale/contracts';
import { bindLaneRoute, ProblemError } from '@onsale/runtime';
import { availabilityCache, type ShowAvailabilityDeps } from './show-availability.ts';

export const showAvailabilityRoute = (deps: ShowAvailabilityDeps) => {
  const rendered = availabilityCache(deps);
  return bindLaneRoute(shopRoutes.getAvailability, async ({ params, request }) => {
    const availability = await rendered(params.performanceId);
    if (availability === null) throw new ProblemError('not_found');
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'public, max-age=1',
      ETag: availability.etag,
    };
    if (request.headers['if-none-match'] === availability.etag) return { status: 304, headers };
    return { status: 200, body: availability.body, headers };
  });
};
