// Staff gives money back: of a booking, whole or in part, and of a whole performance that does not take place.
import { z } from 'zod';
import { bookingId, money, performanceId, ticketId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';

const staff = { app: 'console-api', credential: 'staff' } as const;
const errors = ['unauthenticated', 'forbidden', 'csrf_rejected', 'not_found'] as const;
const refundId = z.string().regex(/^[A-Za-z0-9_.~-]{1,64}$/, 'not the id of a refund');
const reason = z.string().trim().min(1).max(200);

export const newRefund = z.strictObject({
  /** All that is left when absent. */
  ticketIds: z.array(ticketId).min(1).max(100).optional(),
  reason,
});
export const refundView = z.strictObject({
  id: refundId,
  bookingId,
  ticketIds: z.array(ticketId).nullable(),
  reason,
  requestedAt: timestamp,
  /** requested → decided (seats free, tickets void) → done (the money is on its way) or stuck (the provider refused). */
  state: z.enum(['requested', 'decided', 'done', 'stuck']),
  /** What goes back of the whole booking by now. */
  refunded: money.nullable(),
});
export type RefundView = z.infer<typeof refundView>;

/** Bookings by what became of them, and what the provider was told, in numbers of orders. */
export const cancellationView = z.strictObject({
  performanceId,
  cancelledAt: timestamp,
  state: z.enum(['running', 'done']),
  bookings: z.strictObject({ cancelled: z.int(), remaining: z.int() }),
  money: z.strictObject({ due: z.int(), done: z.int(), stuck: z.int() }),
});
export type CancellationView = z.infer<typeof cancellationView>;

export const staffRefundRoutes = {
  refundBooking: defineRoute({
    ...staff,
    id: 'refundBooking',
    method: 'post',
    path: '/api/v1/organizer/bookings/{bookingId}/refunds',
    summary: 'Give back a booking, whole or some of its tickets.',
    params: z.strictObject({ bookingId }),
    requires: ['idempotency-key'],
    body: newRefund,
    replies: { 202: refundView },
    errors: [...errors, 'conflict', 'rule_violated', 'idempotency_key_required', 'idempotency_key_reused'],
  }),
  getRefund: defineRoute({
    ...staff,
    id: 'getRefund',
    method: 'get',
    path: '/api/v1/organizer/refunds/{refundId}',
    summary: 'How far a refund has come.',
    params: z.strictObject({ refundId }),
    replies: { 200: refundView },
    errors,
  }),
  cancelPerformance: defineRoute({
    ...staff,
    id: 'cancelPerformance',
    method: 'post',
    path: '/api/v1/organizer/performances/{performanceId}/cancellation',
    summary: 'The performance does not take place: nothing more is sold, everything is refunded. Cannot be undone.',
    params: z.strictObject({ performanceId }),
    body: z.strictObject({ reason }),
    replies: { 202: cancellationView },
    errors,
  }),
  getCancellation: defineRoute({
    ...staff,
    id: 'getCancellation',
    method: 'get',
    path: '/api/v1/organizer/performances/{performanceId}/cancellation',
    summary: 'How far the refunding of a cancelled performance has come.',
    params: z.strictObject({ performanceId }),
    replies: { 200: cancellationView },
    errors,
  }),
} as const;
