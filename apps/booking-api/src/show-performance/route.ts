// The seating plan and the prices: the large, unchanging part of a performance, immutable by its version.
import { shownRules } from '@onsale/booking-mongo';
import { type PerformanceView, shopRoutes } from '@onsale/contracts';
import type { PerformanceId, SaleId } from '@onsale/domain';
import { bindRoute, ProblemError } from '@onsale/runtime';
import type { Catalogue } from '../catalogue.ts';

export type ShowPerformanceDeps = {
  readonly catalogue: Pick<Catalogue, 'performance' | 'plan'>;
  /** A page of this sale was asked for. */
  hit(saleId: SaleId | null): void;
};

const FOR_EVER = 'public, max-age=31536000, immutable';

export const showPerformanceRoute = (deps: ShowPerformanceDeps) =>
  bindRoute(shopRoutes.getPerformance, async ({ params, query }) => {
    const view = await showPerformance(deps, params.performanceId);
    if (view === null) throw new ProblemError('not_found');
    deps.hit(view.saleId);
    const cacheControl = query.v === view.version ? FOR_EVER : 'public, max-age=1';
    return { status: 200, body: view, headers: { 'Cache-Control': cacheControl, ETag: `"${view.version}"` } };
  });

async function showPerformance(
  { catalogue }: Pick<ShowPerformanceDeps, 'catalogue'>,
  id: PerformanceId,
): Promise<PerformanceView | null> {
  const performance = await catalogue.performance(id);
  if (performance === null) return null;
  const plan = performance.planId === null ? null : await catalogue.plan(performance.planId);
  return {
    id: performance._id,
    eventId: performance.eventId,
    saleId: performance.saleId,
    name: performance.name,
    startsAt: performance.startsAt.toISOString(),
    version: performance.version,
    categories: performance.categories.map(({ id: categoryId, name, kind, price, fee, color }) => ({
      id: categoryId,
      name,
      kind,
      price,
      fee: fee ?? 0,
      color,
    })),
    rules: shownRules(performance),
    plan: plan === null ? null : { width: plan.width, height: plan.height, focus: plan.focus, sections: plan.sections },
  };
}
