// Builds small worlds for the tests of the booking rules.
import type { BlockId, BookingId, CategoryId, FanId, PaymentId, PerformanceId, SaleId, SeatId } from '../ids.ts';
import { type MutableOccupancy, occupancyOf, occupy } from '../seats/occupancy.ts';
import { buildSeatMap, type Plan, type SeatKind } from '../seats/seat-map.ts';
import type { BlockRecord } from './block-record.ts';
import type { Reserve, WantedItem } from './booking-command.ts';
import type { BookingChanges } from './booking-ledger.ts';
import type { BookingRecord, Count, PaymentRecord } from './booking-record.ts';
import { type BookingWorld, countKey, fanKey, type SaleTerms } from './booking-world.ts';
import { defaultSeatingRules, type SeatingRules } from './seating-rules.ts';

export const PERFORMANCE = 'perf' as PerformanceId;
export const SALE = 'sale' as SaleId;
export const STALLS = 'stalls' as CategoryId;
export const STANDING = 'standing' as CategoryId;
export const NOW = 1_000_000;
export const EUR = (amount: number) => ({ amount, currency: 'EUR' });
export const seat = (id: string) => id as SeatId;
export const bookingId = (id: string) => id as BookingId;
export const fan = (id: string) => id as FanId;
export const payment = (id: string) => id as PaymentId;
export const blockId = (id: string) => `blk_${id}` as BlockId;

/** Rows of so many seats, named A1, A2 … B1 …; the stage lies before row A. */
export function planOf(rows: readonly number[], kinds: Readonly<Record<string, SeatKind>> = {}): Plan {
  const widest = Math.max(...rows);
  return {
    focus: { x: (widest + 1) / 2, y: 0 },
    sections: [
      {
        id: 'main',
        name: 'Stalls',
        rows: rows.map((length, r) => ({
          id: rowName(r),
          label: `row ${rowName(r)}`,
          seats: Array.from({ length }, (_, i) => ({
            id: seat(`${rowName(r)}${i + 1}`),
            label: `seat ${i + 1}`,
            x: i + 1 + (widest - length) / 2,
            y: r + 1,
            categoryId: STALLS,
            kind: kinds[`${rowName(r)}${i + 1}`],
          })),
        })),
      },
    ],
  };
}

const rowName = (r: number) => String.fromCharCode(65 + r);

export type WorldOptions = {
  readonly rows?: readonly number[];
  readonly standing?: number;
  readonly terms?: Partial<SaleTerms>;
  readonly rules?: Partial<SeatingRules>;
  readonly kinds?: Readonly<Record<string, SeatKind>>;
};

export function emptyWorld(options: WorldOptions = {}): BookingWorld {
  const { rows = [10, 10], standing = 5, terms = {}, rules = {}, kinds = {} } = options;
  const seatMap = buildSeatMap(planOf(rows, kinds));
  const count = (categoryId: CategoryId, capacity: number): [string, Count] => [
    countKey(PERFORMANCE, categoryId),
    { performanceId: PERFORMANCE, categoryId, capacity, held: 0, sold: 0, blocked: 0, heldOfPool: 0 },
  ];
  return {
    now: NOW,
    performances: new Map([
      [
        PERFORMANCE,
        {
          id: PERFORMANCE,
          saleId: SALE,
          cancelled: false,
          categories: new Map([
            [STALLS, { id: STALLS, name: 'Stalls', kind: 'reserved', price: EUR(4500) }],
            [STANDING, { id: STANDING, name: 'Standing', kind: 'general', price: EUR(2500) }],
          ]),
          seatMap,
          rules: { ...defaultSeatingRules, ...rules },
        },
      ],
    ]),
    sales: new Map([
      [
        SALE,
        {
          sells: true,
          halted: false,
          phase: null,
          endedPhases: [],
          limits: { seatsPerBooking: 6, seatsPerFan: 8 },
          holdMs: 600_000,
          holdMaxMs: 1_200_000,
          ...terms,
        },
      ],
    ]),
    bookings: new Map(),
    payments: new Map(),
    claims: new Map([[PERFORMANCE, occupancyOf(seatMap, [])]]),
    counts: new Map([count(STALLS, seatMap.seats.size), count(STANDING, standing)]),
    fanSeats: new Map(),
    fanHeldMs: new Map(),
    tallies: new Map(),
    blocks: new Map(),
  };
}

