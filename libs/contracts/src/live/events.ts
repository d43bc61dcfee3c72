// Live events on Socket.IO, path /live, websocket only. Every event may be lost or repeated: the routes are the truth.
import { bookingStates, rejectionReasons } from '@onsale/domain';
import { z } from 'zod';
import { placeView } from '../http/fan.ts';
import { audience } from '../http/stock.ts';
import { lineDocument } from '../line-document.ts';
import { bookingId, categoryId, performanceId, saleId, seatId, timestamp } from '../scalars.ts';

export const LIVE_PATH = '/live';

export const liveAuth = z.strictObject({
  fan: z.string().max(512).optional(),
  place: z.string().max(512).optional(),
  pass: z.string().max(2048).optional(),
});

export const bookingEvent = z.strictObject({
  bookingId,
  state: z.enum(bookingStates),
  reason: z.enum(rejectionReasons).nullable().optional(),
  holdExpiresAt: timestamp.nullable().optional(),
});
export type BookingEvent = z.infer<typeof bookingEvent>;

export const availabilityEvent = z.strictObject({
  performanceId,
  /** What these changes begin from; who knows an older version has missed some and asks the route. */
  since: z.int().optional(),
  version: z.int(),
  taken: z.array(seatId),
  released: z.array(seatId),
  /** Of the categories that changed, as they are now for everybody. */
  free: z.array(z.strictObject({ categoryId, free: z.int() })).optional(),
  /**
   * Of allocations that changed: which of the taken seats are free to those who came with such a code or by such a
   * channel, and how much of each category, numbered or not, is still kept for them beside what everybody may have.
   */
  allocated: z
    .array(
      z.strictObject({
        audience,
        seatIds: z.array(seatId),
        free: z.array(z.strictObject({ categoryId, free: z.int() })),
      }),
    )
    .optional(),
});
export type AvailabilityEvent = z.infer<typeof availabilityEvent>;

export const serverEvents = {
  line: lineDocument,
  place: placeView.omit({ placeToken: true }),
  booking: bookingEvent,
  availability: availabilityEvent,
  notice: z.strictObject({ saleId, notice: z.string().nullable() }),
  /** A connection that is lost is made anew at a random moment within this time; the last one heard counts. */
  reconnect: z.strictObject({ withinSeconds: z.number().positive() }),
} as const;

export const clientEvents = { 'check-in': z.strictObject({}) } as const;

/** Rooms of the live server. */
export const rooms = {
  fan: (id: string): string => `fan:${id}`,
  place: (sale: string, index: number): string => `place:${sale}:${index}`,
  line: (sale: string): string => `line:${sale}`,
  shop: (sale: string): string => `shop:${sale}`,
} as const;
