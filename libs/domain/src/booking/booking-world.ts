// All that a batch of decisions may look at. Loaded in one snapshot by whoever runs `decide`; never changed by it.
import type {
  BlockId,
  BookingId,
  CategoryId,
  FanId,
  PaymentId,
  PerformanceId,
  PhaseId,
  SaleId,
  SeatId,
} from '../ids.ts';
import type { Money } from '../money.ts';
import type { Occupancy } from '../seats/occupancy.ts';
import type { SeatMap } from '../seats/seat-map.ts';
import type { BlockRecord } from './block-record.ts';
import type { BookingRecord, Count, PaymentRecord } from './booking-record.ts';
import type { SeatingRules } from './seating-rules.ts';

export type CategoryFacts = {
  readonly id: CategoryId;
  readonly name: string;
  readonly kind: 'reserved' | 'general';
  readonly price: Money;
};

export type PerformanceFacts = {
  readonly id: PerformanceId;
  readonly saleId: SaleId | null;
  /** Nothing of it is sold any more, and what was sold goes back. */
  readonly cancelled: boolean;
  readonly categories: ReadonlyMap<CategoryId, CategoryFacts>;
  readonly seatMap: SeatMap;
  readonly rules: SeatingRules;
};

export type SaleTerms = {
  /** Whether a fan inside the shop may take new stock now. */
  readonly sells: boolean;
  /** Staff takes no new bookings for now. */
  readonly halted: boolean;
  readonly limits: SaleLimits;
  /** The phase that runs now, and those that are over. */
  readonly phase: { readonly id: PhaseId; readonly seatsPerFan?: number | undefined } | null;
  readonly endedPhases: readonly PhaseId[];
  readonly holdMs: number;
  /** From the beginning of a hold to its latest end. */
  readonly holdMaxMs: number;
};

/** Of a whole sale, over all its performances. Absent: no such limit. */
export type SaleLimits = {
  readonly seatsPerBooking: number;
  readonly seatsPerFan: number;
  readonly seatsPerEmail?: number | undefined;
  readonly seatsPerCode?: number | undefined;
};

export type BookingWorld = {
  /** Milliseconds by the database's clock, read inside the same transaction. */
  readonly now: number;
  readonly performances: ReadonlyMap<PerformanceId, PerformanceFacts>;
  readonly sales: ReadonlyMap<SaleId, SaleTerms>;
  readonly bookings: ReadonlyMap<BookingId, BookingRecord>;
  readonly payments: ReadonlyMap<PaymentId, PaymentRecord>;
  /** Who has each seat of the performances with seats. */
  readonly claims: ReadonlyMap<PerformanceId, Occupancy>;
  readonly counts: ReadonlyMap<string, Count>;
  /** Seats a fan holds or has bought in a sale. */
  readonly fanSeats: ReadonlyMap<string, number>;
  /** Milliseconds that a fan's holds took in a sale, those that still run with their whole length. */
  readonly fanHeldMs: ReadonlyMap<string, number>;
  /** Seats counted under the keys that the requests count into. */
  readonly tallies: ReadonlyMap<string, number>;
  /** All blocks of the performances, those that are over too. */
  readonly blocks: ReadonlyMap<PerformanceId, ReadonlyMap<BlockId, BlockRecord>>;
};

export function countKey(performanceId: PerformanceId, categoryId: CategoryId): string {
  return `${performanceId}:${categoryId}`;
}

export function fanKey(saleId: SaleId, fanId: FanId): string {
  return `${saleId}:${fanId}`;
}

export function claimKey(performanceId: PerformanceId, seatId: SeatId): string {
  return `${performanceId}:${seatId}`;
}