let ordinal = 0;
export function reserveCommand(items: readonly WantedItem[], over: Partial<Reserve> = {}): Reserve {
  ordinal += 1;
  return {
    type: 'reserve',
    performanceId: PERFORMANCE,
    bookingId: bookingId(`bk_${ordinal}`),
    saleId: SALE,
    fanId: fan(`fan-${ordinal}`),
    bodyHash: '0'.repeat(64),
    items,
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
    ...over,
  };
}

/** The world after the changes were written, as a store would hold it. */
export function applied(world: BookingWorld, changes: BookingChanges, over: Partial<BookingWorld> = {}): BookingWorld {
  const bookings = new Map<BookingId, BookingRecord>(world.bookings);
  for (const booking of changes.created) bookings.set(booking.id, booking);
  for (const { after } of changes.changed) bookings.set(after.id, after);
  const claims = new Map<PerformanceId, MutableOccupancy>();
  for (const [id, { seatMap }] of world.performances) {
    const owners = world.claims.get(id)?.owners ?? [];
    const owned = seatMap.list.flatMap(({ id: seatId, index }) => {
      const owner = owners[index] ?? null;
      return owner === null ? [] : [{ seatId, owner }];
    });
    claims.set(id, occupancyOf(seatMap, owned));
  }
  for (const { performanceId, seatId, to } of changes.claims) {
    const seatMap = world.performances.get(performanceId)?.seatMap;
    const occupancy = claims.get(performanceId);
    if (seatMap !== undefined && occupancy !== undefined) occupy(occupancy, seatMap, seatId, to);
  }
  const counts = new Map(world.counts);
  for (const { performanceId, categoryId, held, sold, blocked, heldOfPool } of changes.counts) {
    const before = counts.get(countKey(performanceId, categoryId));
    if (before !== undefined) {
      counts.set(countKey(performanceId, categoryId), {
        ...before,
        held: before.held + held,
        sold: before.sold + sold,
        blocked: before.blocked + blocked,
        heldOfPool: before.heldOfPool + heldOfPool,
      });
    }
  }
  const fanSeats = new Map(world.fanSeats);
  const fanHeldMs = new Map(world.fanHeldMs);
  for (const { saleId, fanId, seats, heldMs } of changes.fans) {
    const key = fanKey(saleId, fanId);
    fanSeats.set(key, (fanSeats.get(key) ?? 0) + seats);
    fanHeldMs.set(key, (fanHeldMs.get(key) ?? 0) + heldMs);
  }
  const payments = new Map<PaymentId, PaymentRecord>(world.payments);
  for (const one of changes.payments) payments.set(one.id, one);
  const tallies = new Map(world.tallies);
  for (const { key, seats } of changes.tallies) tallies.set(key, (tallies.get(key) ?? 0) + seats);
  const blocks = new Map([...world.blocks].map(([id, known]) => [id, new Map(known)] as const));
  for (const { after } of changes.blocks) {
    const known = blocks.get(after.performanceId) ?? new Map<BlockId, BlockRecord>();
    blocks.set(after.performanceId, known.set(after.id, after));
  }
  return { ...world, bookings, claims, counts, fanSeats, fanHeldMs, payments, tallies, blocks, ...over };
}

export function withPayment(world: BookingWorld, booking: BookingRecord, id = payment(`pay-${booking.id}`)) {
  const record: PaymentRecord = {
    id,
    bookingId: booking.id,
    amount: booking.total ?? EUR(0),
    state: 'pending',
    refunded: 0,
  };
  return { ...world, payments: new Map([...world.payments, [id, record]]) };
}
