// Stock and the rules of a booking: what may be kept back and for whom, who may sit where.
import { z } from 'zod';
import { categoryId, channel, codeId, codeSetId, phaseId, seatId, timestamp } from '../scalars.ts';

/** Of one item: a whole tier of an arena. */
export const STOCK_SEATS_MAX = 5_000;

export const stockToBlock = z.union([
  z.strictObject({ seatIds: z.array(seatId).min(1).max(STOCK_SEATS_MAX) }),
  z.strictObject({ categoryId, quantity: z.int().min(1).max(1_000_000) }),
]);

/** Who may take out of an allocation. */
export const audience = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phase'), phaseId }),
  z.strictObject({ kind: z.literal('code_set'), codeSetId }),
  z.strictObject({ kind: z.literal('code'), codeId }),
  z.strictObject({ kind: z.literal('channel'), channel }),
]);

export const seatingRules = z.strictObject({
  /** Numbered seats and places without a seat in one booking. */
  mixedBookings: z.boolean(),
  /** Chosen seats must be side by side while a row has room for that. */
  adjacentOnly: z.boolean(),
  /** A choice may not leave a single seat alone while another of its size avoids it. */
  noSingles: z.boolean(),
  /** When accessible and companion seats are sold like all others, and how many companions an accessible seat brings. */
  accessible: z.strictObject({
    releaseAt: timestamp.nullable(),
    whenRestSoldOut: z.boolean(),
    companionsPerSeat: z.int().min(0).max(4),
  }),
});

/** Over all performances of the sale. A limit that is absent is not there; mailboxes count however they are spelled. */
export const saleLimits = z.strictObject({
  seatsPerBooking: z.int().min(1).max(20),
  seatsPerFan: z.int().min(1).max(100),
  seatsPerEmail: z.int().min(1).max(100).optional(),
  seatsPerCode: z.int().min(1).max(1_000_000).optional(),
});
