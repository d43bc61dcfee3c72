// Which seats and places a request gets: item after item, by the rules of the performance, from what this buyer may take.
import type { BlockId, SeatId } from '../ids.ts';
import { bestAccessible } from '../seats/accessible-seats.ts';
import { betterThanScattered } from '../seats/adjacent-rule.ts';
import { bestAvailable, largestPlacement } from '../seats/best-available.ts';
import { nearestEqualBlock } from '../seats/nearest-block.ts';
import { isBlockId } from '../seats/occupancy.ts';
import { betterThanStranding } from '../seats/orphan-rule.ts';
import type { SeatSpot } from '../seats/seat-map.ts';
import type { BestAvailableRequest, FreeSeats } from '../seats/seat-search.ts';
import type { BlockRecord, Buyer } from './block-record.ts';
import type { Reserve, WantedItem } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { BookedItem } from './booking-record.ts';
import type { CategoryFacts, PerformanceFacts } from './booking-world.ts';
import type { Picked, Refused } from './reserve.ts';

type Request = {
  readonly performance: PerformanceFacts;
  readonly command: Reserve;
  readonly buyer: Buyer;
};

/** One booking being put together. */
type Basket = {
  readonly performance: PerformanceFacts;
  readonly ledger: BookingLedger;
  /** Allocations the buyer may take from. */
  readonly open: readonly BlockRecord[];
  /** Accessible and companion seats are seats like all others. */
  readonly poolReleased: boolean;
  /** The same choice among near-equals whenever the booking is decided again. */
  readonly seed: number;
  /** Indexes of the seats that earlier items took. */
  readonly mine: Set<number>;
  readonly items: BookedItem[];
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
    const picked = 'seatIds' in wanted ? pickSeats(basket, wanted) : pickFromCategory(basket, wanted);
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

/** What is free for this item; what an earlier item took is no longer free for a later one. */
function freeFor({ ledger, performance, open, poolReleased, mine }: Basket, pool: boolean): FreeSeats {
  const blocks = new Set<BlockId>(open.map(({ id }) => id));
  const view = ledger.stock.view(performance.id, { blocks, pool: pool || poolReleased });
  if (mine.size === 0) return view;
  return { isFree: (index) => !mine.has(index) && view.isFree(index), freeOfBlock: view.freeOfBlock };
}

type WantedSeats = Extract<WantedItem, { readonly seatIds: unknown }>;
type WantedOfCategory = Extract<WantedItem, { readonly quantity: unknown }>;

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

function pickFromCategory(basket: Basket, wanted: WantedOfCategory): Picked | Refused {
  const { performance, seed } = basket;
  const { categoryId, quantity } = wanted;
  const category = performance.categories.get(categoryId);
  if (category === undefined) return { kind: 'refused', reason: 'unknown_category' };
  if (category.kind === 'general') return pickGeneral(basket, { category, quantity });
  const accessible = Math.min(wanted.accessible ?? 0, quantity);
  const free = freeFor(basket, accessible > 0);
  const request: BestAvailableRequest = { seatMap: performance.seatMap, categoryId, quantity, free, seed };
  const seats = accessible > 0 ? bestAccessible({ ...request, accessible }) : bestAvailable(request);
  if (seats !== null) return { kind: 'picked', items: seats.flatMap((seat) => seatItem(basket, seat)) };
  const largest = accessible > 0 ? fewerAccessible(request, accessible) : largestPlacement(request);
  const alternatives = largest.map(({ id }) => id);
  return { kind: 'refused', reason: largest.length === 0 ? 'sold_out' : 'no_block', alternatives };
}

/** The most that can sit together: first fewer companions, then fewer accessible seats. */
function fewerAccessible(request: BestAvailableRequest, wanted: number): readonly SeatSpot[] {
  for (let quantity = request.quantity - 1; quantity > 0; quantity--) {
    const accessible = Math.min(wanted, quantity);
    const seats = bestAccessible({ ...request, quantity, accessible });
    if (seats !== null) return seats;
  }
  return [];
}

/** First out of the buyer's allocations, then what is free for all. */
function pickGeneral(
  { ledger, performance, open, items }: Basket,
  { category, quantity }: { readonly category: CategoryFacts; readonly quantity: number },
): Picked | Refused {
  const { id: categoryId, name: label, price } = category;
  const mine = items.filter((item) => item.categoryId === categoryId);
  const place: BookedItem = { categoryId, seatId: null, label, price, ticketId: null };
  const picked: BookedItem[] = [];
  for (const { id: blockId, left } of open) {
    const already = mine.filter((item) => item.blockId === blockId).length;
    const count = Math.min(quantity - picked.length, (left[categoryId] ?? 0) - already);
    for (let i = 0; i < count; i++) picked.push({ ...place, blockId });
  }
  const already = mine.filter(({ blockId }) => blockId === undefined).length;
  const rest = quantity - picked.length;
  if (ledger.stock.free(performance.id, categoryId) - already < rest) return { kind: 'refused', reason: 'sold_out' };
  for (let i = 0; i < rest; i++) picked.push(place);
  return { kind: 'picked', items: picked };
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

function seatItem({ performance, ledger }: Basket, seat: SeatSpot): BookedItem[] {
  const category = performance.categories.get(seat.categoryId);
  if (category === undefined) return [];
  const owner = ledger.stock.ownerOf(performance.id, seat.id);
  const { id: seatId, fullLabel: label } = seat;
  const item = { categoryId: category.id, seatId, label, price: category.price, ticketId: null };
  return [owner !== null && isBlockId(owner) ? { ...item, blockId: owner } : item];
}
