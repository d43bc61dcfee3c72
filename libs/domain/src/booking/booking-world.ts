// All that a batch of decisions may look at. Loaded in one snapshot by whoever runs `decide`; never changed by it.
import type { BookingId, CategoryId, FanId, PaymentId, PerformanceId, SaleId, SeatId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { BookingRecord, Count, PaymentRecord } from './booking-record.ts';
import type { Occupancy } from './occupancy.ts';
import type { SeatMap } from './seat-map.ts';

export type CategoryFacts = {
  readonly id: CategoryId;
  readonly name: string;
  readonly kind: 'reserved' | 'general';
  readonly price: Money;
};

export type PerformanceFacts = {
  readonly id: PerformanceId;
  readonly saleId: SaleId | null;
  readonly categories: ReadonlyMap<CategoryId, CategoryFacts>;
  readonly seatMap: SeatMap;
};

export type SaleTerms = {
  /** Whether a fan inside the shop may take new stock now. */
  readonly sells: boolean;
  readonly limits: { readonly seatsPerBooking: number; readonly seatsPerFan: number };
  readonly holdMs: number;
  /** From the beginning of a hold to its latest end. */
  readonly holdMaxMs: number;
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
