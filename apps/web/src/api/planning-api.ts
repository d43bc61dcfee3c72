// The staff routes of planning: halls and their versions, drafts of sales.
import type {
  PlanImport,
  PlanReport,
  PlanSummary,
  SaleDraftBody,
  SaleDraftSummary,
  SaleDraftView,
} from '@onsale/contracts';
import { type Session, staffCaller } from './staff-call.ts';

const PLANS = '/api/v1/organizer/seating-plans';
const DRAFTS = '/api/v1/organizer/sale-drafts';

export const planningPaths = {
  importPlan: ['POST', `${PLANS}/import`],
  listPlans: ['GET', PLANS],
  exportPlan: ['GET', `${PLANS}/{planId}/file`],
  listSaleDrafts: ['GET', DRAFTS],
  createSaleDraft: ['POST', DRAFTS],
  getSaleDraft: ['GET', `${DRAFTS}/{draftId}`],
  changeSaleDraft: ['PUT', `${DRAFTS}/{draftId}`],
  publishSaleDraft: ['POST', `${DRAFTS}/{draftId}/publish`],
} as const;

const call = staffCaller(planningPaths);

export const planningApi = {
  importPlan: (session: Session, body: PlanImport) => call<PlanReport>('importPlan', { session, body }),
  listPlans: () => call<{ plans: PlanSummary[] }>('listPlans'),
  listDrafts: () => call<{ drafts: SaleDraftSummary[] }>('listSaleDrafts'),
  createDraft: (session: Session, body: SaleDraftBody) => call<SaleDraftView>('createSaleDraft', { session, body }),
  getDraft: (draftId: string) => call<SaleDraftView>('getSaleDraft', { params: { draftId } }),
  changeDraft: (session: Session, { id, version }: SeenDraft, body: SaleDraftBody) =>
    call<SaleDraftView>('changeSaleDraft', { session, params: { draftId: id }, body, headers: seen(version) }),
  publishDraft: (session: Session, { id, version }: SeenDraft) =>
    call<SaleDraftView>('publishSaleDraft', { session, params: { draftId: id }, headers: seen(version) }),
} as const;

type SeenDraft = Pick<SaleDraftView, 'id' | 'version'>;
const seen = (version: number) => ({ 'if-match': `"${version}"` });
