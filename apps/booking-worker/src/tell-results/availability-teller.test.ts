import type { StockAfter } from '@onsale/booking-mongo';
import type { AvailabilityEvent } from '@onsale/contracts';
import type { BookingId, CategoryId, ClaimChange, PerformanceId, SaleId, SeatId } from '@onsale/domain';
import type { StockChange } from '@onsale/shop-redis';
import { availabilityTeller } from './availability-teller.ts';

const performanceId = 'perf' as PerformanceId;
const saleId = 'sale' as SaleId;
const STALLS = 'stalls' as CategoryId;
const booking = 'bk' as BookingId;
const claim = (seatId: string, to: BookingId | null): ClaimChange => ({
  performanceId,
  seatId: seatId as SeatId,
  from: to === null ? booking : null,
  to,
});
const count = (free: number) => ({ capacity: 9, held: 9 - free, heldOfPool: 0, blocked: 0, free });
const stock = (from: number, to: number, free: number): StockAfter => ({
  ...{ performanceId, saleId, from, to },
  counts: new Map([[STALLS, count(free)]]),
});

function listen() {
  const told: AvailabilityEvent[] = [];
  const projected: StockChange[] = [];
  const teller = availabilityTeller({
    toShop: (_sale, event) => told.push(event),
    project: async (change) => void projected.push(change),
  });
  return { told, projected, teller };
}

test('the changes of many commits become one event with the latest of each seat and count', async () => {
  const { told, projected, teller } = listen();
  teller.note({ stock: stock(4, 5, 7), claims: [claim('A1', booking), claim('A2', booking)] });
  teller.note({ stock: stock(5, 6, 8), claims: [claim('A2', null), claim('A3', null)] });
  await teller.stop();
  const free = [{ categoryId: STALLS, free: 8 }];
  expect(told).toEqual([{ performanceId, since: 4, version: 6, taken: ['A1'], released: ['A2', 'A3'], free }]);
  expect(projected).toMatchObject([{ performanceId, from: 4, to: 6 }]);
  expect(projected[0]?.counts.get(STALLS)).toEqual(count(8));
});

test('what another worker committed in between counts as missing', async () => {
  const { told, projected, teller } = listen();
  teller.note({ stock: stock(4, 5, 7), claims: [claim('A1', booking)] });
  teller.note({ stock: stock(8, 9, 3), claims: [claim('A2', booking)] });
  await teller.stop();
  expect(told).toMatchObject([{ since: 8, version: 9, taken: ['A1', 'A2'] }]);
  expect(projected).toMatchObject([{ from: 8, to: 9 }]);
});
