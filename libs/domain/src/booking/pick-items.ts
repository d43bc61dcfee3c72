// Which seats and places a request gets: item after item, by the rules of the performance, from what this buyer may take.
import type { SeatId } from '../ids.ts';
import { bestAccessible } from '../seats/accessible-seats.ts';
import { betterThanScattered } from '../seats/adjacent-rule.ts';
import { bestAvailable } from '../seats/best-available.ts';
import { nearestEqualBlock } from '../seats/nearest-block.ts';
import { betterThanStranding } from '../seats/orphan-rule.ts';
import type { SeatSpot } from '../seats/seat-map.ts';
import { type Basket, freeFor, seatItem } from './basket.ts';
import type { Buyer } from './block-record.ts';
import type { Reserve, WantedItem } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookedItem } from './booking-record.ts';
import type { PerformanceFacts } from './booking-world.ts';
import { pickFromCategories } from './pick-from-categories.ts';
import type { Picked, Refused } from './reserve.ts';

type Request = {
  readonly performance: PerformanceFacts;
  readonly command: Reserve;
  readonly buyer: Buyer;
};

export function pickItems(ledger: BookingLedger, { performance, command, buyer }: Request): Picked | Refused {
  const basket: Basket = {
    performance,
    ledger,
    open: ledger.stock.blocksOpenTo(performance.id, buyer),
    poolReleased: isPoolReleased(ledger, performance),
    seed: seedOf(command.bookingId),
    mine: new Set(),
    items: [],
  };
  for (const wanted of command.items) {
    const picked = 'seatIds' in wanted ? pickSeats(basket, wanted) : pickFromCategories(basket, wanted);
    if (picked.kind === 'refused') return picked;
    put(basket, picked.items);
  }
  return refuseMixture(basket, command.items) ?? { kind: 'picked', items: basket.items };
}

function isPoolReleased({ now, stock }: BookingLedger, { id, rules: { accessible } }: PerformanceFacts): boolean {
  if (accessible.releaseAt !== null && now >= accessible.releaseAt) return true;
  return accessible.whenRestSoldOut && stock.isRestSoldOut(id);
}

function put({ items, mine, performance }: Basket, picked: readonly BookedItem[]): void {
  items.push(...picked);
  for (const { seatId } of picked) {
    const seat = seatId === null ? undefined : performance.seatMap.seats.get(seatId);
    if (seat !== undefined) mine.add(seat.index);
  }
}

type WantedSeats = Extract<WantedItem, { readonly seatIds: unknown }>;

function pickSeats(basket: Basket, { seatIds }: WantedSeats): Picked | Refused {
  const { seatMap } = basket.performance;
  const seats = seatIds.flatMap((id) => seatMap.seats.get(id) ?? []);
  if (seats.length < seatIds.length || new Set(seatIds).size < seatIds.length) {
    return { kind: 'refused', reason: 'unknown_seat' };
  }
  const anySeat = freeFor(basket, true);
  if (!seats.every((seat) => anySeat.isFree(seat.index))) {
    return { kind: 'refused', reason: 'seat_taken', alternatives: insteadOf(basket, seats) };
  }
  const broken = breaksSeatingRule(basket, seats);
  if (broken !== null) return broken;
  const items = seats.flatMap((seat) => seatItem(basket, seat));
  return items.length < seats.length ? { kind: 'refused', reason: 'unknown_category' } : { kind: 'picked', items };
}

/** The nearest equal seats; for accessible ones others of their kind. */
function insteadOf(basket: Basket, wanted: readonly SeatSpot[]): readonly SeatId[] {
  const { performance, seed } = basket;
  const { seatMap } = performance;
  const [first] = wanted;
  if (first === undefined) return [];
  const accessible = wanted.filter(({ kind }) => kind === 'accessible').length;
  const request = { seatMap, categoryId: first.categoryId, quantity: wanted.length, seed };
  if (accessible > 0 && !basket.poolReleased) {
    const seats = bestAccessible({ ...request, accessible, free: freeFor(basket, true) });
    return (seats ?? []).map(({ id }) => id);
  }
  const free = freeFor(basket, false);
  const near = nearestEqualBlock({ seatMap, wanted, free, seed });
  const isOnePrice = wanted.every(({ categoryId }) => categoryId === first.categoryId);
  const seats = near.length > 0 || !isOnePrice ? near : (bestAvailable({ ...request, free }) ?? []);
  return seats.map(({ id }) => id);
}

function breaksSeatingRule(basket: Basket, chosen: readonly SeatSpot[]): Refused | null {
  const { performance, seed, poolReleased } = basket;
  const { seatMap, rules } = performance;
  // Who needs an accessible seat sits where one is.
  if (!poolReleased && chosen.some(({ kind }) => kind !== 'standard')) return null;
  const free = freeFor(basket, false);
  const together = rules.adjacentOnly ? betterThanScattered({ seatMap, wanted: chosen, free, seed }) : null;
  if (together !== null) return { kind: 'refused', reason: 'not_adjacent', alternatives: together };
  const better = rules.noSingles ? betterThanStranding({ seatMap, chosen, free, seed }) : null;
  if (better !== null) return { kind: 'refused', reason: 'orphan_seat', alternatives: better };
  return null;
}

function refuseMixture(basket: Basket, wanted: readonly WantedItem[]): Refused | null {
  const { items, performance, poolReleased } = basket;
  const { rules, seatMap } = performance;
  const numbered = items.filter(({ seatId }) => seatId !== null).length;
  if (!rules.mixedBookings && numbered > 0 && numbered < items.length) {
    return { kind: 'refused', reason: 'mixed_booking' };
  }
  if (poolReleased) return null;
  const seats = items.flatMap(({ seatId }) => (seatId === null ? [] : (seatMap.seats.get(seatId) ?? [])));
  const accessible = seats.filter(({ kind }) => kind === 'accessible').length;
  const companions = seats.filter(({ kind }) => kind === 'companion').length;
  const declared = wanted.reduce((sum, item) => sum + (item.accessible ?? 0), 0);
  if (accessible > declared) {
    return { kind: 'refused', reason: 'accessible_only', alternatives: usualSeats(basket, seats) };
  }
  if (companions > accessible * rules.accessible.companionsPerSeat) {
    return { kind: 'refused', reason: 'companion_only', alternatives: usualSeats(basket, seats) };
  }
  return null;
}

function usualSeats({ ledger, performance, open, seed }: Basket, wanted: readonly SeatSpot[]): readonly SeatId[] {
  const free = ledger.stock.view(performance.id, { blocks: new Set(open.map(({ id }) => id)), pool: false });
  return nearestEqualBlock({ seatMap: performance.seatMap, wanted, free, seed }).map(({ id }) => id);
}

/** FNV-1a of the booking's id. */
export function seedOf(bookingId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bookingId.length; i++) hash = Math.imul(hash ^ bookingId.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
