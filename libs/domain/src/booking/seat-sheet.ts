// The seats of a batch's working sheet: who owns which, as the batch stands. The first change of a performance copies its
// bytes, so that the world stays as it was read; a seat that was freed and taken again becomes one change of owner.
import type { BlockId, PerformanceId, SeatId } from '../ids.ts';
import {
  isBlockId,
  moveSeat,
  type Occupancy,
  SEAT_FREE,
  SEAT_KEPT_BACK,
  type SeatOwner,
  stateOf,
} from '../seats/occupancy.ts';
import type { SeatMap, SeatSpot } from '../seats/seat-map.ts';
import type { FreeSeats } from '../seats/seat-search.ts';
import type { BookingWorld } from './booking-world.ts';

export type ClaimChange = {
  readonly performanceId: PerformanceId;
  readonly seatId: SeatId;
  readonly from: SeatOwner | null;
  readonly to: SeatOwner | null;
};

/** What one buyer may see as free. */
export type SeatView = {
  /** Blocks whose seats the buyer may take. */
  readonly blocks: ReadonlySet<BlockId>;
  /** Accessible and companion seats, too. */
  readonly pool: boolean;
};

type Page = {
  readonly seatMap: SeatMap;
  readonly base: Occupancy;
  readonly owners: Map<number, SeatOwner | null>;
  copy: Pick<Occupancy, 'states' | 'roomOfBlock' | 'tally'> | null;
};

export type SeatSheet = ReturnType<typeof openSeatSheet>;

export function openSeatSheet(world: BookingWorld) {
  const pages = new Map<PerformanceId, Page | null>();

  function pageOf(performanceId: PerformanceId): Page | null {
    const known = pages.get(performanceId);
    if (known !== undefined) return known;
    const base = world.claims.get(performanceId);
    const seatMap = world.performances.get(performanceId)?.seatMap;
    const page = base === undefined || seatMap === undefined ? null : { seatMap, base, owners: new Map(), copy: null };
    pages.set(performanceId, page);
    return page;
  }

  return {
    ownerOf(performanceId: PerformanceId, seatId: SeatId): SeatOwner | null {
      const page = pageOf(performanceId);
      const seat = page?.seatMap.seats.get(seatId);
      return page === null || seat === undefined ? null : ownerAt(page, seat.index);
    },
    setOwner(performanceId: PerformanceId, seatId: SeatId, owner: SeatOwner | null): void {
      const page = pageOf(performanceId);
      const seat = page?.seatMap.seats.get(seatId);
      if (page === null || seat === undefined) return;
      page.copy ??= copyOf(page.base);
      page.owners.set(seat.index, owner);
      moveSeat(page.copy, seat, stateOf(owner));
    },
    /** The seats as one buyer sees them. */
    view(performanceId: PerformanceId, { blocks, pool }: SeatView): FreeSeats {
      const page = pageOf(performanceId);
      if (page === null) return { isFree: () => false, freeOfBlock: () => 0 };
      const { states, roomOfBlock } = page.copy ?? page.base;
      const { standard } = page.seatMap;
      return {
        isFree: (index) => {
          const state = states[index];
          if (state !== SEAT_FREE && (state !== SEAT_KEPT_BACK || !isOpen(page, index, blocks))) return false;
          return pool || standard[index] === 1;
        },
        freeOfBlock: ({ index }) => roomOfBlock[index] ?? 0,
      };
    },
    /** Free seats that are neither accessible nor for companions. */
    standardFree(performanceId: PerformanceId): number {
      const page = pageOf(performanceId);
      return page === null ? 0 : (page.copy ?? page.base).tally.standardFree;
    },
    seatsOwnedBy(performanceId: PerformanceId, owner: SeatOwner): readonly SeatSpot[] {
      const page = pageOf(performanceId);
      return page === null ? [] : page.seatMap.list.filter(({ index }) => ownerAt(page, index) === owner);
    },
    changes: (): ClaimChange[] =>
      [...pages].flatMap(([performanceId, page]) => (page === null ? [] : changesOf(performanceId, page))),
  };
}

function ownerAt({ owners, base }: Page, index: number): SeatOwner | null {
  const noted = owners.get(index);
  return noted === undefined ? (base.owners[index] ?? null) : noted;
}

function isOpen(page: Page, index: number, blocks: ReadonlySet<BlockId>): boolean {
  if (blocks.size === 0) return false;
  const owner = ownerAt(page, index);
  return owner !== null && isBlockId(owner) && blocks.has(owner);
}

/** A hall of 100,000 seats: one copy of 100 KB for a batch that changes it. */
function copyOf({ states, roomOfBlock, tally }: Occupancy): Pick<Occupancy, 'states' | 'roomOfBlock' | 'tally'> {
  return { states: states.slice(), roomOfBlock: roomOfBlock.slice(), tally: { ...tally } };
}

function changesOf(performanceId: PerformanceId, { owners, base, seatMap }: Page): ClaimChange[] {
  return [...owners].flatMap(([index, to]) => {
    const seat = seatMap.list[index];
    const from = base.owners[index] ?? null;
    return seat === undefined || from === to ? [] : [{ performanceId, seatId: seat.id, from, to }];
  });
}
