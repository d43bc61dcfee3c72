// Staff routes: sign-in, organizer, operator.
import { z } from 'zod';
import { categoryId, eventId, money, phaseId, planId, saleId, slug, timestamp } from '../scalars.ts';
import { eventTheme, saleView } from './fan.ts';
import { defineRoute } from './route.ts';
import { performanceView, seatingPlan } from './shop.ts';
import { staffAccountRoutes } from './staff-account.ts';
import { staffAuditRoutes } from './staff-audit.ts';
import { staffBookingRoutes } from './staff-bookings.ts';
import { staffDoorRoutes } from './staff-doors.ts';
import { staffOpsRoutes } from './staff-ops.ts';
import { staffPlanningRoutes } from './staff-planning.ts';
import { staffPlanRoutes } from './staff-plans.ts';
import { staffRefundRoutes } from './staff-refunds.ts';
import { admissionSettings, newSale } from './staff-sale.ts';
import { staffStockRoutes } from './staff-stock.ts';
import { staffTeamRoutes } from './staff-team.ts';
import { seatingRules } from './stock.ts';

export const newEvent = z.strictObject({
  slug,
  title: z.string().trim().min(1).max(160),
  description: z.string().max(4000),
  venue: z.strictObject({
    name: z.string().min(1).max(160),
    city: z.string().min(1).max(120),
    timeZone: z.string().min(1).max(64),
  }),
  /** Colours of the event's pages. */
  theme: eventTheme.optional(),
});
export const newPlan = z.strictObject({ name: z.string().min(1).max(160), plan: seatingPlan });
export const newPerformance = z.strictObject({
  eventId,
  name: z.string().trim().min(1).max(160),
  startsAt: timestamp,
  /** Null for a performance without numbered seats. */
  planId: planId.nullable(),
  categories: z
    .array(
      z.strictObject({
        id: categoryId,
        name: z.string().min(1).max(80),
        kind: z.enum(['reserved', 'general']),
        /** All a fan pays. */
        price: money,
        /** How much of the price is fees, in the same units; none when absent. */
        fee: z.int().min(0).max(1_000_000_000).optional(),
        color: z.string().regex(/^#[0-9a-f]{6}$/),
        /** Needed for `general`, absent for `reserved`: there the plan says how many. */
        capacity: z.int().min(1).max(1_000_000).optional(),
      }),
    )
    .min(1)
    .max(40),
  /** What is left out is as usual. */
  rules: seatingRules.partial().strict().optional(),
});

export const admissionView = z.strictObject({
  version: z.int(),
  paused: z.boolean(),
  draining: z.boolean(),
  /** No new bookings for now, not even by those inside. */
  halted: z.boolean(),
  settings: admissionSettings,
  observed: z.strictObject({
    joined: z.int(),
    served: z.int(),
    /** Fans who can be called: numbered, and there. */
    waiting: z.int(),
    /** Numbered and not called, but away: they are passed over. */
    away: z.int().optional(),
    /** In an open pre-queue, without a number yet. */
    prequeue: z.int().optional(),
    called: z.int(),
    active: z.int(),
    callsPerMinute: z.number(),
    noShowRate: z.number(),
    stockFree: z.int().nullable(),
    openHolds: z.int().nullable(),
    sold: z.int().nullable().optional(),
    capacity: z.int().nullable().optional(),
    /** From an accepted booking request to its outcome; null while no booking was seen lately. */
    shopDelayMs: z.number().nullable().optional(),
  }),
  lastDecision: z.strictObject({ at: timestamp, count: z.int(), reason: z.string() }).nullable(),
  /**
   * What automatic control with all its senses would do now, beside what is done; null where that is the same. Calls in
   * the last minute, made and as they would have been made, tell the two apart better than one tick.
   */
  shadow: z
    .strictObject({ count: z.int(), reason: z.string(), callsLastMinute: z.int(), wouldCallLastMinute: z.int() })
    .nullable()
    .optional(),
});
export type AdmissionView = z.infer<typeof admissionView>;

export const decisionEntry = z.strictObject({
  at: timestamp,
  /** Fans called since the entry before. */
  count: z.int(),
  reason: z.string(),
  shadow: z.strictObject({ count: z.int(), reason: z.string() }).nullable(),
});
export type DecisionEntry = z.infer<typeof decisionEntry>;

export const publicValueBody = z.strictObject({ value: z.string().trim().min(1).max(200) });
export const publicValueView = z.strictObject({
  saleId,
  phaseId,
  publicValueSource: z.string().nullable(),
  publicValue: z.string().nullable(),
});
export type PublicValueView = z.infer<typeof publicValueView>;

const saleParams = z.strictObject({ saleId });
const staff = { app: 'console-api', credential: 'staff' } as const;
const created = z.strictObject({ id: z.string() });
const opsErrors = ['unauthenticated', 'forbidden', 'csrf_rejected', 'not_found'] as const;

export const staffRoutes = {
  ...staffAccountRoutes,
  ...staffTeamRoutes,
  createEvent: defineRoute({
    ...staff,
    id: 'createEvent',
    method: 'post',
    path: '/api/v1/organizer/events',
    summary: 'A new event, published at once.',
    body: newEvent,
    replies: { 201: created },
    errors: [...opsErrors, 'conflict'],
  }),
  createPlan: defineRoute({
    ...staff,
    id: 'createPlan',
    method: 'post',
    path: '/api/v1/organizer/seating-plans',
    summary: 'A new seating plan.',
    body: newPlan,
    replies: { 201: created },
    errors: [...opsErrors, 'rule_violated'],
  }),
  createPerformance: defineRoute({
    ...staff,
    id: 'createPerformance',
    method: 'post',
    path: '/api/v1/organizer/performances',
    summary: 'A new performance with its price categories.',
    body: newPerformance,
    replies: { 201: performanceView },
    errors: [...opsErrors, 'rule_violated'],
  }),
  createSale: defineRoute({
    ...staff,
    id: 'createSale',
    method: 'post',
    path: '/api/v1/organizer/sales',
    summary: 'A new sale of one or more performances, published at once.',
    body: newSale,
    replies: { 201: saleView },
    errors: [...opsErrors, 'rule_violated'],
  }),
  getAdmission: defineRoute({
    ...staff,
    id: 'getAdmission',
    method: 'get',
    path: '/api/v1/ops/sales/{saleId}/admission',
    summary: 'Settings, what was observed, the last decision with its reason.',
    params: saleParams,
    replies: { 200: admissionView },
    errors: opsErrors,
  }),
  listDecisions: defineRoute({
    ...staff,
    id: 'listDecisions',
    method: 'get',
    path: '/api/v1/ops/sales/{saleId}/decisions',
    summary: 'What was decided and why, newest first, with what automatic control would have done.',
    params: saleParams,
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).optional() }),
    replies: { 200: z.strictObject({ decisions: z.array(decisionEntry) }) },
    errors: opsErrors,
  }),
  changeAdmission: defineRoute({
    ...staff,
    id: 'changeAdmission',
    method: 'patch',
    path: '/api/v1/ops/sales/{saleId}/admission',
    requires: ['if-match'],
    summary: 'Change settings while the sale runs.',
    params: saleParams,
    body: admissionSettings.partial().strict(),
    replies: { 200: admissionView },
    errors: [...opsErrors, 'if_match_required', 'precondition_failed', 'rule_violated'],
  }),
  pauseSale: defineRoute({
    ...staff,
    id: 'pauseSale',
    method: 'post',
    path: '/api/v1/ops/sales/{saleId}/pause',
    summary: 'Call nobody until resumed.',
    params: saleParams,
    replies: { 200: admissionView },
    errors: opsErrors,
  }),
  resumeSale: defineRoute({
    ...staff,
    id: 'resumeSale',
    method: 'post',
    path: '/api/v1/ops/sales/{saleId}/resume',
    summary: 'Go on calling.',
    params: saleParams,
    replies: { 200: admissionView },
    errors: opsErrors,
  }),
  haltSale: defineRoute({
    ...staff,
    id: 'haltSale',
    method: 'post',
    path: '/api/v1/ops/sales/{saleId}/halt',
    summary: 'Take no new bookings and call nobody until resumed; what is held can be paid.',
    params: saleParams,
    replies: { 200: admissionView },
    errors: opsErrors,
  }),
  drainSale: defineRoute({
    ...staff,
    id: 'drainSale',
    method: 'post',
    path: '/api/v1/ops/sales/{saleId}/drain',
    summary: 'Let those inside finish, call nobody new.',
    params: saleParams,
    replies: { 200: admissionView },
    errors: opsErrors,
  }),
  callFans: defineRoute({
    ...staff,
    id: 'callFans',
    method: 'post',
    path: '/api/v1/ops/sales/{saleId}/call',
    summary: 'Call this many by hand, once.',
    params: saleParams,
    body: z.strictObject({ count: z.int().min(1).max(100_000) }),
    replies: { 202: admissionView },
    errors: [...opsErrors, 'conflict'],
  }),
  setNotice: defineRoute({
    ...staff,
    id: 'setNotice',
    method: 'put',
    path: '/api/v1/ops/sales/{saleId}/notice',
    summary: 'A message to all who wait; null takes it away.',
    params: saleParams,
    body: z.strictObject({ notice: z.string().trim().min(1).max(140).nullable() }),
    replies: { 200: admissionView },
    errors: opsErrors,
  }),
  enterPublicValue: defineRoute({
    ...staff,
    id: 'enterPublicValue',
    method: 'put',
    path: '/api/v1/ops/sales/{saleId}/draws/{phaseId}/public-value',
    summary: 'Write down the result of the public draw the sale named: after the freeze, before the seed.',
    params: z.strictObject({ saleId, phaseId }),
    body: publicValueBody,
    replies: { 200: publicValueView },
    errors: [...opsErrors, 'conflict'],
  }),
  ...staffAuditRoutes,
  ...staffBookingRoutes,
  ...staffDoorRoutes,
  ...staffOpsRoutes,
  ...staffPlanningRoutes,
  ...staffPlanRoutes,
  ...staffRefundRoutes,
  ...staffStockRoutes,
} as const;
