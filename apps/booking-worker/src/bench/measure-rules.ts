// What the rules alone cost: microseconds of CPU for one command decided in a batch of fifty, by the size of the hall and
// how full it is, without broker and database.
import {
  type BookingId,
  type BookingWorld,
  buildSeatMap,
  type CategoryId,
  countKey,
  decide,
  defaultSeatingRules,
  type FanId,
  occupancyOf,
  type PerformanceId,
  type SaleId,
  type SeatMap,
  type StockCommand,
} from '@onsale/domain';
import { benchPlan } from './bench-sale.ts';
import type { Report } from './report.ts';

const HALLS = [1_000, 10_000, 100_000];
const FULL = [0, 0.5, 0.95];
const BATCH = 50;
const BATCHES = 20;
const SALE = 'sale' as SaleId;
const PERFORMANCE = 'perf' as PerformanceId;
const CATEGORY = 'any' as CategoryId;

export function measureRules({ report, rounds }: { readonly report: Report; readonly rounds: number }): void {
  for (const capacity of HALLS) {
    const seatMap = buildSeatMap(benchPlan(capacity));
    for (const full of FULL) {
      const world = worldOf(seatMap, full);
      for (const [what, command] of Object.entries({
        'best 4': bestOf(4),
        'gone 4': goneOf(seatMap, 4),
        'best 9': bestOf(9),
      })) {
        microsPerCommand(world, command); // warm
        const values = Array.from({ length: rounds }, () => microsPerCommand(world, command));
        report.add('rules', `${what} of ${capacity} seats, ${full * 100} % taken, µs`, { values });
      }
    }
  }
}

type MakeCommand = (ordinal: number) => StockCommand;

function microsPerCommand(world: BookingWorld, command: MakeCommand): number {
  const begun = process.cpuUsage();
  for (let batch = 0; batch < BATCHES; batch++) {
    decide(
      world,
      Array.from({ length: BATCH }, (_, i) => command(batch * BATCH + i)),
    );
  }
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / (BATCH * BATCHES);
}

function request(ordinal: number, items: Extract<StockCommand, { type: 'reserve' }>['items']): StockCommand {
  return {
    type: 'reserve',
    performanceId: PERFORMANCE,
    bookingId: `bk_${ordinal}` as BookingId,
    saleId: SALE,
    fanId: `fan-${ordinal}` as FanId,
    bodyHash: '',
    items,
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  };
}

const bestOf =
  (quantity: number): MakeCommand =>
  (ordinal) =>
    request(ordinal, [{ categoryId: CATEGORY, quantity }]);

/** All want the same seats in the middle of the hall; all but the first are offered others. */
function goneOf({ blocks }: SeatMap, quantity: number): MakeCommand {
  const seats = blocks[blocks.length >> 1]?.seats.slice(4, 4 + quantity).map(({ id }) => id) ?? [];
  return (ordinal) => request(ordinal, [{ seatIds: seats }]);
}

/** Seats are taken in pairs and threes here and there, as fans leave a hall. */
function worldOf(seatMap: SeatMap, full: number): BookingWorld {
  let dice = 1;
  const roll = () => {
    dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0;
    return dice / 2 ** 32;
  };
  const claims = seatMap.blocks.flatMap(({ seats }) => {
    const taken: { seatId: (typeof seats)[number]['id']; owner: BookingId }[] = [];
    for (let at = 0; at < seats.length; ) {
      const together = 2 + Math.floor(roll() * 3);
      if (roll() < full)
        for (const { id } of seats.slice(at, at + together)) taken.push({ seatId: id, owner: 'bk' as BookingId });
      at += together;
    }
    return taken;
  });
  const count = {
    performanceId: PERFORMANCE,
    categoryId: CATEGORY,
    capacity: seatMap.list.length,
    held: claims.length,
  };
  const price = { amount: 5000, currency: 'EUR' };
  return {
    now: 0,
    performances: new Map([
      [
        PERFORMANCE,
        {
          id: PERFORMANCE,
          saleId: SALE,
          categories: new Map([[CATEGORY, { id: CATEGORY, name: 'Any', kind: 'reserved' as const, price }]]),
          seatMap,
          rules: defaultSeatingRules,
          cancelled: false,
        },
      ],
    ]),
    sales: new Map([
      [
        SALE,
        {
          sells: true,
          halted: false,
          limits: { seatsPerBooking: 10, seatsPerFan: 10 },
          phase: null,
          endedPhases: [],
          holdMs: 600_000,
          holdMaxMs: 1_200_000,
        },
      ],
    ]),
    bookings: new Map(),
    payments: new Map(),
    claims: new Map([[PERFORMANCE, occupancyOf(seatMap, claims)]]),
    counts: new Map([[countKey(PERFORMANCE, CATEGORY), { ...count, sold: 0, blocked: 0, heldOfPool: 0 }]]),
    fanSeats: new Map(),
    fanHeldMs: new Map(),
    tallies: new Map(),
    blocks: new Map(),
  };
}
