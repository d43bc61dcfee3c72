// What blocks and pools mean for those who look at the plan. The booking engine decides; this only shows it.
import {
  type PerformanceRecord,
  type SeatingPlanRecord,
  type StoredAvailability,
  seatingRulesOf,
} from '@onsale/booking-mongo';
import type { AvailabilityView } from '@onsale/contracts';
import {
  anybody,
  type BlockId,
  type BlockRecord,
  type CategoryId,
  isOpenTo,
  runningPhase,
  type SaleId,
} from '@onsale/domain';
import type { SaleSnapshot } from '../catalogue.ts';

type Looked = { readonly performance: PerformanceRecord; readonly stored: StoredAvailability };

export type BlocksOpenDeps = {
  readonly catalogue: { sale(id: SaleId): Promise<Pick<SaleSnapshot, 'sale' | 'drawn'> | null> };
  now(): number;
};

/** Blocks whose seats everybody may take now: their time has come, or their phase runs or is over. */
export async function blocksOpenToAll(
  { catalogue, now }: BlocksOpenDeps,
  { performance, stored }: Looked,
): Promise<ReadonlySet<BlockId>> {
  if (stored.blocks.length === 0) return new Set();
  const snapshot = performance.saleId === null ? null : await catalogue.sale(performance.saleId);
  const at = now();
  const windows = (snapshot?.sale.phases ?? []).map((phase) => ({
    ...phase,
    prequeueOpensAt: phase.prequeueOpensAt.getTime(),
    opensAt: phase.opensAt.getTime(),
    closesAt: phase.closesAt.getTime(),
  }));
  const facts = {
    windows,
    drawn: snapshot?.drawn ?? new Set<string>(),
    closedByStaff: snapshot?.sale.closedByStaff ?? false,
  };
  const everybody = anybody({ now: at, ...runningPhase(facts, at) });
  return new Set(stored.blocks.flatMap((block) => (isOpenTo(block, everybody) ? [block.id] : [])));
}

/** What those blocks keep of a category. */
export function leftOf(
  blocks: readonly BlockRecord[],
  { of, categoryId }: { readonly of: ReadonlySet<BlockId>; readonly categoryId: CategoryId },
): number {
  return blocks.reduce((sum, { id, left }) => sum + (of.has(id) ? (left[categoryId] ?? 0) : 0), 0);
}

/** What is kept for somebody: shown to all, of use to those whose code or channel it names. */
export function allocationsOf(
  { blocks, keptBack }: StoredAvailability,
  { categories }: PerformanceRecord,
  open: ReadonlySet<BlockId>,
): AvailabilityView['allocations'] {
  return blocks.flatMap(({ id, audience, left }) => {
    if (audience === null || audience.kind === 'phase' || open.has(id)) return [];
    const seatIds = keptBack.flatMap(({ seatId, blockId }) => (blockId === id ? [seatId] : []));
    const places = categories.flatMap(({ id: categoryId, kind }) =>
      kind === 'general' && (left[categoryId] ?? 0) > 0 ? [{ categoryId, free: left[categoryId] ?? 0 }] : [],
    );
    return [{ audience, seatIds, places }];
  });
}

function hasAllocation({ blocks }: StoredAvailability): boolean {
  return blocks.some(
    ({ audience, left }) => audience !== null && Object.values<number>(left).some((count) => count > 0),
  );
}

/** Whether accessible and companion seats are sold like all others. */
export function isPoolReleased({
  performance,
  stored,
  plan,
  isTaken,
  now,
}: Looked & {
  readonly plan: Pick<SeatingPlanRecord, 'sections'> | null;
  readonly isTaken: ReadonlySet<string>;
  readonly now: number;
}): boolean {
  const { releaseAt, whenRestSoldOut } = seatingRulesOf(performance).accessible;
  if (releaseAt !== null && now >= releaseAt) return true;
  if (!whenRestSoldOut || plan === null || hasAllocation(stored)) return false;
  const hasRest = plan.sections.some(({ rows }) =>
    rows.some(({ seats }) => seats.some(({ id, kind = 'standard' }) => kind === 'standard' && !isTaken.has(id))),
  );
  const reserved = new Set(performance.categories.flatMap(({ id, kind }) => (kind === 'reserved' ? [id] : [])));
  return (
    !hasRest &&
    stored.counts.every(({ categoryId, held, heldOfPool }) => !reserved.has(categoryId) || held === heldOfPool)
  );
}
