// A fan who accepts several prices: all places of one of them, the earliest of those that have as good a placement.
import fc from 'fast-check';
import type { CategoryId } from '../ids.ts';
import { bestAvailable } from '../seats/best-available.ts';
import { occupancyOf } from '../seats/occupancy.ts';
import { buildSeatMap, type SeatMap, type SeatSpot } from '../seats/seat-map.ts';
import { placeInTwoRows } from '../seats/two-rows.ts';
import { type BookingWorld, countKey } from './booking-world.ts';
import { decide } from './decide.ts';
import {
  bookingId,
  EUR,
  emptyWorld,
  PERFORMANCE,
  planOf,
  reserveCommand,
  STALLS,
  STANDING,
  seat,
} from './test-world.ts';

const BALCONY = 'balcony' as CategoryId;
const UNKNOWN = 'unknown' as CategoryId;

/** The rows from `from` on cost less. */
function twoPrices(
  rows: readonly number[],
  { from, taken = [], standing = 5 }: { from: number; taken?: readonly string[]; standing?: number },
) {
  const plan = planOf(rows);
  const seatMap = buildSeatMap({
    ...plan,
    sections: plan.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row, at) => ({
        ...row,
        seats: row.seats.map((one) => ({ ...one, categoryId: at < from ? STALLS : BALCONY })),
      })),
    })),
  });
  const world = emptyWorld({ standing });
  const facts = world.performances.get(PERFORMANCE);
  if (facts === undefined) throw new Error('no performance');
  const balcony = { id: BALCONY, name: 'Balcony', kind: 'reserved', price: EUR(3000) } as const;
  const categories = new Map([...facts.categories, [BALCONY, balcony] as const]);
  const claims = taken.map((id) => ({ seatId: seat(id), owner: bookingId('bk_other') }));
  const of: BookingWorld = {
    ...world,
    performances: new Map([[PERFORMANCE, { ...facts, seatMap, categories }]]),
    claims: new Map([[PERFORMANCE, occupancyOf(seatMap, claims)]]),
    counts: new Map([
      ...world.counts,
      [
        countKey(PERFORMANCE, BALCONY),
        { performanceId: PERFORMANCE, categoryId: BALCONY, capacity: 99, held: 0, sold: 0, blocked: 0, heldOfPool: 0 },
      ],
    ]),
  };
  return { world: of, seatMap };
}

function ask(world: BookingWorld, categoryIds: readonly CategoryId[], quantity: number, over: object = {}) {
  const command = reserveCommand([{ categoryIds, quantity }], over);
  const booking = decide(world, [command]).outcomes[0]?.booking;
  if (!booking) throw new Error('undecided');
  const { state, reason, items, alternatives, total } = booking;
  return {
    state,
    reason,
    alternatives,
    total,
    seats: items.map(({ seatId }) => seatId),
    of: [...new Set(items.map(({ categoryId }) => categoryId))],
  };
}

test('the first wish is met where it can be met as well as any other', () => {
  const { world } = twoPrices([6, 6, 6], { from: 1 });
  expect(ask(world, [STALLS, BALCONY], 3).of).toEqual([STALLS]);
  expect(ask(world, [BALCONY, STALLS], 3).of).toEqual([BALCONY]);
  expect(ask(world, [STANDING, STALLS], 3)).toMatchObject({ of: [STANDING], seats: [null, null, null] });
});

test('side by side comes before the first wish, and so does a choice that leaves nobody a single seat', () => {
  const scattered = twoPrices([6, 6], { from: 1, taken: ['A2', 'A4'] });
  expect(ask(scattered.world, [STALLS, BALCONY], 3)).toMatchObject({ of: [BALCONY] });
  const tight = twoPrices([3, 6], { from: 1 });
  expect(ask(tight.world, [STALLS, BALCONY], 2)).toMatchObject({ of: [BALCONY] });
  expect(ask(tight.world, [STALLS], 2)).toMatchObject({ of: [STALLS] });
});

