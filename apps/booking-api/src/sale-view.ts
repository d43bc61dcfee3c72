// A sale as fans see it.
import { roomOf } from '@onsale/booking-mongo';
import type { SaleView } from '@onsale/contracts';
import { salePhase } from '@onsale/domain';
import type { SaleSnapshot } from './catalogue.ts';

/** `now` in milliseconds: the server's time, by which a page counts down. */
export function saleView({ sale, eventSlug, drawn, soldOut }: SaleSnapshot, now: number): SaleView {
  const windows = sale.phases.map((phase) => ({
    id: phase.id,
    kind: phase.kind,
    prequeueOpensAt: phase.prequeueOpensAt.getTime(),
    opensAt: phase.opensAt.getTime(),
    closesAt: phase.closesAt.getTime(),
  }));
  const { paused, closedByStaff } = sale;
  return {
    id: sale._id,
    eventId: sale.eventId,
    eventSlug,
    name: sale.name,
    phase: salePhase({ windows, drawn, paused, soldOut, closedByStaff }, now),
    phases: sale.phases.map(({ id, kind, prequeueOpensAt, opensAt, closesAt, needsCode, seatsPerFan }) => ({
      id,
      kind,
      prequeueOpensAt: prequeueOpensAt.toISOString(),
      opensAt: opensAt.toISOString(),
      closesAt: closesAt.toISOString(),
      needsCode,
      ...(seatsPerFan !== undefined && { seatsPerFan }),
    })),
    performanceIds: sale.performanceIds,
    limits: sale.limits,
    holdSeconds: sale.holdSeconds,
    callWindowSeconds: sale.callWindowSeconds,
    needsCode: sale.phases.some(({ needsCode }) => needsCode),
    notice: sale.notice,
    roomOn: roomOf(sale).on,
    identity: sale.identity ?? 'anonymous',
    now: new Date(now).toISOString(),
  };
}
