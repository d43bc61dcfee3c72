import { shopRoutes } from '@onsale/contracts';
import { bindLaneRoute, ProblemError } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';
import { type ShowBookingDeps, showBooking } from './show-booking.ts';

export const showBookingRoute = (deps: ShowBookingDeps & { readonly fanOf: FanGate }) =>
  bindLaneRoute(shopRoutes.getBooking, async ({ params, request }) => {
    const view = await showBooking(deps, { bookingId: params.bookingId, fanId: deps.fanOf(request) });
    if (view === null) throw new ProblemError('not_found');
    return { status: 200, body: view };
  });
