import type { AvailabilityEvent } from '@onsale/contracts';
import type { BookingId, ClaimChange, PerformanceId, SaleId, SeatId } from '@onsale/domain';
import { availabilityTeller } from './availability-teller.ts';

const performanceId = 'perf' as PerformanceId;
const saleId = 'sale' as SaleId;
const booking = 'bk' as BookingId;
const change = (seatId: string, to: BookingId | null): ClaimChange => ({
  performanceId,
  seatId: seatId as SeatId,
  from: to === null ? booking : null,
  to,
});

test('the changes of many commits become one event with the latest of each seat', async () => {
  const told: AvailabilityEvent[] = [];
  const teller = availabilityTeller({ toShop: (_sale, event) => told.push(event), versionOf: async () => 7 });
  teller.note({ saleId, performanceId, claims: [change('A1', booking), change('A2', booking)] });
  teller.note({ saleId, performanceId, claims: [change('A2', null), change('A3', null)] });
  await teller.stop();
  expect(told).toEqual([{ performanceId, version: 7, taken: ['A1'], released: ['A2', 'A3'] }]);
});

test('a version that cannot be read silences one event, not the next', async () => {
  const told: AvailabilityEvent[] = [];
  let fails = true;
  const teller = availabilityTeller({
    toShop: (_sale, event) => told.push(event),
    versionOf: async () => {
      if (fails) throw new Error('away');
      return 1;
    },
  });
  teller.note({ saleId, performanceId, claims: [change('A1', booking)] });
  await teller.stop();
  fails = false;
  teller.note({ saleId, performanceId, claims: [change('A2', booking)] });
  await teller.stop();
  expect(told.map(({ taken }) => taken)).toEqual([['A2']]);
});
