import type { StockAfter } from '@onsale/booking-mongo';
import type { AvailabilityEvent } from '@onsale/contracts';
import type {
  BlockId,
  BookingId,
  CategoryId,
  ClaimChange,
  CodeSetId,
  PerformanceId,
  SaleId,
  SeatId,
  SeatOwner,
} from '@onsale/domain';
import type { StockChange } from '@onsale/shop-redis';
import { availabilityTeller } from './availability-teller.ts';

const performanceId = 'perf' as PerformanceId;
const saleId = 'sale' as SaleId;
const STALLS = 'stalls' as CategoryId;
const booking = 'bk' as BookingId;
const claim = (seatId: string, to: SeatOwner | null): ClaimChange => ({
  performanceId,
  seatId: seatId as SeatId,
  from: to === null ? booking : null,
  to,
});
const NOTHING_KEPT: StockAfter['kept'] = { open: new Set(), leftOfOpen: new Map(), allocations: [] };
const count = (free: number) => ({ capacity: 9, held: 9 - free, heldOfPool: 0, blocked: 0, free });
const stock = (from: number, to: number, free: number): StockAfter => ({
  ...{ performanceId, saleId, from, to },
  counts: new Map([[STALLS, count(free)]]),
  kept: NOTHING_KEPT,
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

test('a block that is open to all gives its seats and places to all; an allocation is told to those it is for', async () => {
  const { told, projected, teller } = listen();
  const [open, friends, staffs] = ['blk_open', 'blk_friends', 'blk_staff'] as BlockId[];
  if (!open || !friends || !staffs) throw new Error('no blocks');
  const audience = { kind: 'code_set', codeSetId: 'friends' as CodeSetId } as const;
  const keeping = (left: number): StockAfter['kept'] => ({
    open: new Set([open]),
    leftOfOpen: new Map([[STALLS, 2]]),
    allocations: [{ audience, blocks: new Set([friends]), left: new Map([[STALLS, left]]) }],
  });
  const first = [claim('A1', open), claim('A2', friends), claim('A3', staffs), claim('A4', friends)];
  teller.note({ stock: { ...stock(1, 2, 5), kept: keeping(2) }, claims: first });
  teller.note({ stock: { ...stock(2, 3, 5), kept: keeping(1) }, claims: [claim('A4', booking)] });
  await teller.stop();
  expect(told).toEqual([
    {
      ...{ performanceId, since: 1, version: 3 },
      taken: ['A2', 'A3', 'A4'],
      released: ['A1'],
      free: [{ categoryId: STALLS, free: 7 }],
      allocated: [{ audience, seatIds: ['A2'], free: [{ categoryId: STALLS, free: 1 }] }],
    },
  ]);
  // To the projection a seat that is kept back is not free.
  expect(projected[0]?.seats.get('A1' as SeatId)).toBe('taken');
});
