import { shopRoutes, type TicketView } from '@onsale/contracts';
import type { BookingId, BookingRecord, FanId, TicketId } from '@onsale/domain';
import { bindRoute, ProblemError } from '@onsale/runtime';
import type { FanGate } from '../credentials.ts';

export type ShowTicketsDeps = {
  readonly fanOf: FanGate;
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  ticketsOf(bookingId: BookingId): Promise<readonly TicketView[]>;
  /** Null when there is no such ticket or it is not this fan's. */
  ticketFor(ticketId: TicketId, fanId: FanId): Promise<TicketView | null>;
};

export const showTicketsRoutes = (deps: ShowTicketsDeps) => [
  bindRoute(shopRoutes.listBookingTickets, async ({ params, request }) => {
    const fanId = deps.fanOf(request);
    const booking = await deps.findBooking(params.bookingId);
    if (booking === null || booking.fanId !== fanId) throw new ProblemError('not_found');
    return { status: 200, body: { tickets: await deps.ticketsOf(booking.id) } };
  }),
  bindRoute(shopRoutes.getTicket, async ({ params, request }) => {
    const ticket = await deps.ticketFor(params.ticketId, deps.fanOf(request));
    if (ticket === null) throw new ProblemError('not_found');
    return { status: 200, body: ticket };
  }),
];
