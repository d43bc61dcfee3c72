// The fan's routes up to the pass: events, sales, the line.
import { z } from 'zod';
import { lineDocument, salePhaseName } from '../line-document.ts';
import { workChallenge } from '../problem.ts';
import { categoryId, currency, email, eventId, performanceId, phaseId, saleId, slug, timestamp } from '../scalars.ts';
import { crowdedView, fairnessView } from './fairness.ts';
import { defineRoute } from './route.ts';
import { saleLimits } from './stock.ts';

export const salePhaseWindow = z.strictObject({
  id: phaseId,
  kind: z.enum(['presale', 'general']),
  prequeueOpensAt: timestamp,
  opensAt: timestamp,
  closesAt: timestamp,
  needsCode: z.boolean(),
  /** Seats one fan may take in this phase; no such limit when absent. */
  seatsPerFan: z.int().min(1).max(100).optional(),
});

export const saleView = z.strictObject({
  id: saleId,
  eventId,
  /** Of the event's page. */
  eventSlug: slug,
  name: z.string(),
  phase: salePhaseName,
  phases: z.array(salePhaseWindow),
  performanceIds: z.array(performanceId),
  limits: saleLimits,
  holdSeconds: z.int(),
  callWindowSeconds: z.int(),
  needsCode: z.boolean(),
  notice: z.string().nullable(),
  /** Off while a safety net lies ready: who joins is let in at once. */
  roomOn: z.boolean(),
  /** As whom one takes part: one place for each browser, mailbox, account or access code. */
  identity: z.enum(['anonymous', 'email', 'account', 'code']),
  /** The server's time, so that a page can count down by it. */
  now: timestamp,
});
export type SaleView = z.infer<typeof saleView>;

export const stockBand = z.enum(['plenty', 'limited', 'few', 'none', 'unknown']);
/** `amount` is all a fan pays; `fee` is how much of it is fees. `stock` tells roughly what is left. */
export const priceFrom = z.strictObject({
  categoryId,
  name: z.string(),
  amount: z.int(),
  fee: z.int(),
  currency,
  stock: stockBand,
});
export const rgbColor = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour as #rrggbb');
export const eventTheme = z.strictObject({ accent: rgbColor, stage: rgbColor });
export const performanceSummary = z.strictObject({
  id: performanceId,
  saleId: saleId.nullable(),
  name: z.string(),
  startsAt: timestamp,
  prices: z.array(priceFrom),
  /** Whether its plan has seats for people who need an accessible one. */
  hasAccessibleSeats: z.boolean(),
});
export const eventView = z.strictObject({
  id: eventId,
  slug,
  title: z.string(),
  description: z.string(),
  venue: z.strictObject({ name: z.string(), city: z.string(), timeZone: z.string() }),
  /** The organizer's colours; null for ours. */
  theme: eventTheme.nullable(),
  performances: z.array(performanceSummary),
  sales: z.array(saleView),
});
export type EventView = z.infer<typeof eventView>;

export const placeState = z.enum(['prequeue', 'waiting', 'called', 'admitted', 'left', 'missed', 'closed', 'moved']);
export const placeView = z.strictObject({
  saleId,
  placeToken: z.string(),
  index: z.int().min(0),
  number: z.int().min(1).nullable(),
  state: placeState,
  ahead: z.int().min(0).nullable(),
  wait: z.strictObject({ lowSeconds: z.number(), highSeconds: z.number() }).nullable(),
  checkInAfterSeconds: z.number().positive(),
  callExpiresAt: timestamp.nullable(),
  /** Until when the fan lets others go first; null when not. */
  deferredUntil: timestamp.nullable(),
  /** How often the fan may still do so, in the state the place is in. */
  deferralsLeft: z.int().min(0),
});
export type PlaceView = z.infer<typeof placeView>;
/** A check-in is answered with the line as well, so that it takes the place of a fetch. */
export const checkedInView = placeView.extend({ line: lineDocument.optional() });
export type CheckedInView = z.infer<typeof checkedInView>;
export const joinedView = placeView.extend({ fanToken: z.string() });
export type JoinedView = z.infer<typeof joinedView>;

export const joinBody = z.strictObject({
  accessCode: z.string().min(1).max(64).optional(),
  email: email.optional(),
  locale: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 language tag')
    .max(35)
    .optional(),
  /** The solution of a challenge, as ALTCHA clients send it; needed only when it was asked for. */
  challenge: z.string().max(2048).optional(),
});
export type JoinBody = z.infer<typeof joinBody>;

/** What somebody without a ticket would like to be told of when tickets come back. */
export const returnsWish = z.strictObject({
  email,
  quantity: z.int().min(1).max(20),
  /** Any when absent. */
  performanceId: performanceId.optional(),
  locale: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 language tag')
    .max(35)
    .optional(),
});
export type ReturnsWish = z.infer<typeof returnsWish>;

export const passView = z.strictObject({ pass: z.string(), expiresAt: timestamp, shopUrl: z.string() });
export type PassView = z.infer<typeof passView>;

const saleParams = z.strictObject({ saleId });

