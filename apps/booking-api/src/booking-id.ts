// A booking's id follows from the fan, the Idempotency-Key and the performance, so a repeated request means the same
// booking without any store being asked. Its second part lets us tell, before the worker has decided, whether an id that
// is asked for could be this fan's booking of a performance.
import { hash } from 'node:crypto';
import type { BookingId, FanId, PerformanceId } from '@onsale/domain';

const KEY_BYTES = 16; // 2^64 bookings until two are likely to collide
const CHECK_BYTES = 8;

export function bookingIdOf({
  fanId,
  key,
  performanceId,
}: {
  readonly fanId: FanId;
  readonly key: string;
  readonly performanceId: PerformanceId;
}): BookingId {
  const first = hash('sha256', `booking\n${fanId}\n${key}`, 'buffer').subarray(0, KEY_BYTES);
  return `bk_${Buffer.concat([first, check(first, fanId, performanceId)]).toString('base64url')}` as BookingId;
}

/** Whether the id was, or could have been, made for this fan and performance. */
export function isBookingIdOf(
  bookingId: BookingId,
  { fanId, performanceId }: { readonly fanId: FanId; readonly performanceId: PerformanceId },
): boolean {
  const bytes = Buffer.from(bookingId.slice(3), 'base64url');
  // One spelling only: a decoder forgives what an id may not.
  if (bytes.length !== KEY_BYTES + CHECK_BYTES || bookingId !== `bk_${bytes.toString('base64url')}`) return false;
  return check(bytes.subarray(0, KEY_BYTES), fanId, performanceId).equals(bytes.subarray(KEY_BYTES));
}

function check(first: Buffer, fanId: FanId, performanceId: PerformanceId): Buffer {
  const bytes = Buffer.concat([first, Buffer.from(`\n${fanId}\n${performanceId}`)]);
  return hash('sha256', bytes, 'buffer').subarray(0, CHECK_BYTES);
}
