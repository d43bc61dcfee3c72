// Opens the line of a sale in Redis: a new one, or one that was lost, from its checkpoint.
import { draws, raiseEpoch, type SaleRecord } from '@onsale/booking-mongo';
import { restoreLine } from '@onsale/waiting-room-redis';
import type { LeaderDeps } from './sale-leader.ts';

export async function openLine({ mongo, line, clock, events }: LeaderDeps, sale: SaleRecord): Promise<void> {
  const saleId = sale._id;
  const checkpoint = await raiseEpoch(mongo, saleId, new Date(clock.now()));
  const held = await draws(mongo).find({ saleId }).lean();
  const prequeue = held.find(({ firstIndex, size }) => firstIndex !== null && size === null);
  const { kind, epoch } = await restoreLine(line, {
    saleId,
    epoch: checkpoint.epoch,
    leased: checkpoint.leasedIndexes,
    served: checkpoint.served,
    servedForSure: checkpoint.expiredUpTo,
    prequeue: prequeue === undefined ? null : { phaseId: prequeue.phaseId, firstIndex: prequeue.firstIndex ?? 0 },
    draws: held.flatMap(({ phaseId, firstIndex, size }) =>
      firstIndex === null || size === null ? [] : [{ phaseId, firstIndex, size }],
    ),
  });
  if (kind === 'restored') events.lineOpened(saleId, epoch);
}
