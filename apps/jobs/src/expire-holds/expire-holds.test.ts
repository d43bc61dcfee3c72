import type { BookingCommand } from '@onsale/contracts';
import type { BookingId, PerformanceId, SaleId } from '@onsale/domain';
import { expireHolds } from './expire-holds.ts';

const hold = (id: string, partition: number, isOver: boolean) => ({
  bookingId: id as BookingId,
  performanceId: String(partition) as PerformanceId,
  saleId: 'sale' as SaleId,
  isOver,
});

test('every hold that is over is proposed, and a partition without one is woken once for the first that will be', async () => {
  const published: BookingCommand[] = [];
  const asked: number[][] = [];
  const count = await expireHolds({
    findDueHolds: async (...args) => {
      asked.push(args);
      return [hold('a', 0, true), hold('b', 0, true), hold('c', 0, false), hold('d', 1, false), hold('e', 1, false)];
    },
    partitionOf: Number,
    publish: async (command) => void published.push(command),
    now: () => 0,
  });
  expect(asked).toEqual([[1_000, 5_000]]);
  expect(count).toBe(2);
  expect(published).toMatchObject(['a', 'b', 'd'].map((bookingId) => ({ type: 'expire', bookingId })));
});
