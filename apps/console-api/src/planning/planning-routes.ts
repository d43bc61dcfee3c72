// The part of the route table that planning a sale lives by.
import { staffRoutes } from '@onsale/contracts';
import type { Answer, BoundRoute, Clock } from '@onsale/runtime';
import { forStaff } from '../for-staff.ts';
import type { BlockStockDeps } from '../organizer/block-stock.ts';
import { publishDraft } from './publish-draft.ts';
import { changeDraft, createDraft, draftView, readDraft, showDrafts } from './sale-drafts.ts';

export function planningRoutes(deps: BlockStockDeps & { readonly clock: Clock }): readonly BoundRoute[] {
  const tagged = (status: number, body: Awaited<ReturnType<typeof draftView>>): Answer => ({
    ...{ status, body },
    headers: { ETag: `"${body.version}"` },
  });
  const ifMatchOf = (request: { get(name: string): string | undefined }) => request.get('if-match') ?? '';
  return [
    forStaff(deps, staffRoutes.createSaleDraft, async ({ body }, { actor }) =>
      tagged(201, await createDraft(deps, { plan: body, actor })),
    ),
    forStaff(deps, staffRoutes.listSaleDrafts, async () => ({
      status: 200,
      body: { drafts: await showDrafts(deps) },
    })),
    forStaff(deps, staffRoutes.getSaleDraft, async ({ params }) =>
      tagged(200, await draftView(deps, await readDraft(deps, params.draftId), deps.clock.now())),
    ),
    forStaff(deps, staffRoutes.changeSaleDraft, async ({ params, body, request }, { actor }) =>
      tagged(200, await changeDraft(deps, { ...params, ifMatch: ifMatchOf(request), plan: body, actor })),
    ),
    forStaff(deps, staffRoutes.publishSaleDraft, async ({ params, request }, { actor }) =>
      tagged(200, await publishDraft(deps, { ...params, ifMatch: ifMatchOf(request), actor })),
    ),
  ];
}
