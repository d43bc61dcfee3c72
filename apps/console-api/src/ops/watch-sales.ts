// Every sale that is not over, at a glance: enough to see which one needs a hand.
import { type Mongo, readStock, type SaleRecord, sales } from '@onsale/booking-mongo';
import type { SaleAtAGlance } from '@onsale/contracts';
import type { Clock } from '@onsale/runtime';
import type { ObserveLine } from './admission-view.ts';

export type WatchSalesDeps = { readonly mongo: Mongo; readonly clock: Clock; readonly observeLine: ObserveLine };

const SALES_MAX = 200;
const LED_WITHIN_MS = 5_000;

export async function watchSales(
  deps: WatchSalesDeps,
  sales: readonly SaleRecord[],
): Promise<readonly SaleAtAGlance[]> {
  return Promise.all(sales.map((sale) => atAGlance(deps, sale)));
}

export async function salesNotOver({ mongo, clock }: Pick<WatchSalesDeps, 'mongo' | 'clock'>) {
  return sales(mongo)
    .find({ 'phases.closesAt': { $gt: new Date(clock.now()) } })
    .sort({ _id: 1 })
    .limit(SALES_MAX)
    .lean<SaleRecord[]>();
}

async function atAGlance({ mongo, clock, observeLine }: WatchSalesDeps, sale: SaleRecord): Promise<SaleAtAGlance> {
  const [report, stock] = await Promise.all([observeLine(sale._id), readStock(mongo, sale._id)]);
  const decidedAt = report?.lastDecision ? Date.parse(report.lastDecision.at) : Number.NEGATIVE_INFINITY;
  return {
    saleId: sale._id,
    paused: sale.paused,
    draining: sale.draining,
    halted: sale.halted ?? false,
    isLed: Math.abs(clock.now() - decidedAt) <= LED_WITHIN_MS,
    waiting: report?.observed.waiting ?? 0,
    active: report?.observed.active ?? 0,
    maxActive: sale.admission.maxActive,
    callsPerMinute: report?.observed.callsPerMinute ?? 0,
    shopDelayMs: report?.observed.shopDelayMs ?? null,
    sold: stock.sold,
    capacity: stock.capacity,
    reason: report?.lastDecision?.reason ?? null,
  };
}
