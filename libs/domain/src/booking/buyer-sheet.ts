// The buyers of a batch's working sheet: seats and time of each fan, and the tallies that bookings share.
import type { FanId, SaleId } from '../ids.ts';
import type { BookingRecord } from './booking-record.ts';
import { type BookingWorld, fanKey } from './booking-world.ts';

export type FanChange = {
  readonly saleId: SaleId;
  readonly fanId: FanId;
  readonly seats: number;
  readonly heldMs: number;
};
export type TallyChange = { readonly key: string; readonly saleId: SaleId; readonly seats: number };

type ByFan = Pick<BookingRecord, 'saleId' | 'fanId'> & { readonly tallies?: readonly string[] };

export function openBuyerSheet(world: BookingWorld) {
  const fans = new Map<string, FanChange>();
  const tallies = new Map<string, TallyChange>();

  return {
    /** Seats count into the fan's own number and into every tally of the booking. */
    move(
      { saleId, fanId, tallies: keys = [] }: ByFan,
      { seats = 0, heldMs = 0 }: { readonly seats?: number; readonly heldMs?: number },
    ): void {
      const fan = fans.get(fanKey(saleId, fanId));
      fans.set(fanKey(saleId, fanId), {
        saleId,
        fanId,
        seats: (fan?.seats ?? 0) + seats,
        heldMs: (fan?.heldMs ?? 0) + heldMs,
      });
      if (seats === 0) return;
      for (const key of keys) tallies.set(key, { key, saleId, seats: (tallies.get(key)?.seats ?? 0) + seats });
    },
    seatsOfFan: (saleId: SaleId, fanId: FanId): number =>
      (world.fanSeats.get(fanKey(saleId, fanId)) ?? 0) + (fans.get(fanKey(saleId, fanId))?.seats ?? 0),
    heldMsOfFan: (saleId: SaleId, fanId: FanId): number =>
      (world.fanHeldMs.get(fanKey(saleId, fanId)) ?? 0) + (fans.get(fanKey(saleId, fanId))?.heldMs ?? 0),
    counted: (key: string): number => (world.tallies.get(key) ?? 0) + (tallies.get(key)?.seats ?? 0),
    changes: (): { readonly fans: readonly FanChange[]; readonly tallies: readonly TallyChange[] } => ({
      fans: [...fans.values()].filter(({ seats, heldMs }) => seats !== 0 || heldMs !== 0),
      tallies: [...tallies.values()].filter(({ seats }) => seats !== 0),
    }),
  };
}
