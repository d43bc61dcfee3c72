// What is known of a booking, its money and the stock it takes: the nouns of every decision.
import type {
  BlockId,
  BookingId,
  CategoryId,
  FanId,
  MoneyOrderId,
  PaymentId,
  PerformanceId,
  SaleId,
  SeatId,
  TicketId,
} from '../ids.ts';
import type { Money } from '../money.ts';
import type { FanCode } from './block-record.ts';
import type { BookingState, RejectionReason } from './booking-state.ts';

/** One seat or one general-admission unit with the price at the moment of the decision. */
export type BookedItem = {
  readonly categoryId: CategoryId;
  /** Null for general admission. */
  readonly seatId: SeatId | null;
  readonly label: string;
  readonly price: Money;
  /** The allocation it was taken from, to which it returns; absent for what was free for all. */
  readonly blockId?: BlockId;
  /** Its ticket; null before it is bought. */
  readonly ticketId: TicketId | null;
};

/** Why a hold was prolonged: its fan asked for more time, or began to pay. */
export type ExtensionReason = 'fan' | 'payment';

export type Contact = { readonly name: string; readonly email: string };

export type BookingRecord = {
  readonly id: BookingId;
  readonly saleId: SaleId;
  readonly performanceId: PerformanceId;
  readonly fanId: FanId;
  readonly bodyHash: string;
  readonly state: BookingState;
  readonly reason: RejectionReason | null;
  readonly items: readonly BookedItem[];
  readonly total: Money | null;
  readonly contact: Contact;
  /** Milliseconds by the database's clock; of a held booking the beginning of its hold. */
  readonly decidedAt: number;
  /** The true end of the hold; null unless held. */
  readonly holdExpiresAt: number | null;
  /** Why the hold was prolonged, once for each reason at most. */
  readonly extendedBy: readonly ExtensionReason[];
  /** What was refunded and is no longer among the items. */
  readonly returned: readonly BookedItem[];
  /** The payment that confirmed it; of a held booking: paid late, these are the equal seats its fan is offered. */
  readonly paymentId: PaymentId | null;
  /** Seats offered instead when the wanted ones were gone; empty otherwise. */
  readonly alternatives: readonly SeatId[];
  /** How the fan came: the code of the pass, and where the request was made. */
  readonly code: FanCode | null;
  readonly channel: string;
  /** What its seats count into besides its fan's own count, as long as it has them. */
  readonly tallies: readonly string[];
};

/**
 * pending → succeeded where the provider takes the money at once; pending → authorised → succeeded where it is captured
 * after the booking is confirmed; → voided when an authorisation bought nothing; → failed.
 */
export type PaymentRecord = {
  readonly id: PaymentId;
  readonly bookingId: BookingId;
  readonly amount: Money;
  readonly state: 'pending' | 'authorised' | 'succeeded' | 'voided' | 'failed';
  /** Minor units that were decided to go back; the money orders tell how far each has come. */
  readonly refunded: number;
};

/** What a provider is told to do, exactly once in effect: decided with the booking, carried out by the jobs. */
export type MoneyOrder = {
  readonly id: MoneyOrderId;
  readonly kind: 'capture' | 'void' | 'refund';
  readonly paymentId: PaymentId;
  readonly bookingId: BookingId;
  readonly performanceId: PerformanceId;
  readonly amount: Money;
};

/** Stock of one category of one performance; free = capacity − held − sold − blocked. */
export type Count = {
  readonly performanceId: PerformanceId;
  readonly categoryId: CategoryId;
  readonly capacity: number;
  readonly held: number;
  readonly sold: number;
  /** Kept back by blocks. */
  readonly blocked: number;
  /** Of the held: accessible and companion seats. */
  readonly heldOfPool: number;
};

export type Ticket = {
  readonly id: TicketId;
  readonly bookingId: BookingId;
  readonly saleId: SaleId;
  readonly performanceId: PerformanceId;
  readonly fanId: FanId;
  readonly categoryId: CategoryId;
  readonly seatId: SeatId | null;
  readonly label: string;
};

/** Number `ordinal` (0-based) of a booking: the same ticket however often its confirmation is repeated. */
export function ticketIdOf(bookingId: BookingId, ordinal: number): TicketId {
  return `${bookingId.replace(/^bk_/, 'tk_')}.${ordinal}` as TicketId;
}

/** The fan is shown an earlier end than the true one, so that a click at the last moment still counts. */
const SHOWN_EARLIER_MS = 2_000;

export function shownHoldEnd(holdExpiresAt: number): number {
  return holdExpiresAt - SHOWN_EARLIER_MS;
}
