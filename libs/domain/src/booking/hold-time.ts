// How long seats may be held: by one booking, which may be prolonged once by its fan and once by paying, and by one fan
// in a sale, so that letting go and holding again cannot keep seats for ever. Times in milliseconds.
import type { BookingRecord, ExtensionReason } from './booking-record.ts';
import type { SaleTerms } from './booking-world.ts';

/** A hold lives at least this long from the moment its fan begins to pay. */
export const PAYING_MS = 180_000;
/** Holds that came to nothing may take so many times the longest hold, of one fan in one sale together. */
const LONGEST_HOLDS_PER_FAN = 3;

/** From the beginning of a hold to its latest end, all extensions included. Without the organizer's word: twice a hold. */
export function longestHoldMs({
  holdSeconds,
  holdMaxSeconds,
}: {
  readonly holdSeconds: number;
  readonly holdMaxSeconds?: number | null | undefined;
}): number {
  const holdMs = holdSeconds * 1000;
  return Math.max(holdMs, (holdMaxSeconds ?? 0) * 1000 || Math.max(2 * holdMs, holdMs + PAYING_MS));
}

export type HoldTerms = Pick<SaleTerms, 'holdMs' | 'holdMaxMs'>;

/** The end of the hold after this extension; null where there is none to have. A hold is never shortened. */
export function extendedEnd(
  { state, decidedAt, holdExpiresAt, extendedBy }: BookingRecord,
  by: ExtensionReason,
  { holdMs, holdMaxMs, now }: HoldTerms & { readonly now: number },
): number | null {
  if (state !== 'held' || holdExpiresAt === null || now >= holdExpiresAt || extendedBy.includes(by)) return null;
  const wished = by === 'fan' ? holdExpiresAt + holdMs : now + PAYING_MS;
  const end = Math.min(wished, decidedAt + holdMaxMs);
  return end > holdExpiresAt ? end : null;
}

/** Whether a fan whose holds took this long may begin another one. */
export function mayHoldAgain(heldMs: number, { holdMs, holdMaxMs }: HoldTerms): boolean {
  return heldMs + holdMs <= LONGEST_HOLDS_PER_FAN * holdMaxMs;
}

/** What a hold was charged to its fan when it was given. */
export function chargedMs({ decidedAt, holdExpiresAt }: BookingRecord): number {
  return holdExpiresAt === null ? 0 : Math.max(0, holdExpiresAt - decidedAt);
}

/** What a hold that ends now did not use. */
export function unusedMs({ holdExpiresAt }: BookingRecord, now: number): number {
  return holdExpiresAt === null ? 0 : Math.max(0, holdExpiresAt - now);
}
