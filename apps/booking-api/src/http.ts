// The routes of this process, in order.
import type { BoundRoute, LaneRoute } from '@onsale/runtime';
import { type AcceptOfferDeps, acceptOfferRoute } from './accept-offer/route.ts';
import { type ConfirmIdentityDeps, confirmIdentityRoutes } from './confirm-identity/route.ts';
import { type DecideSandboxPaymentDeps, decideSandboxPaymentRoute } from './decide-sandbox-payment/route.ts';
import { type ExtendHoldDeps, extendHoldRoute } from './extend-hold/route.ts';
import { type LeaveAddressDeps, leaveAddressRoute } from './leave-address/route.ts';
import { type ListBookingsDeps, listBookingsRoute } from './list-bookings/route.ts';
import { type ReceiveWebhookDeps, receiveWebhookRoute } from './receive-webhook/route.ts';
import { type ReleaseBookingDeps, releaseBookingRoute } from './release-booking/route.ts';
import { type RequestBookingRouteDeps, requestBookingRoute } from './request-booking/route.ts';
import { showAvailabilityRoute } from './show-availability/route.ts';
import type { ShowAvailabilityDeps } from './show-availability/show-availability.ts';
import { showBookingRoute } from './show-booking/route.ts';
import type { ShowBookingDeps } from './show-booking/show-booking.ts';
import { showDocsRoutes } from './show-docs/route.ts';
import { showEventsRoutes } from './show-events/route.ts';
import type { ShowEventsDeps } from './show-events/show-events.ts';
import { showKeysRoute } from './show-keys/route.ts';
import { type ShowPerformanceDeps, showPerformanceRoute } from './show-performance/route.ts';
import { type ShowTicketsDeps, showTicketsRoutes } from './show-tickets/route.ts';
import { type StartPaymentDeps, startPaymentRoute } from './start-payment/route.ts';

export type HttpDeps = ShowEventsDeps &
  ShowPerformanceDeps &
  ShowAvailabilityDeps &
  RequestBookingRouteDeps &
  ShowBookingDeps &
  ListBookingsDeps &
  LeaveAddressDeps &
  ReleaseBookingDeps &
  ExtendHoldDeps &
  AcceptOfferDeps &
  StartPaymentDeps &
  DecideSandboxPaymentDeps &
  ReceiveWebhookDeps &
  ConfirmIdentityDeps &
  ShowTicketsDeps & { readonly keys: Parameters<typeof showKeysRoute>[0]; readonly version: string };

export function routes(deps: HttpDeps): readonly BoundRoute[] {
  return [
    ...showEventsRoutes(deps),
    leaveAddressRoute(deps),
    ...confirmIdentityRoutes(deps),
    showPerformanceRoute(deps),
    showAvailabilityRoute(deps),
    requestBookingRoute(deps),
    listBookingsRoute(deps),
    showBookingRoute(deps),
    releaseBookingRoute(deps),
    extendHoldRoute(deps),
    acceptOfferRoute(deps),
    startPaymentRoute(deps),
    decideSandboxPaymentRoute(deps),
    receiveWebhookRoute(deps),
    ...showTicketsRoutes(deps),
    showKeysRoute(deps.keys),
    ...showDocsRoutes(deps.version),
  ];
}

/** Those a rush hits; they are answered before Express as well. */
export function laneRoutes(deps: HttpDeps): readonly LaneRoute[] {
  return [requestBookingRoute(deps), showBookingRoute(deps), showAvailabilityRoute(deps)];
}
