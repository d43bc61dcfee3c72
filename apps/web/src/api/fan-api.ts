// The fan's routes. Paths and methods stand here as text so that a waiting page need not carry the contract's schemas;
// routes.test.ts holds them against the contract.
import type {
  AvailabilityView,
  BookingRequest,
  BookingSummary,
  BookingView,
  CheckedInView,
  CrowdedView,
  EventView,
  FairnessView,
  JoinBody,
  JoinedView,
  LineDocument,
  MoveLinkView,
  PassView,
  PerformanceView,
  PlaceView,
  ReturnsWish,
  SaleView,
  SandboxOutcome,
  TicketView,
} from '@onsale/contracts';
import { type Answer, pathOf, request } from './request.ts';

export const fanPaths = {
  listEvents: ['GET', '/api/v1/events'],
  getEvent: ['GET', '/api/v1/events/{slug}'],
  getSale: ['GET', '/api/v1/sales/{saleId}'],
  joinLine: ['POST', '/api/v1/sales/{saleId}/places'],
  getPlace: ['GET', '/api/v1/sales/{saleId}/place'],
  checkIn: ['POST', '/api/v1/sales/{saleId}/place/check-in'],
  sayAway: ['POST', '/api/v1/sales/{saleId}/place/away'],
  deferPlace: ['POST', '/api/v1/sales/{saleId}/place/defer'],
  endDeferral: ['DELETE', '/api/v1/sales/{saleId}/place/defer'],
  makeMoveLink: ['POST', '/api/v1/sales/{saleId}/place/move-link'],
  takeOverPlace: ['POST', '/api/v1/sales/{saleId}/place/take-over'],
  takeBackPlace: ['POST', '/api/v1/sales/{saleId}/place/take-back'],
  leaveLine: ['DELETE', '/api/v1/sales/{saleId}/place'],
  getLine: ['GET', '/api/v1/sales/{saleId}/line'],
  getFairness: ['GET', '/api/v1/sales/{saleId}/fairness'],
  leaveAddress: ['POST', '/api/v1/sales/{saleId}/returns'],
  getCrowded: ['GET', '/api/v1/sales/{saleId}/fairness/{phaseId}/crowded'],
  takePass: ['POST', '/api/v1/sales/{saleId}/pass'],
  leaveShop: ['DELETE', '/api/v1/sales/{saleId}/pass'],
  getPerformance: ['GET', '/api/v1/performances/{performanceId}'],
  getAvailability: ['GET', '/api/v1/performances/{performanceId}/availability'],
  requestBooking: ['POST', '/api/v1/performances/{performanceId}/bookings'],
  listBookings: ['GET', '/api/v1/bookings'],
  getBooking: ['GET', '/api/v1/bookings/{bookingId}'],
  releaseBooking: ['DELETE', '/api/v1/bookings/{bookingId}'],
  extendHold: ['POST', '/api/v1/bookings/{bookingId}/extension'],
  acceptOffer: ['POST', '/api/v1/bookings/{bookingId}/acceptance'],
  startPayment: ['POST', '/api/v1/bookings/{bookingId}/payment'],
  decideSandboxPayment: ['POST', '/api/v1/payments/sandbox/{paymentId}'],
  listBookingTickets: ['GET', '/api/v1/bookings/{bookingId}/tickets'],
  getTicket: ['GET', '/api/v1/tickets/{ticketId}'],
} as const;

type RouteName = keyof typeof fanPaths;

/** The address of a route with its parameters filled in: the name of an answer that came with the page. */
export const fanPath = (name: RouteName, params: Readonly<Record<string, string>> = {}): string =>
  pathOf(fanPaths[name][1], params);

type Extra = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly query?: string };

function call<Body>(
  name: RouteName,
  params: Readonly<Record<string, string>> = {},
  extra: Extra = {},
): Promise<Answer<Body>> {
  const [method, template] = fanPaths[name];
  const { query = '', ...rest } = extra;
  return request<Body>(pathOf(template, params) + query, { method, ...rest });
}

export type PaymentStarted = {
  readonly paymentId: string;
  readonly provider: string;
  readonly action: { readonly kind: 'sandbox' | 'redirect'; readonly url: string };
};

export const fanApi = {
  listEvents: () => call<{ events: EventView[] }>('listEvents'),
  getEvent: (slug: string) => call<EventView>('getEvent', { slug }),
  getSale: (saleId: string) => call<SaleView>('getSale', { saleId }),
  joinLine: (saleId: string, body: JoinBody) => call<JoinedView>('joinLine', { saleId }, { body }),
  getPlace: (saleId: string) => call<PlaceView>('getPlace', { saleId }),
  deferPlace: (saleId: string, minutes: number) => call<PlaceView>('deferPlace', { saleId }, { body: { minutes } }),
  endDeferral: (saleId: string) => call<PlaceView>('endDeferral', { saleId }),
  makeMoveLink: (saleId: string) => call<MoveLinkView>('makeMoveLink', { saleId }),
  takeOverPlace: (saleId: string, moveToken: string) =>
    call<JoinedView>('takeOverPlace', { saleId }, { body: { moveToken } }),
  takeBackPlace: (saleId: string) => call<JoinedView>('takeBackPlace', { saleId }),
  checkIn: (saleId: string) => call<CheckedInView>('checkIn', { saleId }),
  leaveLine: (saleId: string) => call<void>('leaveLine', { saleId }),
  getLine: (saleId: string) => call<LineDocument>('getLine', { saleId }),
  getFairness: (saleId: string, index?: number) =>
    call<FairnessView>('getFairness', { saleId }, index === undefined ? {} : { query: `?index=${index}` }),
  leaveAddress: (saleId: string, body: ReturnsWish) => call<unknown>('leaveAddress', { saleId }, { body }),
  getCrowded: (saleId: string, phaseId: string) => call<CrowdedView>('getCrowded', { saleId, phaseId }),
  takePass: (saleId: string) => call<PassView>('takePass', { saleId }),
  leaveShop: (saleId: string) => call<void>('leaveShop', { saleId }),
  getPerformance: (performanceId: string) => call<PerformanceView>('getPerformance', { performanceId }),
  getAvailability: (performanceId: string) => call<AvailabilityView>('getAvailability', { performanceId }),
  requestBooking: (performanceId: string, body: BookingRequest, idempotencyKey: string) =>
    call<{ bookingId: string }>(
      'requestBooking',
      { performanceId },
      { body, headers: { 'idempotency-key': idempotencyKey } },
    ),
  listBookings: () => call<{ bookings: BookingSummary[] }>('listBookings'),
  getBooking: (bookingId: string) => call<BookingView>('getBooking', { bookingId }),
  releaseBooking: (bookingId: string) => call<unknown>('releaseBooking', { bookingId }),
  extendHold: (bookingId: string) => call<unknown>('extendHold', { bookingId }),
  acceptOffer: (bookingId: string) => call<unknown>('acceptOffer', { bookingId }),
  startPayment: (bookingId: string) => call<PaymentStarted>('startPayment', { bookingId }),
  decideSandboxPayment: (paymentId: string, outcome: SandboxOutcome) =>
    call<unknown>('decideSandboxPayment', { paymentId }, { body: { outcome } }),
  listTickets: (bookingId: string) => call<{ tickets: TicketView[] }>('listBookingTickets', { bookingId }),
  getTicket: (ticketId: string) => call<TicketView>('getTicket', { ticketId }),
} as const;
