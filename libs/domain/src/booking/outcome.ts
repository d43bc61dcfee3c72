// What became of one command.
import type { BlockRecord } from './block-record.ts';
import type { BookingRecord } from './booking-record.ts';

export type Outcome =
  /** The state of the booking was settled by this command. */
  | { readonly kind: 'decided'; readonly booking: BookingRecord }
  /** The command had been decided before; the booking as it is now. */
  | { readonly kind: 'repeated'; readonly booking: BookingRecord }
  /** Nothing to do: the booking is unknown, or its state does not allow the command. */
  | { readonly kind: 'ignored'; readonly booking: BookingRecord | null; readonly why: IgnoredBecause }
  /** A command about kept-back stock: the block as it is now, null when it is unknown. */
  | { readonly kind: 'block'; readonly booking: null; readonly block: BlockRecord | null };

export type IgnoredBecause =
  | 'unknown_booking'
  | 'unknown_payment'
  | 'not_held'
  | 'not_due'
  | 'not_confirmed'
  | 'not_offered'
  | 'not_cancelled'
  | 'no_extension';
