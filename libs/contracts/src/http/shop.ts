// The fan's routes inside the shop: plan, availability, booking, payment, tickets.
import { bookingStates, rejectionReasons } from '@onsale/domain';
import { z } from 'zod';
import {
  bookingId,
  categoryId,
  email,
  eventId,
  money,
  paymentId,
  performanceId,
  saleId,
  seatId,
  ticketId,
  timestamp,
} from '../scalars.ts';
import { defineRoute } from './route.ts';
import { audience, seatingRules } from './stock.ts';

export const seat = z.strictObject({
  id: seatId,
  label: z.string(),
  x: z.number(),
  y: z.number(),
  categoryId,
  /** Accessible seats and the companion seats beside them have their own pool; standard when absent. */
  kind: z.enum(['standard', 'accessible', 'companion']).optional(),
  /** Something stands between this seat and the stage. */
  restrictedView: z.boolean().optional(),
});
export const seatingPlan = z.strictObject({
  width: z.number().positive(),
  height: z.number().positive(),
  /** Where the stage is; seats face it. */
  focus: z.strictObject({ x: z.number(), y: z.number() }),
  sections: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      rows: z.array(z.strictObject({ id: z.string(), label: z.string(), seats: z.array(seat) })),
    }),
  ),
});
export type SeatingPlan = z.infer<typeof seatingPlan>;

export const category = z.strictObject({
  id: categoryId,
  name: z.string(),
  kind: z.enum(['reserved', 'general']),
  price: money,
  /** How much of the price is fees, in the same units. */
  fee: z.int().min(0),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
});
export const performanceView = z.strictObject({
  id: performanceId,
  eventId,
  saleId: saleId.nullable(),
  name: z.string(),
  startsAt: timestamp,
  version: z.int(),
  categories: z.array(category),
  plan: seatingPlan.nullable(),
  rules: seatingRules,
});
export type PerformanceView = z.infer<typeof performanceView>;

export const availabilityView = z.strictObject({
  performanceId,
  version: z.int(),
  categories: z.array(z.strictObject({ categoryId, capacity: z.int(), free: z.int() })),
  sections: z.array(z.strictObject({ sectionId: z.string(), categoryId, free: z.int() })),
  /** Held, sold or kept back. */
  taken: z.array(seatId),
  /** Of the taken and of what is not free: what those may still have who came with such a code or by such a channel. */
  allocations: z.array(
    z.strictObject({
      audience,
      seatIds: z.array(seatId),
      places: z.array(z.strictObject({ categoryId, free: z.int() })),
    }),
  ),
  /** Accessible and companion seats are sold like all others now. */
  accessibleReleased: z.boolean(),
});
export type AvailabilityView = z.infer<typeof availabilityView>;

