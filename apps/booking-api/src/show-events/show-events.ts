// The event pages: what is on, with its sales and their phase at this moment.

import type { EventRecord, PerformanceRecord, SeatingPlanRecord } from '@onsale/booking-mongo';
import type { EventView, SaleView } from '@onsale/contracts';
import { type SaleId, stockBand } from '@onsale/domain';
import type { Catalogue } from '../catalogue.ts';
import { saleView } from '../sale-view.ts';

export type ShowEventsDeps = {
  readonly catalogue: Pick<
    Catalogue,
    'publishedEvents' | 'eventBySlug' | 'performancesOf' | 'salesOf' | 'sale' | 'stockOf' | 'plan'
  >;
  now(): number;
  /** A page of this sale was asked for. */
  hit(saleId: SaleId | null): void;
};

export async function showEvents(deps: ShowEventsDeps): Promise<readonly EventView[]> {
  const published = await deps.catalogue.publishedEvents('all');
  return Promise.all(published.map((event) => eventView(deps, event)));
}

export async function showEvent(deps: ShowEventsDeps, slug: string): Promise<EventView | null> {
  const event = await deps.catalogue.eventBySlug(slug);
  return event === null ? null : eventView(deps, event);
}

export async function showSale(
  { catalogue, now }: Pick<ShowEventsDeps, 'now'> & { readonly catalogue: Pick<Catalogue, 'sale'> },
  saleId: SaleId,
): Promise<SaleView | null> {
  const snapshot = await catalogue.sale(saleId);
  return snapshot === null ? null : saleView(snapshot, now());
}

async function eventView(deps: ShowEventsDeps, event: EventRecord): Promise<EventView> {
  const { catalogue } = deps;
  const [performances, sales] = await Promise.all([catalogue.performancesOf(event._id), catalogue.salesOf(event._id)]);
  const views = await Promise.all(sales.map(({ _id }) => showSale(deps, _id)));
  return {
    id: event._id,
    slug: event.slug,
    title: event.title,
    description: event.description,
    venue: event.venue,
    theme: event.theme ?? null,
    performances: await Promise.all(performances.map((performance) => performanceSummary(deps, performance))),
    sales: views.flatMap((view) => view ?? []),
  };
}

async function performanceSummary({ catalogue }: ShowEventsDeps, performance: PerformanceRecord) {
  const { _id, saleId, name, startsAt, categories, planId } = performance;
  const plan = planId === null ? null : await catalogue.plan(planId);
  const stock = saleId === null ? new Map() : await catalogue.stockOf(_id);
  return {
    id: _id,
    saleId,
    name,
    startsAt: startsAt.toISOString(),
    prices: categories.map(({ id, name: categoryName, price, fee, capacity }) => ({
      categoryId: id,
      name: categoryName,
      ...price,
      fee: fee ?? 0,
      stock: stockBand(stock.get(id) ?? { capacity, free: capacity }),
    })),
    hasAccessibleSeats: plan !== null && hasAccessibleSeats(plan),
  };
}

/** Plans never change: each is looked through once. */
const known = new WeakMap<SeatingPlanRecord, boolean>();

function hasAccessibleSeats(plan: SeatingPlanRecord): boolean {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const found = plan.sections.some(({ rows }) =>
    rows.some(({ seats }) => seats.some(({ kind }) => kind === 'accessible')),
  );
  known.set(plan, found);
  return found;
}
