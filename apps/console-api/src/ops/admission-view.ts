// What an operator sees of a sale's admission: settings, what was observed, and the last decision with its reason.
import { lastDecision, type Mongo, readStock, type SaleRecord } from '@onsale/booking-mongo';
import type { AdmissionView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';

export type LineReport = Pick<AdmissionView, 'observed' | 'lastDecision' | 'shadow'>;
/** Null while nobody leads the line or it cannot be reached: the view must survive that. */
export type ObserveLine = (saleId: SaleId) => Promise<LineReport | null>;

const NOTHING_OBSERVED = {
  joined: 0,
  served: 0,
  waiting: 0,
  called: 0,
  active: 0,
  callsPerMinute: 0,
  noShowRate: 0,
};

export async function admissionView(
  { mongo, observeLine }: { readonly mongo: Mongo; readonly observeLine: ObserveLine },
  sale: SaleRecord,
): Promise<AdmissionView> {
  const [report, stock] = await Promise.all([observeLine(sale._id), readStock(mongo, sale._id)]);
  return {
    version: sale.admissionVersion,
    paused: sale.paused,
    draining: sale.draining,
    halted: sale.halted ?? false,
    settings: sale.admission,
    observed: {
      ...(report?.observed ?? NOTHING_OBSERVED),
      stockFree: stock.free,
      openHolds: stock.openHolds,
      sold: stock.sold,
      capacity: stock.capacity,
    },
    shadow: report?.shadow ?? null,
    lastDecision: report?.lastDecision ?? (await keptDecision(mongo, sale._id)),
  };
}

async function keptDecision(mongo: Mongo, saleId: SaleId): Promise<AdmissionView['lastDecision']> {
  const decision = await lastDecision(mongo, saleId);
  return decision && { at: decision.at.toISOString(), count: decision.count, reason: decision.reason };
}
