// Staff routes for planning a sale: a draft that may be incomplete, its checklist, and publishing it once that is green.
import { saleChecks } from '@onsale/domain';
import { z } from 'zod';
import { categoryId, channel, eventId, performanceId, saleId, seatId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';
import { newSale } from './staff-sale.ts';
import { STOCK_SEATS_MAX } from './stock.ts';

const index = z.int().min(0).max(50);

/** Phases and sets of codes are named by their place in the draft: they have no ids before the sale is published. */
export const plannedCodeSet = z.strictObject({
  name: z.string().trim().min(1).max(120),
  count: z.int().min(1).max(100_000),
  usesMax: z.int().min(1).max(1_000_000),
  /** Empty for every phase. */
  phases: z.array(index).max(10),
});
export const plannedAllocation = z.strictObject({
  label: z.string().trim().min(1).max(120),
  performanceId,
  items: z
    .array(
      z.union([
        z.strictObject({ seatIds: z.array(seatId).min(1).max(STOCK_SEATS_MAX) }),
        z.strictObject({ categoryId, quantity: z.int().min(1).max(1_000_000) }),
      ]),
    )
    .min(1)
    .max(20),
  audience: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('phase'), index }),
      z.strictObject({ kind: z.literal('code_set'), index }),
      z.strictObject({ kind: z.literal('channel'), channel }),
    ])
    .nullable(),
  releaseAt: timestamp.nullable(),
});

export const saleDraftBody = newSale
  .omit({ eventId: true, performanceIds: true, phases: true })
  .partial()
  .extend({
    eventId,
    performanceIds: z.array(performanceId).max(50),
    phases: z.array(newSale.shape.phases.element).max(10),
    codeSets: z.array(plannedCodeSet).max(20),
    allocations: z.array(plannedAllocation).max(50),
  });
export type SaleDraftBody = z.infer<typeof saleDraftBody>;

const check = z.enum(Object.keys(saleChecks) as [keyof typeof saleChecks, ...(keyof typeof saleChecks)[]]);
export const checklistEntry = z.strictObject({
  check,
  /** What the check looks at, in words. */
  title: z.string(),
  state: z.enum(['ok', 'warning', 'fault']),
  findings: z.array(z.strictObject({ field: z.string(), message: z.string() })),
});
export const saleDraftView = z.strictObject({
  id: z.string(),
  version: z.int(),
  /** `publishing` when it was published and not all of its codes and allocations are made yet: publish it once more. */
  state: z.enum(['draft', 'publishing', 'published']),
  /** Of the sale it became; null before. */
  saleId: saleId.nullable(),
  plan: saleDraftBody,
  /** What is missing before the checks can be made, or the checklist as of now. */
  missing: z.array(z.string()),
  checklist: z.array(checklistEntry),
  isGreen: z.boolean(),
  changedAt: timestamp,
});
export type SaleDraftView = z.infer<typeof saleDraftView>;
export const saleDraftSummary = saleDraftView
  .pick({ id: true, version: true, state: true, saleId: true, changedAt: true })
  .extend({
    eventId,
    name: z.string(),
  });
export type SaleDraftSummary = z.infer<typeof saleDraftSummary>;

const draftId = z.string().regex(/^[A-Za-z0-9_.~-]{1,64}$/, 'an id of a draft');
const params = z.strictObject({ draftId });
const staff = { app: 'console-api', credential: 'staff' } as const;
const errors = ['unauthenticated', 'forbidden', 'csrf_rejected', 'not_found'] as const;
const DRAFTS = '/api/v1/organizer/sale-drafts';

export const staffPlanningRoutes = {
  createSaleDraft: defineRoute({
    ...staff,
    id: 'createSaleDraft',
    method: 'post',
    path: DRAFTS,
    summary: 'A sale that is being planned; nothing of it is public.',
    body: saleDraftBody,
    replies: { 201: saleDraftView },
    errors,
  }),
  listSaleDrafts: defineRoute({
    ...staff,
    id: 'listSaleDrafts',
    method: 'get',
    path: DRAFTS,
    summary: 'The 200 drafts that were changed last.',
    replies: { 200: z.strictObject({ drafts: z.array(saleDraftSummary) }) },
    errors,
  }),
  getSaleDraft: defineRoute({
    ...staff,
    id: 'getSaleDraft',
    method: 'get',
    path: `${DRAFTS}/{draftId}`,
    summary: 'A draft with its checklist as of now.',
    params,
    replies: { 200: saleDraftView },
    errors,
  }),
  changeSaleDraft: defineRoute({
    ...staff,
    id: 'changeSaleDraft',
    method: 'put',
    path: `${DRAFTS}/{draftId}`,
    requires: ['if-match'],
    summary: 'The draft as it shall be, whole.',
    params,
    body: saleDraftBody,
    replies: { 200: saleDraftView },
    errors: [...errors, 'conflict', 'if_match_required', 'precondition_failed'],
  }),
  publishSaleDraft: defineRoute({
    ...staff,
    id: 'publishSaleDraft',
    method: 'post',
    path: `${DRAFTS}/{draftId}/publish`,
    requires: ['if-match'],
    summary: 'Make it a sale with its codes and allocations, once its checklist is green; may be repeated.',
    params,
    replies: { 200: saleDraftView },
    errors: [...errors, 'if_match_required', 'precondition_failed', 'rule_violated', 'unavailable'],
  }),
} as const;
