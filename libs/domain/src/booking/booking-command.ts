// The commands that change stock, as the rules see them. The wire form with its envelope is in contracts.
import type {
  BlockId,
  BookingId,
  CategoryId,
  FanId,
  PaymentId,
  PerformanceId,
  SaleId,
  SeatId,
  TicketId,
} from '../ids.ts';
import type { Money } from '../money.ts';
import type { Audience, FanCode } from './block-record.ts';
import type { Contact, ExtensionReason } from './booking-record.ts';

/**
 * Seats by name, so many of a price, or so many of any of these prices in the order of the fan's wishes. `accessible`: how many of them are for people who need an accessible seat; none when absent.
 */
export type WantedItem = (
  | { readonly seatIds: readonly SeatId[] }
  | { readonly categoryId: CategoryId; readonly quantity: number }
  | { readonly categoryIds: readonly CategoryId[]; readonly quantity: number }
) & { readonly accessible?: number | undefined };

/** Seats by name, or so many of a category. */
export type StockToBlock =
  | { readonly seatIds: readonly SeatId[] }
  | { readonly categoryId: CategoryId; readonly quantity: number };

type About = { readonly performanceId: PerformanceId; readonly bookingId: BookingId };

export type Reserve = About & {
  readonly type: 'reserve';
  readonly saleId: SaleId;
  readonly fanId: FanId;
  readonly bodyHash: string;
  readonly items: readonly WantedItem[];
  readonly contact: Contact;
  /** The access code of the fan's pass. */
  readonly code?: FanCode | undefined;
  /** The shop when absent. */
  readonly channel?: string | undefined;
  /** What the fan was shown; refused when it costs something else now, or more where several prices were accepted. */
  readonly expectedTotal?: Money | undefined;
};
export type Confirm = About & {
  readonly type: 'confirm';
  readonly paymentId: PaymentId;
  readonly amount: Money;
  /** False when the money is only authorised and waits to be captured. */
  readonly captured: boolean;
};
/** The fan takes the equal seats that were kept for money that came too late. */
export type Accept = About & { readonly type: 'accept' };
export type Release = About & { readonly type: 'release'; readonly by: 'fan' | 'staff' };
export type Expire = About & { readonly type: 'expire' };
export type Extend = About & {
  readonly type: 'extend';
  readonly by: ExtensionReason;
  /** Of the payment that began; null when the fan asks for time. */
  readonly paymentId: PaymentId | null;
};
export type Refund = About & {
  readonly type: 'refund';
  readonly paymentId: PaymentId;
  /** Null for all that is left. */
  readonly ticketIds: readonly TicketId[] | null;
};
/** The performance does not take place. */
export type Cancel = About & { readonly type: 'cancel' };

type AboutBlock = { readonly performanceId: PerformanceId; readonly blockId: BlockId };

/** Staff keeps stock back: what of it is free is blocked, the rest is told. */
export type Block = AboutBlock & {
  readonly type: 'block';
  readonly items: readonly StockToBlock[];
  readonly label: string;
  readonly audience: Audience | null;
  /** Milliseconds since 1970. */
  readonly releaseAt: number | null;
  readonly requestedBy: string;
};
/** Gives back what is left of a block, or only these seats of it. */
export type Unblock = AboutBlock & { readonly type: 'unblock'; readonly seatIds: readonly SeatId[] | null };

export type BlockCommand = Block | Unblock;
export type StockCommand = Reserve | Confirm | Accept | Release | Expire | Extend | Refund | Cancel | BlockCommand;
