// The commands that change stock, as the rules see them. The wire form with its envelope is in contracts.
import type { BookingId, CategoryId, FanId, PaymentId, PerformanceId, SaleId, SeatId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Contact, ExtensionReason } from './booking-record.ts';

export type WantedItem =
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
};
export type Confirm = About & { readonly type: 'confirm'; readonly paymentId: PaymentId; readonly amount: Money };
export type Release = About & { readonly type: 'release'; readonly by: 'fan' | 'staff' };
export type Expire = About & { readonly type: 'expire' };
export type Extend = About & {
  readonly type: 'extend';
  readonly by: ExtensionReason;
  /** Of the payment that began; null when the fan asks for time. */
  readonly paymentId: PaymentId | null;
};
export type Refund = About & { readonly type: 'refund'; readonly paymentId: PaymentId };

export type StockCommand = Reserve | Confirm | Release | Expire | Extend | Refund;
