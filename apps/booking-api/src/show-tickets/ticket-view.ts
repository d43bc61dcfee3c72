// A ticket as its fan sees it. The QR payload is signed when it is shown: Ed25519 is deterministic, so it is the same
// each time, and no key has to be where bookings are decided.
import type { TicketView } from '@onsale/contracts';
import type { Ticket } from '@onsale/domain';
import { type PassKeys, signPayload } from '@onsale/pass';

export const TICKET_PURPOSE = 'ticket';

export function ticketView(
  keys: PassKeys,
  { id, bookingId, performanceId, categoryId, seatId, label }: Ticket,
): TicketView {
  const qr = signPayload(keys, TICKET_PURPOSE, {
    t: id,
    p: performanceId,
    c: categoryId,
    ...(seatId && { s: seatId }),
  });
  return { id, bookingId, performanceId, categoryId, seatId, label, qr };
}
