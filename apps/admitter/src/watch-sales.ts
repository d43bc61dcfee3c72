// Keeps one leader loop for each sale that is not over. Sales may be made while others run; each loop stands alone, so
// that a slow draw of one does not hold up the calls of another.
import { type SaleRecord, sales } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import { type Part, repeat } from '@onsale/runtime';
import { type LeaderDeps, SaleLeader } from './lead-sale/sale-leader.ts';

const LOOK_EVERY_MS = 150; // a change by an operator is seen within this, and acted on at once
const LINGER_MS = 60 * 60_000; // after its end a sale is led on for an hour, so that fans see it closed

export function watchSales(deps: LeaderDeps): Part {
  const leaders = new Map<SaleId, SaleLeader>();
  const look = async () => {
    const current = await sales(deps.mongo)
      .find({ 'phases.closesAt': { $gt: new Date(deps.clock.now() - LINGER_MS) } })
      .lean<SaleRecord[]>();
    for (const sale of current) {
      const leader = leaders.get(sale._id);
      if (leader !== undefined) leader.see(sale);
      else leaders.set(sale._id, startLeader(sale));
    }
    const live = new Set(current.map(({ _id }) => _id));
    for (const [saleId, leader] of leaders) {
      if (live.has(saleId)) continue;
      leaders.delete(saleId);
      await leader.stop();
    }
  };
  const startLeader = (sale: SaleRecord): SaleLeader => {
    const leader = new SaleLeader(deps, sale);
    leader.start();
    return leader;
  };
  const watch = repeat({ name: 'sales to lead', everyMs: LOOK_EVERY_MS, logger: deps.logger, run: look });
  return {
    name: watch.name,
    start: watch.start,
    stop: async () => {
      await watch.stop();
      await Promise.all([...leaders.values()].map((leader) => leader.stop()));
    },
  };
}
