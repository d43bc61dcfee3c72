// Commands as the booking API publishes them.
import type { BookingCommand } from '@onsale/contracts';
import type { BookingId, FanId, SeatId } from '@onsale/domain';
import type { TestSale } from './test-catalogue.ts';

/** A request of a fan of its own; `name` makes it. */
export function reserveCommand(sale: TestSale, name: string, seatIds: readonly string[]): BookingCommand {
  return {
    type: 'reserve',
    version: 1,
    commandId: `reserve-${name}`,
    acceptedAt: new Date().toISOString(),
    trace: null,
    ...sale,
    bookingId: `bk_${name}` as BookingId,
    fanId: `fan-${name}` as FanId,
    bodyHash: '0'.repeat(64),
    items: [{ seatIds: seatIds as SeatId[] }],
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  };
}
