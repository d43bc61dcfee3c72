// What holds for any hall, any seats taken and any request.
import fc from 'fast-check';
import { planOf, STALLS } from '../booking/test-world.ts';
import { betterThanScattered } from './adjacent-rule.ts';
import { bestAvailable, largestPlacement } from './best-available.ts';
import { nearestEqualBlock } from './nearest-block.ts';
import { betterThanStranding } from './orphan-rule.ts';
import { buildSeatMap, type SeatMap, type SeatSpot } from './seat-map.ts';
import type { FreeSeats } from './seat-search.ts';

const hall = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const situation = hall.chain((rows) => {
  const seats = rows.reduce((sum, length) => sum + length, 0);
  return fc.record({
    rows: fc.constant(rows),
    taken: fc.array(fc.boolean(), { minLength: seats, maxLength: seats }),
    picks: fc.array(fc.nat(seats - 1), { minLength: 1, maxLength: 4 }),
    quantity: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(1_000),
  });
});

type Stand = {
  readonly seatMap: SeatMap;
  readonly free: FreeSeats;
  readonly freeSeats: readonly SeatSpot[];
  isSeatFree(seat: SeatSpot): boolean;
};

function stand(rows: readonly number[], taken: readonly boolean[]): Stand {
  const seatMap = buildSeatMap(planOf(rows));
  const isFree = (index: number) => taken[index] === false;
  const isSeatFree = ({ index }: SeatSpot) => isFree(index);
  return {
    seatMap,
    free: { isFree, freeOfBlock: ({ seats }) => seats.filter(isSeatFree).length },
    isSeatFree,
    freeSeats: seatMap.list.filter(isSeatFree),
  };
}

/** Seats that stand alone after taking these and did not before. Counted seat by seat, unlike the rule itself. */
function newSinglesOf({ seatMap, isSeatFree }: Stand, taking: readonly SeatSpot[]): number {
  const isAlone = (seat: SeatSpot, isFree: (one: SeatSpot) => boolean) => {
    const row = seatMap.blocks[seat.block]?.seats ?? [];
    return isFree(seat) && [row[seat.at - 1], row[seat.at + 1]].every((one) => one === undefined || !isFree(one));
  };
  const freeAfter = (seat: SeatSpot) => isSeatFree(seat) && !taking.includes(seat);
  return seatMap.list.filter((seat) => isAlone(seat, freeAfter) && !isAlone(seat, isSeatFree)).length;
}

/** Every run of so many free neighbours. */
function windowsOf({ seatMap, isSeatFree }: Stand, quantity: number): SeatSpot[][] {
  return seatMap.blocks.flatMap(({ seats }) =>
    seats.flatMap((_, from) => {
      const window = seats.slice(from, from + quantity);
      return window.length === quantity && window.every(isSeatFree) ? [window] : [];
    }),
  );
}

const chosenOf = ({ seatMap, isSeatFree }: Stand, picks: readonly number[]) =>
  [...new Set(picks)].flatMap((index) => seatMap.list[index] ?? []).filter(isSeatFree);

test('a choice is refused for a stranded seat exactly when it strands one and a row has a clean place of its size', () => {
  fc.assert(
    fc.property(situation, ({ rows, taken, picks, seed }) => {
      const now = stand(rows, taken);
      const chosen = chosenOf(now, picks);
      if (chosen.length === 0) return;
      const better = betterThanStranding({ ...now, chosen, seed });
      const hasClean = windowsOf(now, chosen.length).some((window) => newSinglesOf(now, window) === 0);
      expect(better !== null).toBe(newSinglesOf(now, chosen) > 0 && hasClean);
      if (better === null) return;
      const offered = better.flatMap((id) => now.seatMap.seats.get(id) ?? []);
      expect(offered).toHaveLength(chosen.length);
      expect(offered.every(now.isSeatFree)).toBe(true);
      // Whoever takes the offer is not refused again.
      expect(betterThanStranding({ ...now, chosen: offered, seed: seed + 1 })).toBeNull();
      expect(betterThanScattered({ ...now, wanted: offered, seed })).toBeNull();
    }),
    { numRuns: 1_500 },
  );
});

