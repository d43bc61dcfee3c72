// A draft becomes a sale: sale and draws in one transaction, then its stock, its codes and its allocations, each under an
// id that follows from the draft. Whoever repeats it, also after a crash in the middle, goes on where it stopped.
import {
  type Actor,
  addCodeSet,
  findCodeSet,
  findSale,
  moveSaleDraft,
  openStock,
  type SaleDraftRecord,
  type SaleRecord,
} from '@onsale/booking-mongo';
import { type NewBlock, type SaleDraftBody, type SaleDraftView, saleDraftBody } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { type BlockStockDeps, blockStock } from '../organizer/block-stock.ts';
import { createSale } from '../organizer/create-sale.ts';
import { checkDraft } from './check-draft.ts';
import { draftView, seenDraft } from './sale-drafts.ts';

/** Refuses with not_found, precondition_failed, rule_violated naming every fault, unavailable while the broker is away. */
export async function publishDraft(
  deps: BlockStockDeps,
  wish: { readonly draftId: string; readonly ifMatch: string; readonly actor: Actor },
): Promise<SaleDraftView> {
  const { actor } = wish;
  let draft = await seenDraft(deps, wish);
  const plan = saleDraftBody.parse(draft.plan);
  if (draft.state === 'draft') draft = await takeId(deps, { draft, plan, actor });
  if (draft.state === 'publishing' && draft.saleId !== null) {
    const sale = await saleOf(deps, { draft, plan, saleId: draft.saleId, actor });
    for (const id of sale.performanceIds) await openStock(deps.mongo, id);
    const codeSetIds = await makeCodes(deps, { draft, plan, sale, actor });
    await keepBack(deps, { draft, plan, sale, codeSetIds, actor });
    const act = { act: 'sale draft published', step: { state: 'published' as const }, actor };
    draft = (await moveSaleDraft(deps.mongo, draft, act)) ?? refuse('precondition_failed');
  }
  return draftView(deps, draft, actor.at.getTime());
}

type Given = { readonly draft: SaleDraftRecord; readonly plan: SaleDraftBody; readonly actor: Actor };

async function takeId({ mongo }: BlockStockDeps, { draft, plan, actor }: Given): Promise<SaleDraftRecord> {
  const { missing, checklist } = await checkDraft(mongo, plan, actor.at.getTime());
  const faults = [
    ...missing.map((field) => ({ field, message: 'this is missing' })),
    ...checklist.filter(({ state }) => state === 'fault').flatMap(({ findings }) => findings),
  ];
  if (faults.length > 0) refuse('rule_violated', { detail: 'The checklist is not green.', fields: faults });
  const step = { state: 'publishing' as const, saleId: newId<SaleId>('sale') };
  const taken = await moveSaleDraft(mongo, draft, { act: 'sale draft being published', step, actor });
  return taken ?? refuse('precondition_failed');
}

async function saleOf(
  deps: BlockStockDeps,
  { draft, plan, saleId, actor }: Given & { readonly saleId: SaleId },
): Promise<SaleRecord> {
  const { mongo } = deps;
  const known = await findSale(mongo, saleId);
  if (known !== null) return known;
  try {
    const { sale } = await checkDraft(mongo, plan, actor.at.getTime());
    if (sale === null) refuse('rule_violated', { detail: 'A part of the plan is gone.' });
    await createSale(deps, { input: sale, actor, saleId });
  } catch (error) {
    // Refused after all, as when another sale took a performance meanwhile: it is a draft again, unless it was made.
    const made = await findSale(mongo, saleId);
    if (made !== null) return made;
    const step = { state: 'draft' as const, saleId: null };
    await moveSaleDraft(mongo, draft, { act: 'sale draft not published', step, actor });
    throw error;
  }
  return (await findSale(mongo, saleId)) ?? refuse('not_found');
}

type OfSale = Given & { readonly sale: SaleRecord };

async function makeCodes({ mongo }: BlockStockDeps, { draft, plan, sale, actor }: OfSale): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [i, { name, count, usesMax, phases }] of plan.codeSets.entries()) {
    const codeSetId = `codes_${draft._id}_${i}`;
    ids.push(codeSetId);
    if ((await findCodeSet(mongo, { saleId: sale._id, codeSetId })) !== null) continue;
    const phaseIds = phases.flatMap((index) => sale.phases[index]?.id ?? []);
    const set = {
      ...{ _id: codeSetId, saleId: sale._id, name, purpose: 'access' as const, count, usesMax, phaseIds },
      ...{ boundTo: 'none' as const, recipients: [], expiresAt: null },
    };
    await addCodeSet(mongo, set, { actor, act: 'codes made' });
  }
  return ids;
}

async function keepBack(
  deps: BlockStockDeps,
  { draft, plan, sale, codeSetIds, actor }: OfSale & { readonly codeSetIds: readonly string[] },
): Promise<void> {
  for (const [i, { label, performanceId, items, audience, releaseAt }] of plan.allocations.entries()) {
    const input = { label, items, audience: audienceOf(audience, { sale, codeSetIds }), releaseAt };
    await blockStock(deps, { performanceId, key: `${draft._id}:${i}`, input: input as NewBlock, actor });
  }
}

function audienceOf(
  audience: SaleDraftBody['allocations'][number]['audience'],
  { sale, codeSetIds }: { readonly sale: SaleRecord; readonly codeSetIds: readonly string[] },
) {
  if (audience === null || audience.kind === 'channel') return audience;
  if (audience.kind === 'phase') return { kind: 'phase', phaseId: sale.phases[audience.index]?.id };
  return { kind: 'code_set', codeSetId: codeSetIds[audience.index] };
}
