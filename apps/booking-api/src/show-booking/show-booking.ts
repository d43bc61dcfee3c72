// The truth about one booking, for its fan only.
import type { MoneyOrderDocument, PaymentDocument } from '@onsale/booking-mongo';
import type { BookingView, TicketView } from '@onsale/contracts';
import {
  type BookingId,
  type BookingRecord,
  extendedEnd,
  type FanId,
  type HoldTerms,
  type PaymentId,
  type PerformanceId,
  type SaleId,
  shownHoldEnd,
} from '@onsale/domain';
import { isBookingIdOf } from '../booking-id.ts';
import { paymentView } from './payment-view.ts';

export type ShowBookingDeps = {
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  findPaymentOf(bookingId: BookingId): Promise<PaymentDocument | null>;
  /** What the provider was told to do with a payment. */
  ordersOf(paymentId: PaymentId): Promise<readonly MoneyOrderDocument[]>;
  ticketsOf(bookingId: BookingId): Promise<readonly TicketView[]>;
  /** Null for a sale that is not known. */
  holdTermsOf(saleId: SaleId): Promise<HoldTerms | null>;
  now(): number;
  /** Performances on sale, among which an undecided request is looked for. */
  onSale(): Promise<readonly { readonly _id: PerformanceId; readonly saleId: SaleId | null }[]>;
};

/** Null when there is no such booking or it is not this fan's. */
export async function showBooking(
  deps: ShowBookingDeps,
  { bookingId, fanId }: { readonly bookingId: BookingId; readonly fanId: FanId },
): Promise<BookingView | null> {
  const booking = await deps.findBooking(bookingId);
  if (booking === null) return undecidedView(deps, { bookingId, fanId });
  if (booking.fanId !== fanId) return null;
  const payment = await deps.findPaymentOf(bookingId);
  return {
    id: bookingId,
    saleId: booking.saleId,
    performanceId: booking.performanceId,
    state: booking.state,
    reason: booking.reason,
    items: [...booking.items],
    total: booking.total,
    holdExpiresAt: booking.holdExpiresAt === null ? null : new Date(shownHoldEnd(booking.holdExpiresAt)).toISOString(),
    mayExtend: await mayExtend(deps, booking),
    offered: booking.state === 'held' && booking.paymentId !== null,
    payment: payment === null ? null : paymentView(payment, await ordersOf(deps, payment)),
    returned: [...booking.returned],
    tickets: booking.state === 'confirmed' ? (await deps.ticketsOf(bookingId)).map(({ id }) => id) : [],
    alternatives: [...booking.alternatives],
  };
}

async function mayExtend(deps: ShowBookingDeps, booking: BookingRecord): Promise<boolean> {
  if (booking.state !== 'held') return false;
  const terms = await deps.holdTermsOf(booking.saleId);
  return terms !== null && extendedEnd(booking, 'fan', { ...terms, now: deps.now() }) !== null;
}

/** Asked for only where money has gone back: most payments never see an order. */
async function ordersOf(deps: ShowBookingDeps, { _id, refunded }: PaymentDocument) {
  return refunded === 0 ? [] : deps.ordersOf(_id);
}

/** The worker has not decided yet, so nothing is stored; the id itself tells whether it is this fan's. */
async function undecidedView(
  deps: ShowBookingDeps,
  { bookingId, fanId }: { readonly bookingId: BookingId; readonly fanId: FanId },
): Promise<BookingView | null> {
  const candidates = await deps.onSale();
  const performance = candidates.find(({ _id }) => isBookingIdOf(bookingId, { fanId, performanceId: _id }));
  if (performance === undefined || performance.saleId === null) return null;
  return {
    id: bookingId,
    saleId: performance.saleId,
    performanceId: performance._id,
    state: 'requested',
    reason: null,
    items: [],
    total: null,
    holdExpiresAt: null,
    mayExtend: false,
    offered: false,
    payment: null,
    returned: [],
    tickets: [],
    alternatives: [],
  };
}