test('a scattered choice is refused exactly when so many seats are free side by side', () => {
  fc.assert(
    fc.property(situation, ({ rows, taken, picks, seed }) => {
      const now = stand(rows, taken);
      const chosen = chosenOf(now, picks);
      if (chosen.length === 0) return;
      const isTogether = windowsOf(now, chosen.length).some((window) => window.every((seat) => chosen.includes(seat)));
      const better = betterThanScattered({ ...now, wanted: chosen, seed });
      expect(better !== null).toBe(!isTogether && windowsOf(now, chosen.length).length > 0);
    }),
    { numRuns: 1_000 },
  );
});

test('best available keeps the order of its wishes and finds seats whenever a section has them', () => {
  fc.assert(
    fc.property(situation, ({ rows, taken, quantity, seed }) => {
      const now = stand(rows, taken);
      const request = { ...now, categoryId: STALLS, quantity, seed };
      const seats = bestAvailable(request);
      const windows = windowsOf(now, quantity);
      // One section: it has them or nobody has.
      expect(seats === null).toBe(now.freeSeats.length < quantity);
      if (seats === null) {
        expect(largestPlacement(request)).toHaveLength(now.freeSeats.length);
        return;
      }
      expect(new Set(seats).size).toBe(quantity);
      expect(seats.every(now.isSeatFree)).toBe(true);
      if (windows.length === 0) return;
      expect(new Set(seats.map(({ block }) => block)).size).toBe(1);
      const least = Math.min(...windows.map((window) => Math.min(1, newSinglesOf(now, window))));
      expect(Math.min(1, newSinglesOf(now, seats))).toBe(least);
      expect(bestAvailable(request)).toEqual(seats);
    }),
    { numRuns: 1_500 },
  );
});

test('an offered block has the size of what was wanted, is free, and rather leaves no new single seat', () => {
  fc.assert(
    fc.property(situation, ({ rows, taken, picks, seed }) => {
      const now = stand(rows, taken);
      const wanted = [...new Set(picks)].flatMap((index) => now.seatMap.list[index] ?? []);
      const offered = nearestEqualBlock({ ...now, wanted, seed });
      const windows = windowsOf(now, wanted.length);
      expect(offered).toHaveLength(windows.length === 0 ? 0 : wanted.length);
      expect(offered.every(now.isSeatFree)).toBe(true);
      if (windows.some((window) => newSinglesOf(now, window) === 0)) expect(newSinglesOf(now, offered)).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});

test('whatever fans choose, and whether they take offers or insist, a hall sells out to the last seat', () => {
  fc.assert(
    fc.property(hall, fc.infiniteStream(fc.nat(10_000)), (rows, dice) => {
      const taken = new Array<boolean>(rows.reduce((sum, length) => sum + length, 0)).fill(false);
      for (const roll of dice) {
        const now = stand(rows, taken);
        if (now.freeSeats.length === 0) return;
        const chosen = chosenOf(
          now,
          [roll, roll >> 3, roll >> 6].map((pick) => now.freeSeats[pick % now.freeSeats.length]?.index ?? 0),
        );
        const better = betterThanStranding({ ...now, chosen, seed: roll });
        const sold = better?.map((id) => now.seatMap.seats.get(id)) ?? chosen;
        for (const seat of sold) if (seat !== undefined) taken[seat.index] = true;
        expect(sold.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 200 },
  );
});

test('of five hundred who lost the same four seats hardly any two dozen are offered the same', () => {
  const now = stand(Array<number>(20).fill(20), Array<boolean>(400).fill(false));
  const wanted = [168, 169, 170, 171].flatMap((index) => now.seatMap.list[index] ?? []);
  const lost = { ...now.free, isFree: (index: number) => !wanted.some((seat) => seat.index === index) };
  const offers = new Map<string, number>();
  for (let fan = 0; fan < 500; fan++) {
    const seed = Math.imul(fan + 1, 0x9e3779b1) >>> 0;
    const key = nearestEqualBlock({ seatMap: now.seatMap, wanted, free: lost, seed })
      .map(({ id }) => id)
      .join();
    offers.set(key, (offers.get(key) ?? 0) + 1);
  }
  expect(offers.size).toBeGreaterThan(20);
  expect(Math.max(...offers.values())).toBeLessThanOrEqual(50);
});
