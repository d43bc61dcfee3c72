// Staff keeps stock back, and gives it out again. A block takes what is free of what was asked for and tells the rest, so
// that it never waits for a hold to end; the same command again meets its first answer.
import type { CategoryId, SeatId } from '../ids.ts';
import type { SeatSpot } from '../seats/seat-map.ts';
import { visitFreeRuns } from '../seats/seat-search.ts';
import type { BlockRecord } from './block-record.ts';
import type { Block, Unblock } from './booking-command.ts';
import type { BookingLedger } from './booking-ledger.ts';
import type { PerformanceFacts } from './booking-world.ts';
import type { Outcome } from './outcome.ts';
import type { StockUnit } from './stock-sheet.ts';

type Found = { readonly units: readonly StockUnit[]; readonly missing: BlockRecord['missing'] };

export function block(ledger: BookingLedger, command: Block): Outcome {
  const known = ledger.stock.block(command.performanceId, command.blockId);
  if (known !== null) return { kind: 'block', booking: null, block: known };
  const performance = ledger.world.performances.get(command.performanceId);
  const { units, missing } = performance === undefined ? nothing(command) : find(ledger, performance, command);
  const { blockId, performanceId, label, audience, releaseAt, requestedBy } = command;
  const made: BlockRecord = {
    id: blockId,
    saleId: performance?.saleId ?? null,
    performanceId,
    label,
    audience,
    releaseAt,
    state: units.length === 0 ? 'refused' : 'active',
    left: {},
    missing,
    requestedBy,
    decidedAt: ledger.now,
  };
  ledger.stock.putBlock(made);
  ledger.stock.keepBack(made, units);
  return { kind: 'block', booking: null, block: ledger.stock.block(performanceId, blockId) };
}

export function unblock(ledger: BookingLedger, { performanceId, blockId, seatIds }: Unblock): Outcome {
  const known = ledger.stock.block(performanceId, blockId);
  if (known === null || known.state !== 'active') return { kind: 'block', booking: null, block: known };
  const named = seatIds === null ? null : new Set<SeatId>(seatIds);
  const seats = ledger.stock.seatsKeptBy(performanceId, blockId).filter(({ id }) => named === null || named.has(id));
  ledger.stock.letOut(known, [...seats.map(unitOf), ...(named === null ? generalLeft(ledger, known) : [])]);
  const after = ledger.stock.block(performanceId, blockId) ?? known;
  const isEmpty = Object.values<number>(after.left).every((count) => count === 0);
  // A block that lives on takes back what its audience gives back.
  if (named === null || isEmpty) ledger.stock.putBlock({ ...after, state: 'released' });
  return { kind: 'block', booking: null, block: ledger.stock.block(performanceId, blockId) };
}

function find(ledger: BookingLedger, performance: PerformanceFacts, { items }: Block): Found {
  const units: StockUnit[] = [];
  const taken = new Set<SeatId>();
  const missingSeats: SeatId[] = [];
  let missing = 0;
  const add = (found: readonly StockUnit[]) => {
    units.push(...found);
    for (const { seatId } of found) if (seatId !== null) taken.add(seatId);
  };
  for (const item of items) {
    if ('seatIds' in item) {
      for (const id of new Set(item.seatIds)) {
        const seat = performance.seatMap.seats.get(id);
        const isFree = seat !== undefined && !taken.has(id) && ledger.stock.ownerOf(performance.id, id) === null;
        if (isFree) add([unitOf(seat)]);
        else missingSeats.push(id);
      }
      continue;
    }
    const already = units.filter(({ categoryId }) => categoryId === item.categoryId).length;
    const found = findOfCategory(ledger, performance, { ...item, taken, already });
    add(found);
    missing += item.quantity - found.length;
  }
  return { units, missing: { seatIds: missingSeats, quantity: missing } };
}

/** Usual seats from the best row on, or places without a seat. */
function findOfCategory(
  ledger: BookingLedger,
  { id, categories, seatMap }: PerformanceFacts,
  {
    categoryId,
    quantity,
    taken,
    already,
  }: {
    readonly categoryId: CategoryId;
    readonly quantity: number;
    readonly taken: ReadonlySet<SeatId>;
    readonly already: number;
  },
): readonly StockUnit[] {
  if (categories.get(categoryId)?.kind !== 'reserved') {
    const free = Math.max(0, ledger.stock.free(id, categoryId) - already);
    return Array.from({ length: Math.min(quantity, free) }, () => ({ categoryId, seatId: null }));
  }
  const free = ledger.stock.view(id, { blocks: new Set(), pool: false });
  const seats: SeatSpot[] = [];
  for (const rowPart of seatMap.byCategory.get(categoryId) ?? []) {
    if (seats.length >= quantity) break;
    visitFreeRuns({ block: rowPart, free, least: 1 }, ({ from, to }) => {
      for (const seat of rowPart.seats.slice(from, to)) {
        if (seats.length < quantity && seat.categoryId === categoryId && !taken.has(seat.id)) seats.push(seat);
      }
    });
  }
  return seats.map(unitOf);
}

function generalLeft(ledger: BookingLedger, { performanceId, left }: BlockRecord): StockUnit[] {
  const categories = ledger.world.performances.get(performanceId)?.categories;
  return [...(categories?.values() ?? [])].flatMap(({ id: categoryId, kind }) =>
    kind === 'general' ? Array.from({ length: left[categoryId] ?? 0 }, () => ({ categoryId, seatId: null })) : [],
  );
}

function nothing({ items }: Block): Found {
  const seatIds = items.flatMap((item) => ('seatIds' in item ? item.seatIds : []));
  const quantity = items.reduce((sum, item) => sum + ('seatIds' in item ? 0 : item.quantity), 0);
  return { units: [], missing: { seatIds, quantity } };
}

function unitOf({ id, categoryId }: SeatSpot): StockUnit {
  return { categoryId, seatId: id };
}
