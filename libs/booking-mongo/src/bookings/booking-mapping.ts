// Between what the rules call a thing and how it is stored: an `id` and milliseconds against an `_id` and dates.
import type { BookingRecord, Count, PaymentRecord, Ticket } from '@onsale/domain';
import type { BookingDocument, CountDocument, PaymentDocument, TicketDocument } from './booking-collections.ts';

export function toBookingRecord({ _id, decidedAt, holdExpiresAt, ...rest }: BookingDocument): BookingRecord {
  return {
    ...rest,
    extendedBy: rest.extendedBy ?? [],
    id: _id,
    decidedAt: decidedAt.getTime(),
    holdExpiresAt: holdExpiresAt?.getTime() ?? null,
  };
}

export function toBookingDocument(booking: BookingRecord): BookingDocument {
  const { id, decidedAt, holdExpiresAt, items, alternatives, extendedBy, ...rest } = booking;
  return {
    _id: id,
    ...rest,
    items: [...items],
    alternatives: [...alternatives],
    extendedBy: [...extendedBy],
    decidedAt: new Date(decidedAt),
    holdExpiresAt: holdExpiresAt === null ? null : new Date(holdExpiresAt),
  };
}

export function toPaymentRecord({ _id, bookingId, amount, state, refund }: PaymentDocument): PaymentRecord {
  return { id: _id, bookingId, amount, state, refund };
}

export function toCount({ performanceId, categoryId, capacity, held, sold }: CountDocument): Count {
  return { performanceId, categoryId, capacity, held, sold };
}

export function toTicketDocument({ id, ...rest }: Ticket): TicketDocument {
  return { _id: id, ...rest };
}

export function toTicket({ _id, ...rest }: TicketDocument): Ticket {
  return { ...rest, id: _id };
}
