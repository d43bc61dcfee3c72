// Between what the rules call a thing and how it is stored: an `id` and milliseconds against an `_id` and dates.
import {
  type BlockRecord,
  type BookingRecord,
  type Count,
  isBlockId,
  type PaymentRecord,
  type SeatOwner,
  SHOP_CHANNEL,
  type Ticket,
  ticketIdOf,
} from '@onsale/domain';
import type {
  BlockDocument,
  BookingDocument,
  ClaimDocument,
  CountDocument,
  PaymentDocument,
  TicketDocument,
} from './booking-collections.ts';

export function toBookingRecord({ _id, decidedAt, holdExpiresAt, items, ...rest }: BookingDocument): BookingRecord {
  return {
    ...rest,
    // What was written before there were extensions by reason, refunds in part and tickets on items.
    extendedBy: rest.extendedBy ?? [],
    code: rest.code ?? null,
    channel: rest.channel ?? SHOP_CHANNEL,
    tallies: rest.tallies ?? [],
    returned: rest.returned ?? [],
    items: items.map((item, ordinal) => ({
      ...item,
      ticketId: item.ticketId ?? (rest.state === 'confirmed' ? ticketIdOf(_id, ordinal) : null),
    })),
    id: _id,
    decidedAt: decidedAt.getTime(),
    holdExpiresAt: holdExpiresAt?.getTime() ?? null,
  };
}

export function toBookingDocument(booking: BookingRecord): BookingDocument {
  const { id, decidedAt, holdExpiresAt, items, alternatives, extendedBy, returned, tallies, ...rest } = booking;
  return {
    _id: id,
    ...rest,
    items: [...items],
    alternatives: [...alternatives],
    extendedBy: [...extendedBy],
    tallies: [...tallies],
    returned: [...returned],
    decidedAt: new Date(decidedAt),
    holdExpiresAt: holdExpiresAt === null ? null : new Date(holdExpiresAt),
  };
}

export function toPaymentRecord({ _id, bookingId, amount, state, refunded }: PaymentDocument): PaymentRecord {
  return { id: _id, bookingId, amount, state, refunded };
}

export function toCount({ performanceId, categoryId, capacity, held, sold, ...rest }: CountDocument): Count {
  const { blocked = 0, heldOfPool = 0 } = rest;
  return { performanceId, categoryId, capacity, held, sold, blocked, heldOfPool };
}

/** Null for a claim of nobody, which there should not be. */
export function ownerOfClaim({ bookingId, blockId }: Pick<ClaimDocument, 'bookingId' | 'blockId'>): SeatOwner | null {
  return bookingId ?? blockId ?? null;
}

export function claimFieldsOf(owner: SeatOwner): Pick<ClaimDocument, 'bookingId'> | Pick<ClaimDocument, 'blockId'> {
  return isBlockId(owner) ? { blockId: owner } : { bookingId: owner };
}

export function toBlockRecord({ _id, releaseAt, decidedAt, left, ...rest }: BlockDocument): BlockRecord {
  return {
    ...rest,
    id: _id,
    releaseAt: releaseAt?.getTime() ?? null,
    decidedAt: decidedAt.getTime(),
    left: Object.fromEntries(left.map(({ categoryId, quantity }) => [categoryId, quantity])),
  };
}

export function toBlockDocument({ id, releaseAt, decidedAt, left, missing, ...rest }: BlockRecord): BlockDocument {
  return {
    _id: id,
    ...rest,
    missing: { ...missing, seatIds: [...missing.seatIds] },
    releaseAt: releaseAt === null ? null : new Date(releaseAt),
    decidedAt: new Date(decidedAt),
    left: Object.entries<number>(left).map(([categoryId, quantity]) => ({
      categoryId: categoryId as BlockDocument['left'][number]['categoryId'],
      quantity,
    })),
  };
}

export function toTicketDocument({ id, ...rest }: Ticket): TicketDocument {
  return { _id: id, ...rest };
}

export function toTicket({ _id, ...rest }: TicketDocument): Ticket {
  return { ...rest, id: _id };
}
