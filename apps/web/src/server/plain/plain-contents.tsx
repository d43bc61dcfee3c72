// What the pages beyond the line show to a browser without scripts, and what they are made of.
import { randomUUID } from 'node:crypto';
import type {
  AvailabilityView,
  BookingSummary,
  BookingView,
  EventView,
  PerformanceView,
  SaleView,
  TicketView,
} from '@onsale/contracts';
import type { ComponentChildren } from 'preact';
import { create } from 'qrcode';
import type { PaymentStarted } from '../../api/fan-api.ts';
import { BookingList } from '../../booking/bookings-page.tsx';
import { drawCodesWith } from '../../booking/qr-code.tsx';
import type { Show } from '../../booking/use-show.ts';
import type { ApiClient, Asker } from '../ask-api.ts';
import { PlainBooking, PlainPayElsewhere, paysElsewhere } from './plain-booking.tsx';
import { PlainDates, PlainShop } from './plain-shop.tsx';

export type PlainContents = {
  readonly content: () => ComponentChildren;
  readonly againAfterSeconds: number | null;
};

type PlainVisit = {
  readonly api: ApiClient;
  readonly asker: Asker;
  readonly params: Readonly<Record<string, string>>;
  readonly problem: string | null;
};

const ASK_AGAIN_SECONDS = 3;

drawCodesWith((text) => create(text, { errorCorrectionLevel: 'M' }).modules);

/** By the pattern of the page; null where a page has nothing to say without scripts. */
export async function plainContents(pattern: string, visit: PlainVisit): Promise<PlainContents | null> {
  switch (pattern) {
    case '/sales/:saleId/shop':
    case '/sales/:saleId/shop/:performanceId':
      return shop(visit);
    case '/bookings':
      return bookings(visit);
    case '/bookings/:bookingId':
      return booking(visit);
    case '/bookings/:bookingId/pay':
      return (await paymentElsewhere(visit)) ?? booking(visit);
    default:
      return null;
  }
}

async function shop({ api, params, problem }: PlainVisit): Promise<PlainContents | null> {
  const sale = await api.shared<SaleView>('getSale', { saleId: params.saleId ?? '' });
  if (sale.kind !== 'ok') return null;
  const event = await eventOf(api, sale.body);
  const only = sale.body.performanceIds.length === 1 ? sale.body.performanceIds[0] : undefined;
  const performanceId = params.performanceId ?? only;
  if (performanceId === undefined) {
    return { content: () => <PlainDates sale={sale.body} event={event} />, againAfterSeconds: null };
  }
  const [performance, availability] = await Promise.all([
    api.shared<PerformanceView>('getPerformance', { performanceId }),
    api.shared<AvailabilityView>('getAvailability', { performanceId }),
  ]);
  if (performance.kind !== 'ok') return null;
  const props = {
    sale: sale.body,
    event,
    performance: performance.body,
    availability: availability.kind === 'ok' ? availability.body : null,
    requestKey: randomUUID(),
    problem,
  };
  return { content: () => <PlainShop {...props} />, againAfterSeconds: null };
}

async function bookings({ api, asker }: PlainVisit): Promise<PlainContents> {
  const listed = await api.asFan<{ bookings: BookingSummary[] }>(asker, 'listBookings');
  const mine = listed.kind === 'ok' ? listed.body.bookings : [];
  return { content: () => <BookingList bookings={mine} />, againAfterSeconds: null };
}

/** Where one pays, for a payment that was begun with a provider elsewhere; asked again, it is the same payment. */
async function paymentElsewhere({ api, asker, params }: PlainVisit): Promise<PlainContents | null> {
  const bookingId = params.bookingId ?? '';
  const found = await api.asFan<BookingView>(asker, 'getBooking', { params: { bookingId } });
  if (found.kind !== 'ok' || !paysElsewhere(found.body)) return null;
  const started = await api.asFan<PaymentStarted>(asker, 'startPayment', { params: { bookingId } });
  if (started.kind !== 'ok' || started.body.action.kind !== 'redirect') return null;
  const { url } = started.body.action;
  return { content: () => <PlainPayElsewhere booking={found.body} url={url} />, againAfterSeconds: null };
}

async function booking({ api, asker, params, problem }: PlainVisit): Promise<PlainContents | null> {
  const bookingId = params.bookingId ?? '';
  const answer = await api.asFan<BookingView>(asker, 'getBooking', { params: { bookingId } });
  if (answer.kind !== 'ok') return null;
  const { state, payment } = answer.body;
  const [show, tickets] = await Promise.all([
    showOf(api, answer.body),
    state === 'confirmed'
      ? api.asFan<{ tickets: TicketView[] }>(asker, 'listBookingTickets', { params: { bookingId } })
      : null,
  ]);
  const props = { booking: answer.body, show, tickets: tickets?.kind === 'ok' ? tickets.body.tickets : [], problem };
  // The word of the bank comes by itself.
  const isMoving = state === 'requested' || (state === 'held' && payment !== null && payment.state !== 'failed');
  return { content: () => <PlainBooking {...props} />, againAfterSeconds: isMoving ? ASK_AGAIN_SECONDS : null };
}

async function showOf(api: ApiClient, { performanceId, saleId }: BookingView): Promise<Show | null> {
  const [performance, sale] = await Promise.all([
    api.shared<PerformanceView>('getPerformance', { performanceId }),
    api.shared<SaleView>('getSale', { saleId }),
  ]);
  if (performance.kind !== 'ok') return null;
  return { performance: performance.body, event: sale.kind === 'ok' ? await eventOf(api, sale.body) : null };
}

async function eventOf(api: ApiClient, sale: SaleView): Promise<EventView | null> {
  const event = await api.shared<EventView>('getEvent', { slug: sale.eventSlug });
  return event.kind === 'ok' ? event.body : null;
}
