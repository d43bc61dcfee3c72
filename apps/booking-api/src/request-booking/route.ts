import { idempotencyKey, shopRoutes } from '@onsale/contracts';
import { bindLaneRoute, ProblemError, traceparentOf } from '@onsale/runtime';
import type { Catalogue } from '../catalogue.ts';
import type { PassGate } from '../credentials.ts';
import { type RequestBookingDeps, requestBooking } from './request-booking.ts';

export type RequestBookingRouteDeps = RequestBookingDeps & {
  readonly catalogue: Pick<Catalogue, 'performance' | 'sale'>;
  readonly buyerOf: PassGate;
};

export const requestBookingRoute = (deps: RequestBookingRouteDeps) =>
  bindLaneRoute(shopRoutes.requestBooking, async ({ params, body, request, traceId }) => {
    const performance = await deps.catalogue.performance(params.performanceId);
    if (performance === null) throw new ProblemError('not_found');
    if (performance.saleId === null) throw new ProblemError('sale_not_open');
    const buyer = deps.buyerOf(request, performance.saleId);
    const sale = await deps.catalogue.sale(performance.saleId);
    if (sale === null) throw new ProblemError('not_found');
    const seatsPerBooking = sale.sale.limits.seatsPerBooking;
    const key = idempotencyKey.safeParse(request.headers['idempotency-key']);
    if (!key.success) {
      throw new ProblemError('invalid_request', {
        fields: [{ field: 'header.idempotency-key', message: key.error.issues[0]?.message ?? 'not a key' }],
      });
    }
    const outcome = await requestBooking(deps, {
      performance,
      seatsPerBooking,
      buyer,
      key: key.data,
      body,
      trace: traceparentOf(traceId),
    });
    switch (outcome.kind) {
      case 'accepted':
        return {
          status: 202,
          body: { bookingId: outcome.bookingId, state: 'requested' },
          headers: { Location: `/api/v1/bookings/${outcome.bookingId}` },
        };
      case 'key_reused':
        throw new ProblemError('idempotency_key_reused');
      case 'still_running':
        throw new ProblemError('request_in_progress', { retryAfterSeconds: 1 });
      case 'not_on_sale':
        throw new ProblemError('sale_not_open');
      case 'too_many_seats':
        throw new ProblemError('rule_violated', {
          fields: [{ field: 'body.items', message: `at most ${seatsPerBooking} seats in one booking` }],
        });
    }
  });
