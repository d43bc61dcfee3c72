// The part of the route table that seating plans live by.
import type { Mongo } from '@onsale/booking-mongo';
import { staffRoutes } from '@onsale/contracts';
import type { BoundRoute, Clock } from '@onsale/runtime';
import { forStaff } from '../for-staff.ts';
import { importPlan } from './import-plan.ts';
import { planFile, setPerformancePlan, showPlan, showPlans } from './show-plans.ts';

export function planRoutes(deps: { readonly mongo: Mongo; readonly clock: Clock }): readonly BoundRoute[] {
  return [
    forStaff(deps, staffRoutes.importPlan, async ({ body }, { actor }) => {
      const report = await importPlan(deps, { input: body, actor });
      return { status: report.planId === null ? 200 : 201, body: report };
    }),
    forStaff(deps, staffRoutes.listPlans, async () => ({ status: 200, body: { plans: await showPlans(deps) } })),
    forStaff(deps, staffRoutes.getPlan, async ({ params }) => ({
      status: 200,
      body: await showPlan(deps, params.planId),
    })),
    forStaff(deps, staffRoutes.exportPlan, async ({ params, query }) => {
      const { text, type, name } = await planFile(deps, { ...params, ...query });
      const headers = { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` };
      return { status: 200, body: text, headers };
    }),
    forStaff(deps, staffRoutes.setPerformancePlan, async ({ params, body, request }, { actor }) => {
      const ifMatch = request.get('if-match') ?? '';
      const view = await setPerformancePlan(deps, { ...params, ...body, ifMatch, actor });
      return { status: 200, body: view, headers: { ETag: `"${view.version}"` } };
    }),
  ];
}