/** How many of the item's places are for people who need an accessible seat; the others of the item come with them. */
const accessible = z.int().min(0).max(20).optional();
export const bookingItemRequest = z.union([
  z.strictObject({ seatIds: z.array(seatId).min(1).max(20), accessible }),
  z.strictObject({ categoryId, quantity: z.int().min(1).max(20), bestAvailable: z.boolean().optional(), accessible }),
  /** Any of these prices: all places of one of them, of the earliest that has as good a placement as any other. */
  z.strictObject({
    categoryIds: z.array(categoryId).min(1).max(20),
    quantity: z.int().min(1).max(20),
    bestAvailable: z.boolean().optional(),
    accessible,
  }),
]);
export const contact = z.strictObject({ name: z.string().trim().min(1).max(120), email });
export const bookingRequest = z.strictObject({
  items: z.array(bookingItemRequest).min(1).max(5),
  contact,
  /**
   * What the fan was shown; refused with `price_changed` when it costs something else by now. With an item of several
   * prices it is the most that it may cost.
   */
  expectedTotal: money.optional(),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

export const bookingItem = z.strictObject({
  categoryId,
  seatId: seatId.nullable(),
  label: z.string(),
  price: money,
  /** Null before it is bought. */
  ticketId: ticketId.nullable(),
});
export const ticketView = z.strictObject({
  id: ticketId,
  bookingId,
  performanceId,
  categoryId,
  seatId: seatId.nullable(),
  label: z.string(),
  /** What the QR code holds: a signed payload that verifies offline. */
  qr: z.string(),
});
export type TicketView = z.infer<typeof ticketView>;
export const paymentState = z.enum(['pending', 'authorised', 'succeeded', 'failed', 'refunded']);
export const bookingView = z.strictObject({
  id: bookingId,
  saleId,
  performanceId,
  state: z.enum(bookingStates),
  reason: z.enum(rejectionReasons).nullable(),
  items: z.array(bookingItem),
  total: money.nullable(),
  holdExpiresAt: timestamp.nullable(),
  /** Whether the fan may ask once for more time. */
  mayExtend: z.boolean(),
  /** The money came when the seats were gone: these are equal ones, kept until the fan accepts them or lets them go. */
  offered: z.boolean(),
  payment: z
    .strictObject({
      paymentId,
      provider: z.string(),
      /** `refunded` when all of it goes back. */
      state: paymentState,
      /** What goes back, and how far that has come. */
      refunded: money,
      refund: z.enum(['none', 'on_its_way', 'done', 'stuck']),
    })
    .nullable(),
  /** What was given back; no longer among the items. */
  returned: z.array(bookingItem),
  tickets: z.array(ticketId),
  /** Seats side by side that were free when a wanted seat was gone; empty otherwise. */
  alternatives: z.array(seatId),
});
export type BookingView = z.infer<typeof bookingView>;

/** A booking as it stands in a list; `title` and `startsAt` are of what it is for. */
export const bookingSummary = z.strictObject({
  id: bookingId,
  saleId,
  performanceId,
  state: z.enum(bookingStates),
  title: z.string(),
  performanceName: z.string(),
  startsAt: timestamp,
  venue: z.strictObject({ name: z.string(), city: z.string(), timeZone: z.string() }),
  places: z.int(),
  total: money.nullable(),
  holdExpiresAt: timestamp.nullable(),
  decidedAt: timestamp,
});
export type BookingSummary = z.infer<typeof bookingSummary>;

export const bookingAccepted = z.strictObject({ bookingId, state: z.enum(bookingStates) });
export const paymentStarted = z.strictObject({
  paymentId,
  provider: z.string(),
  action: z.strictObject({ kind: z.enum(['sandbox', 'redirect']), url: z.string() }),
});
export const sandboxOutcomes = [
  'succeed',
  'fail',
  'delay',
  'duplicate',
  'out_of_order',
  'lost',
  'authorise',
  'authorise_refused',
] as const;
export type SandboxOutcome = (typeof sandboxOutcomes)[number];
/** The first three end as they say; the others succeed and differ in what the shop is told of it, and when. */
export const sandboxOutcome = z.strictObject({ outcome: z.enum(sandboxOutcomes) });
/** What the sandbox provider sends to our webhook, signed as in `Onsale-Signature: t=<seconds>,v1=<hex hmac-sha256>`. */
export const sandboxEvent = z.strictObject({
  id: z.string().min(1).max(64),
  type: z.enum(['payment.authorised', 'payment.succeeded', 'payment.failed']),
  paymentId,
  amount: money,
});
export type SandboxEvent = z.infer<typeof sandboxEvent>;
/** What Stripe sends, signed in its own way: all its events have these fields, and others that are not ours to know. */
export const stripeEvent = z.looseObject({
  id: z.string().min(1).max(255),
  object: z.literal('event'),
  type: z.string().min(1).max(255),
  created: z.int(),
  livemode: z.boolean(),
  data: z.looseObject({ object: z.looseObject({}) }),
});

const performanceParams = z.strictObject({ performanceId });
const bookingParams = z.strictObject({ bookingId });

export const shopRoutes = {
  getPerformance: defineRoute({
    id: 'getPerformance',
    method: 'get',
    path: '/api/v1/performances/{performanceId}',
    app: 'booking-api',
    credential: 'none',
    summary: 'Seating plan and prices; cacheable for ever by `?v=version`.',
    params: performanceParams,
    query: z.strictObject({ v: z.coerce.number().int().optional() }),
    replies: { 200: performanceView },
    errors: ['not_found'],
  }),
  getAvailability: defineRoute({
    id: 'getAvailability',
    method: 'get',
    path: '/api/v1/performances/{performanceId}/availability',
    app: 'booking-api',
    credential: 'none',
    summary: 'Counts by section and category, and the taken seats.',
    params: performanceParams,
    replies: { 200: availabilityView, 304: null },
    errors: ['not_found'],
  }),
  requestBooking: defineRoute({
    id: 'requestBooking',
    method: 'post',
    path: '/api/v1/performances/{performanceId}/bookings',
    app: 'booking-api',
    credential: 'pass',
    summary: 'Ask for seats; the answer comes by socket and by GET.',
    params: performanceParams,
    requires: ['idempotency-key'],
    body: bookingRequest,
    replies: { 202: bookingAccepted },
    errors: [
      'not_found',
      'pass_required',
      'idempotency_key_required',
      'idempotency_key_reused',
      'rule_violated',
      'sale_not_open',
      'unavailable',
    ],
  }),
  listBookings: defineRoute({
    id: 'listBookings',
    method: 'get',
    path: '/api/v1/bookings',
    app: 'booking-api',
    credential: 'fan',
    summary: 'My bookings, the newest first, at most 50.',
    replies: { 200: z.strictObject({ bookings: z.array(bookingSummary) }) },
    errors: ['unauthenticated'],
  }),
  getBooking: defineRoute({
    id: 'getBooking',
    method: 'get',
    path: '/api/v1/bookings/{bookingId}',
    app: 'booking-api',
    credential: 'fan',
    summary: 'The truth about one booking.',
    params: bookingParams,
    replies: { 200: bookingView },
    errors: ['not_found', 'unauthenticated'],
  }),
  releaseBooking: defineRoute({
    id: 'releaseBooking',
    method: 'delete',
    path: '/api/v1/bookings/{bookingId}',
    app: 'booking-api',
    credential: 'fan',
    summary: 'Release a hold.',
    params: bookingParams,
    replies: { 202: bookingAccepted },
    errors: ['not_found', 'unauthenticated', 'conflict', 'unavailable'],
  }),
  extendHold: defineRoute({
    id: 'extendHold',
    method: 'post',
    path: '/api/v1/bookings/{bookingId}/extension',
    app: 'booking-api',
    credential: 'fan',
    summary: 'Ask once for more time, up to the longest hold of the sale; the new end comes by socket and by GET.',
    params: bookingParams,
    replies: { 202: bookingAccepted },
    errors: ['not_found', 'unauthenticated', 'conflict', 'unavailable'],
  }),
  acceptOffer: defineRoute({
    id: 'acceptOffer',
    method: 'post',
    path: '/api/v1/bookings/{bookingId}/acceptance',
    app: 'booking-api',
    credential: 'fan',
    summary: 'Take the equal seats that were kept for money that came too late; releasing the hold sends it back.',
    params: bookingParams,
    replies: { 202: bookingAccepted },
    errors: ['not_found', 'unauthenticated', 'conflict', 'unavailable'],
  }),
  startPayment: defineRoute({
    id: 'startPayment',
    method: 'post',
    path: '/api/v1/bookings/{bookingId}/payment',
    app: 'booking-api',
    credential: 'fan',
    summary: 'Start paying; the same payment again while it is pending.',
    params: bookingParams,
    replies: { 200: paymentStarted },
    errors: ['not_found', 'unauthenticated', 'payment_not_possible', 'payment_provider_away', 'unavailable'],
  }),
  decideSandboxPayment: defineRoute({
    id: 'decideSandboxPayment',
    method: 'post',
    path: '/api/v1/payments/sandbox/{paymentId}',
    app: 'booking-api',
    credential: 'fan',
    summary: 'Sandbox provider only: decide the outcome; it then calls our webhook, signed.',
    params: z.strictObject({ paymentId }),
    body: sandboxOutcome,
    replies: { 202: z.strictObject({ paymentId }) },
    errors: ['not_found', 'unauthenticated', 'conflict'],
  }),
  receiveWebhook: defineRoute({
    id: 'receiveWebhook',
    method: 'post',
    path: '/api/v1/webhooks/{provider}',
    app: 'booking-api',
    credential: 'provider_signature',
    summary: 'Signed events of a payment provider.',
    params: z.strictObject({ provider: z.string().regex(/^[a-z]{1,20}$/) }),
    body: z.union([sandboxEvent, stripeEvent]),
    replies: { 200: z.strictObject({ received: z.literal(true) }) },
    errors: ['not_found', 'signature_invalid', 'unavailable'],
  }),
  listBookingTickets: defineRoute({
    id: 'listBookingTickets',
    method: 'get',
    path: '/api/v1/bookings/{bookingId}/tickets',
    app: 'booking-api',
    credential: 'fan',
    summary: 'The tickets of a confirmed booking.',
    params: bookingParams,
    replies: { 200: z.strictObject({ tickets: z.array(ticketView) }) },
    errors: ['not_found', 'unauthenticated'],
  }),
  getTicket: defineRoute({
    id: 'getTicket',
    method: 'get',
    path: '/api/v1/tickets/{ticketId}',
    app: 'booking-api',
    credential: 'fan',
    summary: 'One ticket with its QR payload.',
    params: z.strictObject({ ticketId }),
    replies: { 200: ticketView },
    errors: ['not_found', 'unauthenticated'],
  }),
  getKeys: defineRoute({
    id: 'getKeys',
    method: 'get',
    path: '/.well-known/jwks.json',
    app: 'booking-api',
    credential: 'none',
    summary: 'The public keys that verify passes and tickets offline.',
    replies: { 200: z.looseObject({ keys: z.array(z.looseObject({})) }) },
    errors: [],
  }),
} as const;