test('a price that is sold out is passed over; when none has room the largest placement is offered', () => {
  const full = twoPrices([3, 4], { from: 1, taken: ['A1', 'A2', 'A3'], standing: 1 });
  expect(ask(full.world, [STALLS, STANDING, BALCONY], 2)).toMatchObject({ state: 'held', of: [BALCONY] });
  const few = ask(full.world, [STALLS, STANDING, BALCONY], 5);
  expect(few).toMatchObject({ state: 'rejected', reason: 'no_block' });
  expect(few.alternatives).toEqual(['B1', 'B2', 'B3', 'B4']);
  expect(ask(full.world, [STALLS, STANDING], 2)).toMatchObject({ state: 'rejected', reason: 'sold_out' });
  expect(ask(full.world, [STALLS, UNKNOWN], 2)).toMatchObject({ state: 'rejected', reason: 'unknown_category' });
});

test('what was shown is then the most that it may cost', () => {
  const { world } = twoPrices([6, 6], { from: 1 });
  const most = (amount: number) => ask(world, [STALLS, BALCONY], 2, { expectedTotal: EUR(amount) });
  expect(most(10_000)).toMatchObject({ state: 'held', total: EUR(9_000) });
  expect(most(9_000).state).toBe('held');
  expect(most(8_999)).toMatchObject({ state: 'rejected', reason: 'price_changed' });
});

const situation = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 5 }).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    from: fc.integer({ min: 1, max: rows.length - 1 }),
    taken: fc.array(fc.boolean(), { minLength: 35, maxLength: 35 }),
    quantity: fc.integer({ min: 1, max: 6 }),
    balconyFirst: fc.boolean(),
  }),
);

/** 0: one row, nobody left alone anew; 1: one row; 2: anything else. Counted seat by seat. */
function gradeOf(seats: readonly SeatSpot[], seatMap: SeatMap, isFree: (one: SeatSpot) => boolean): number {
  const blocks = new Set(seats.map(({ block }) => block));
  const at = seats.map((one) => one.at).sort((a, b) => a - b);
  if (blocks.size === 1 && (at.at(-1) ?? 0) - (at[0] ?? 0) === seats.length - 1) {
    const alone = (one: SeatSpot, free: (other: SeatSpot) => boolean) => {
      const row = seatMap.blocks[one.block]?.seats ?? [];
      return free(one) && [row[one.at - 1], row[one.at + 1]].every((next) => next === undefined || !free(next));
    };
    const after = (one: SeatSpot) => isFree(one) && !seats.includes(one);
    return seatMap.list.some((one) => alone(one, after) && !alone(one, isFree)) ? 1 : 0;
  }
  return 2;
}

test('whatever is taken: one price for all, met exactly when one of them can be, and none asked for before it is as good', () => {
  fc.assert(
    fc.property(situation, ({ rows, from, taken, quantity, balconyFirst }) => {
      const all = buildSeatMap(planOf(rows)).list;
      const gone = all.filter((_, at) => taken[at] === true).map(({ id }) => id);
      const { world, seatMap } = twoPrices(rows, { from, taken: gone });
      const isFree = ({ id }: SeatSpot) => !gone.includes(id);
      const wishes = balconyFirst ? [BALCONY, STALLS] : [STALLS, BALCONY];
      const free = {
        isFree: (index: number) => seatMap.list.some((one) => one.index === index && isFree(one)),
        freeOfBlock: ({ seats }: { readonly seats: readonly SeatSpot[] }) => seats.filter(isFree).length,
      };
      const grades = wishes.map((categoryId) => {
        const seats = bestAvailable({ seatMap, categoryId, quantity, free, seed: 0 });
        if (seats === null) return 4;
        const grade = gradeOf(seats, seatMap, isFree);
        return grade === 2 && placeInTwoRows({ seatMap, categoryId, quantity, free, seed: 0 }) === null ? 3 : grade;
      });
      const answer = ask(world, wishes, quantity);
      expect(answer.state).toBe(Math.min(...grades) === 4 ? 'rejected' : 'held');
      if (answer.state === 'rejected') return;
      const seats = answer.seats.flatMap((id) => (id === null ? [] : (seatMap.seats.get(id) ?? [])));
      expect(seats).toHaveLength(quantity);
      expect(seats.every(isFree)).toBe(true);
      expect(answer.of).toHaveLength(1);
      expect(answer.of[0]).toBe(wishes[grades.indexOf(Math.min(...grades))]);
    }),
    { numRuns: 300 },
  );
});
