// Staff routes for seating plans as files: import with every defect named, versions, export.
import { seatingRepairNames } from '@onsale/domain';
import { z } from 'zod';
import { categoryId, performanceId, planId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';
import { performanceView, seatingPlan } from './shop.ts';

const FLAGGED_SEATS_MAX = 20_000;
/** Of a table; a hall of 20,000 seats in straight rows has about a thousand lines. */
const TABLE_CHARACTERS_MAX = 2_000_000;

const flagged = z.array(z.string().min(1).max(64)).max(FLAGGED_SEATS_MAX);
/** Which seats are special, by their id: the open format has no word for it. */
export const seatFlags = z.strictObject({ accessible: flagged, companion: flagged, restrictedView: flagged });

export const planImport = z.strictObject({
  /** Left out: what the file says. A table says nothing. */
  name: z.string().trim().min(1).max(120).optional(),
  file: z.union([
    /** The JSON of a seating plan, schema version 0.0.1. Whatever it is, its defects are named one by one. */
    z.strictObject({ json: z.unknown() }),
    /** CSV with a line for each run of seats: section,row,from,to,category and, if wished, x,y,dx,dy,step,kind,view. */
    z.strictObject({ csv: z.string().max(TABLE_CHARACTERS_MAX) }),
  ]),
  flags: seatFlags.optional(),
  /** What is to be mended by itself. */
  repairs: z.array(z.enum(seatingRepairNames)).max(20),
  /** True looks at the file and keeps nothing. */
  dryRun: z.boolean(),
  /** The plan whose next version this is. */
  replaces: planId.optional(),
});
export type PlanImport = z.infer<typeof planImport>;

const planCategory = z.strictObject({ id: categoryId, name: z.string(), color: z.string().nullable(), seats: z.int() });
const repair = z.enum(seatingRepairNames);
export const planReport = z.strictObject({
  /** Of the plan that was kept; null after a dry run. */
  planId: planId.nullable(),
  defects: z.array(z.strictObject({ path: z.string(), message: z.string(), repair: repair.nullable() })),
  /** All of them; at most 500 are told one by one. */
  defectCount: z.int(),
  mended: z.array(z.strictObject({ repair, times: z.int() })),
  /** What the file holds; null while a defect is left. */
  holds: z
    .strictObject({
      name: z.string(),
      plan: seatingPlan,
      seats: z.int(),
      categories: z.array(planCategory),
    })
    .nullable(),
  /** Against the plan it replaces: ids of seats that came, went, moved to another place or another category. */
  changes: z
    .strictObject({
      added: z.array(z.string()),
      removed: z.array(z.string()),
      moved: z.array(z.string()),
      recategorised: z.array(z.string()),
    })
    .nullable(),
});
export type PlanReport = z.infer<typeof planReport>;

export const planSummary = z.strictObject({
  id: planId,
  name: z.string(),
  version: z.int(),
  /** Of the next version; null for the newest. */
  replacedBy: planId.nullable(),
  seats: z.int(),
  categories: z.array(planCategory),
  /** Performances that seat by it. */
  performances: z.int(),
  createdAt: timestamp,
});
export type PlanSummary = z.infer<typeof planSummary>;

const params = z.strictObject({ planId });
const staff = { app: 'console-api', credential: 'staff' } as const;
const errors = ['unauthenticated', 'forbidden', 'csrf_rejected', 'not_found'] as const;
const PLANS = '/api/v1/organizer/seating-plans';

export const staffPlanRoutes = {
  importPlan: defineRoute({
    ...staff,
    id: 'importPlan',
    method: 'post',
    path: `${PLANS}/import`,
    summary: 'A seating plan from a file; a dry run names each defect and what would mend it.',
    body: planImport,
    replies: { 200: planReport, 201: planReport },
    errors: [...errors, 'conflict', 'rule_violated'],
  }),
  listPlans: defineRoute({
    ...staff,
    id: 'listPlans',
    method: 'get',
    path: PLANS,
    summary: 'The newest 200 seating plans, with their versions.',
    replies: { 200: z.strictObject({ plans: z.array(planSummary) }) },
    errors,
  }),
  getPlan: defineRoute({
    ...staff,
    id: 'getPlan',
    method: 'get',
    path: `${PLANS}/{planId}`,
    summary: 'One seating plan with its seats.',
    params,
    replies: { 200: planSummary.extend({ plan: seatingPlan }) },
    errors,
  }),
  exportPlan: defineRoute({
    ...staff,
    id: 'exportPlan',
    method: 'get',
    path: `${PLANS}/{planId}/file`,
    summary: 'The plan as a file: `json` in the open format, `csv` as a table of row ranges, `flags` beside the JSON.',
    params,
    query: z.strictObject({ format: z.enum(['json', 'csv', 'flags']) }),
    replies: { 200: null },
    errors,
  }),
  setPerformancePlan: defineRoute({
    ...staff,
    id: 'setPerformancePlan',
    method: 'put',
    path: '/api/v1/organizer/performances/{performanceId}/plan',
    requires: ['if-match'],
    summary: 'Seat a performance by another plan, as long as it is not on sale.',
    params: z.strictObject({ performanceId }),
    body: z.strictObject({ planId }),
    replies: { 200: performanceView },
    errors: [...errors, 'conflict', 'if_match_required', 'precondition_failed', 'rule_violated'],
  }),
} as const;
