// Turns what staff wants given back into commands, again and again until the worker has decided all of it. What is left
// to do is read from the bookings each time, so a run that dies, or is repeated, does no harm.
import type { RefundRequestDocument } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import type { BookingId, BookingRecord, PerformanceId } from '@onsale/domain';

export type GiveBackDeps = {
  findOpenRequests(limit: number): Promise<readonly RefundRequestDocument[]>;
  findBooking(bookingId: BookingId): Promise<BookingRecord | null>;
  findBookingsToCancel(what: { performanceId: PerformanceId; limit: number }): Promise<readonly BookingId[]>;
  noteDone(requestId: string): Promise<void>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

const REQUESTS_MAX = 100;
/** Of one performance in one run; the next comes a second later. */
const BOOKINGS_MAX = 500;
/** A transaction that began before a cancellation may still have given a hold. */
const SETTLE_MS = 30_000;

export async function giveBack(deps: GiveBackDeps): Promise<void> {
  for (const request of await deps.findOpenRequests(REQUESTS_MAX)) {
    const { bookingId } = request;
    const isDone =
      bookingId === null ? await cancelBookings(deps, request) : await refundBooking(deps, request, bookingId);
    if (isDone) await deps.noteDone(request._id);
  }
}

async function refundBooking(
  deps: GiveBackDeps,
  { _id, ticketIds }: RefundRequestDocument,
  bookingId: BookingId,
): Promise<boolean> {
  const booking = await deps.findBooking(bookingId);
  if (booking === null || booking.state !== 'confirmed' || booking.paymentId === null) return true;
  const left = booking.items.filter(({ ticketId }) => ticketId !== null && (ticketIds?.includes(ticketId) ?? true));
  if (left.length === 0) return true;
  const { performanceId, paymentId } = booking;
  await deps.publish({
    ...envelope(deps, { id: _id, performanceId, bookingId }),
    type: 'refund',
    paymentId,
    ticketIds,
  });
  return false;
}

async function cancelBookings(deps: GiveBackDeps, { performanceId, requestedAt }: RefundRequestDocument) {
  const left = await deps.findBookingsToCancel({ performanceId, limit: BOOKINGS_MAX });
  await Promise.all(
    left.map((bookingId) =>
      deps.publish({ ...envelope(deps, { id: `cancel:${bookingId}`, performanceId, bookingId }), type: 'cancel' }),
    ),
  );
  return left.length === 0 && deps.now() - requestedAt.getTime() > SETTLE_MS;
}

function envelope(
  { now }: Pick<GiveBackDeps, 'now'>,
  { id, ...about }: { readonly id: string; readonly performanceId: PerformanceId; readonly bookingId: BookingId },
) {
  return { ...about, version: 1 as const, commandId: id, acceptedAt: new Date(now()).toISOString(), trace: null };
}
