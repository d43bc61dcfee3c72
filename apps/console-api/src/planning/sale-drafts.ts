// Planning a sale: drafts are made, changed by who has seen the newest version, and looked at with their checklist.
import {
  type Actor,
  addSaleDraft,
  findSaleDraft,
  listSaleDrafts,
  type Mongo,
  moveSaleDraft,
  type SaleDraftRecord,
} from '@onsale/booking-mongo';
import { type SaleDraftBody, type SaleDraftSummary, type SaleDraftView, saleDraftBody } from '@onsale/contracts';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { seenVersion } from '../seen-version.ts';
import { checkDraft } from './check-draft.ts';

type Deps = { readonly mongo: Mongo };
const DRAFTS_MAX = 200;

export async function createDraft(
  { mongo }: Deps,
  { plan, actor }: { readonly plan: SaleDraftBody; readonly actor: Actor },
): Promise<SaleDraftView> {
  const draft: SaleDraftRecord = {
    ...{ _id: newId<string>('draft'), eventId: plan.eventId, plan, version: 1 },
    ...{ state: 'draft', saleId: null, changedAt: actor.at },
  };
  await addSaleDraft(mongo, draft, actor);
  return draftView({ mongo }, draft, actor.at.getTime());
}

export async function showDrafts({ mongo }: Deps): Promise<readonly SaleDraftSummary[]> {
  const drafts = await listSaleDrafts(mongo, DRAFTS_MAX);
  return drafts.map(({ _id, version, state, saleId, changedAt, plan, eventId }) => ({
    ...{ id: _id, version, state, saleId, changedAt: changedAt.toISOString(), eventId },
    name: saleDraftBody.parse(plan).name ?? '',
  }));
}

/** Refuses with not_found. */
export async function readDraft({ mongo }: Deps, id: string): Promise<SaleDraftRecord> {
  return (await findSaleDraft(mongo, id)) ?? refuse('not_found', { detail: 'There is no such draft.' });
}

/** Refuses with not_found, precondition_failed, or conflict once it is published. */
export async function changeDraft(
  deps: Deps,
  change: { readonly draftId: string; readonly ifMatch: string; readonly plan: SaleDraftBody; readonly actor: Actor },
): Promise<SaleDraftView> {
  const draft = await seenDraft(deps, change);
  if (draft.state !== 'draft') refuse('conflict', { detail: 'This draft is a sale already.' });
  const { plan, actor } = change;
  const step = { plan, eventId: plan.eventId };
  const changed = await moveSaleDraft(deps.mongo, draft, { act: 'sale draft changed', step, actor });
  if (changed === null) refuse('precondition_failed');
  return draftView(deps, changed, actor.at.getTime());
}

/** The draft in the version that the caller has seen. Refuses with not_found or precondition_failed. */
export async function seenDraft(
  deps: Deps,
  { draftId, ifMatch }: { readonly draftId: string; readonly ifMatch: string },
): Promise<SaleDraftRecord> {
  const seen = seenVersion(ifMatch);
  const draft = await readDraft(deps, draftId);
  if (seen === undefined || (seen !== null && seen !== draft.version)) refuse('precondition_failed');
  return draft;
}

export async function draftView({ mongo }: Deps, draft: SaleDraftRecord, now: number): Promise<SaleDraftView> {
  const plan = saleDraftBody.parse(draft.plan);
  const { missing, checklist, isGreen } = await checkDraft(mongo, plan, now);
  const { _id, version, state, saleId, changedAt } = draft;
  // What is published is checked no more: its performances are on sale, by itself.
  const checked = state === 'draft' ? { missing, checklist, isGreen } : { missing: [], checklist: [], isGreen: true };
  return { id: _id, version, state, saleId, plan, ...checked, changedAt: changedAt.toISOString() };
}