export const fanRoutes = {
  listEvents: defineRoute({
    id: 'listEvents',
    method: 'get',
    path: '/api/v1/events',
    app: 'booking-api',
    credential: 'none',
    summary: 'Published events with performances and sales.',
    replies: { 200: z.strictObject({ events: z.array(eventView) }) },
    errors: [],
  }),
  getEvent: defineRoute({
    id: 'getEvent',
    method: 'get',
    path: '/api/v1/events/{slug}',
    app: 'booking-api',
    credential: 'none',
    summary: 'One published event.',
    params: z.strictObject({ slug }),
    replies: { 200: eventView },
    errors: ['not_found'],
  }),
  getSale: defineRoute({
    id: 'getSale',
    method: 'get',
    path: '/api/v1/sales/{saleId}',
    app: 'booking-api',
    credential: 'none',
    summary: 'One sale: phase, opening times, performances, limits.',
    params: saleParams,
    replies: { 200: saleView },
    errors: ['not_found'],
  }),
  joinLine: defineRoute({
    id: 'joinLine',
    method: 'post',
    path: '/api/v1/sales/{saleId}/places',
    app: 'waiting-room',
    credential: 'fan_optional',
    summary: 'Join the line: 201 with a new place, 200 with the place this identity already has.',
    params: saleParams,
    body: joinBody,
    replies: { 200: joinedView, 201: joinedView },
    errors: [
      'identity_required',
      'not_found',
      'sale_not_open',
      'challenge_required',
      'too_many_requests',
      'code_invalid',
      'code_used',
      'unavailable',
    ],
  }),
  getChallenge: defineRoute({
    id: 'getChallenge',
    method: 'get',
    path: '/api/v1/sales/{saleId}/challenge',
    app: 'waiting-room',
    credential: 'none',
    summary: 'Proof of work to join with, in the form of ALTCHA; needed only where joining asks for it.',
    params: saleParams,
    replies: { 200: workChallenge },
    errors: ['not_found', 'too_many_requests'],
  }),
  getPlace: defineRoute({
    id: 'getPlace',
    method: 'get',
    path: '/api/v1/sales/{saleId}/place',
    app: 'waiting-room',
    credential: 'place',
    summary: 'My place.',
    params: saleParams,
    replies: { 200: placeView },
    errors: ['not_found', 'unauthenticated'],
  }),
  checkIn: defineRoute({
    id: 'checkIn',
    method: 'post',
    path: '/api/v1/sales/{saleId}/place/check-in',
    app: 'waiting-room',
    credential: 'place',
    summary: 'Still here; answered with the line as well.',
    params: saleParams,
    replies: { 200: checkedInView },
    errors: ['not_found', 'unauthenticated', 'place_gone', 'place_moved'],
  }),
  leaveLine: defineRoute({
    id: 'leaveLine',
    method: 'delete',
    path: '/api/v1/sales/{saleId}/place',
    app: 'waiting-room',
    credential: 'place',
    summary: 'Leave the line.',
    params: saleParams,
    replies: { 204: null },
    errors: ['not_found', 'unauthenticated', 'place_moved'],
  }),
  getLine: defineRoute({
    id: 'getLine',
    method: 'get',
    path: '/api/v1/sales/{saleId}/line',
    app: 'waiting-room',
    credential: 'none',
    summary: 'The line document: public, the same bytes for all; ETag, 304 when unchanged.',
    params: saleParams,
    replies: { 200: lineDocument, 304: null },
    errors: ['not_found'],
  }),
  getFairness: defineRoute({
    id: 'getFairness',
    method: 'get',
    path: '/api/v1/sales/{saleId}/fairness',
    app: 'waiting-room',
    credential: 'none',
    summary: 'Commitment, rule, roster size and root, the seed once revealed; with an index its inclusion proof.',
    params: saleParams,
    query: z.strictObject({ index: z.coerce.number().int().min(0).optional() }),
    replies: { 200: fairnessView },
    errors: ['not_found'],
  }),
  getCrowded: defineRoute({
    id: 'getCrowded',
    method: 'get',
    path: '/api/v1/sales/{saleId}/fairness/{phaseId}/crowded',
    app: 'waiting-room',
    credential: 'none',
    summary:
      'The places of a draw that came in a storm from one block of addresses, by groups; none while it is not frozen.',
    params: z.strictObject({ saleId, phaseId }),
    replies: { 200: crowdedView },
    errors: ['not_found'],
  }),
  takePass: defineRoute({
    id: 'takePass',
    method: 'post',
    path: '/api/v1/sales/{saleId}/pass',
    app: 'waiting-room',
    credential: 'place',
    summary: 'My turn: the pass that opens the shop. The same pass again while it is valid.',
    params: saleParams,
    replies: { 200: passView },
    errors: [
      'not_found',
      'unauthenticated',
      'not_called',
      'call_expired',
      'place_gone',
      'place_moved',
      'sale_not_open',
    ],
  }),
  leaveAddress: defineRoute({
    id: 'leaveAddress',
    method: 'post',
    path: '/api/v1/sales/{saleId}/returns',
    app: 'booking-api',
    credential: 'fan_optional',
    summary: 'Leave an address for returned tickets; the same address again changes the wish.',
    params: saleParams,
    body: returnsWish,
    replies: { 202: z.strictObject({ saleId, email }) },
    errors: ['not_found', 'sale_not_open', 'unavailable'],
  }),
  leaveShop: defineRoute({
    id: 'leaveShop',
    method: 'delete',
    path: '/api/v1/sales/{saleId}/pass',
    app: 'waiting-room',
    credential: 'place',
    summary: 'Leave the shop and free the slot.',
    params: saleParams,
    replies: { 204: null },
    errors: ['not_found', 'unauthenticated', 'place_moved'],
  }),
} as const;
