// A fan asks for seats. What can be judged without a store is judged here; everything else is the worker's, in order.
// Idempotent by booking id: fan, Idempotency-Key and performance.
import type { PerformanceRecord } from '@onsale/booking-mongo';
import type { BookingCommand, BookingRequest, PassHolder } from '@onsale/contracts';
import type { BookingId } from '@onsale/domain';
import { bookingIdOf } from '../booking-id.ts';
import { bodyHash } from './body-hash.ts';
import type { RecentRequests } from './recent-requests.ts';

export type RequestBookingDeps = {
  readonly recent: RecentRequests;
  /** The hash of the request that made this booking; null while none has been decided. */
  findBodyHash(bookingId: BookingId): Promise<string | null>;
  /** Resolves when the broker has confirmed. */
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

export type RequestBookingInput = {
  readonly performance: Pick<PerformanceRecord, '_id' | 'saleId'>;
  readonly seatsPerBooking: number;
  readonly buyer: PassHolder;
  readonly key: string;
  readonly body: BookingRequest;
  readonly trace: string;
};

export type RequestBookingOutcome =
  | { readonly kind: 'accepted'; readonly bookingId: BookingId }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'still_running' }
  | { readonly kind: 'not_on_sale' }
  | { readonly kind: 'too_many_seats' };

/** Throws what `publish` throws: then the request may be sent again, with the same key. */
export async function requestBooking(
  deps: RequestBookingDeps,
  input: RequestBookingInput,
): Promise<RequestBookingOutcome> {
  const { performance, buyer, key, body } = input;
  const { fanId } = buyer;
  const bookingId = bookingIdOf({ fanId, key, performanceId: performance._id });
  const hash = bodyHash(body);
  const recent = deps.recent.find(bookingId);
  const knownHash = recent?.bodyHash ?? (await deps.findBodyHash(bookingId));
  if (knownHash !== null && knownHash !== hash) return { kind: 'key_reused' };
  if (recent?.state === 'running') return { kind: 'still_running' };
  if (knownHash !== null) return { kind: 'accepted', bookingId };
  if (performance.saleId === null) return { kind: 'not_on_sale' };
  if (seatsOf(body) > input.seatsPerBooking) return { kind: 'too_many_seats' };
  // Nothing may be awaited between the last look and this note, else two equal requests could both pass.
  if (deps.recent.find(bookingId) !== undefined) return { kind: 'still_running' };
  deps.recent.begin(bookingId, hash);
  try {
    await deps.publish({
      type: 'reserve',
      version: 1,
      commandId: `reserve:${bookingId}`,
      acceptedAt: new Date(deps.now()).toISOString(),
      trace: input.trace,
      performanceId: performance._id,
      bookingId,
      saleId: performance.saleId,
      ...buyer,
      bodyHash: hash,
      items: body.items,
      contact: body.contact,
      ...(body.expectedTotal && { expectedTotal: body.expectedTotal }),
    });
  } catch (error) {
    deps.recent.forget(bookingId);
    throw error;
  }
  deps.recent.accept(bookingId);
  return { kind: 'accepted', bookingId };
}

function seatsOf({ items }: BookingRequest): number {
  return items.reduce((sum, item) => sum + ('seatIds' in item ? item.seatIds.length : item.quantity), 0);
}
