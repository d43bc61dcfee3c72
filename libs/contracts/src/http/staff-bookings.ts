// Staff looks for the bookings of a sale: by number, by name, by address.
import { bookingStates } from '@onsale/domain';
import { z } from 'zod';
import { bookingId, money, performanceId, saleId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';
import { bookingItem, contact } from './shop.ts';

export const staffBookingView = z.strictObject({
  id: bookingId,
  performanceId,
  state: z.enum(bookingStates),
  contact,
  items: z.array(bookingItem),
  /** What was given back; no longer among the items. */
  returned: z.array(bookingItem),
  total: money.nullable(),
  channel: z.string(),
  decidedAt: timestamp,
});
export type StaffBookingView = z.infer<typeof staffBookingView>;

export const staffBookingRoutes = {
  findBookings: defineRoute({
    app: 'console-api',
    credential: 'staff',
    id: 'findBookings',
    method: 'get',
    path: '/api/v1/organizer/sales/{saleId}/bookings',
    summary:
      'Bookings of a sale whose number is this, or whose name or address holds this text; newest first, at most 50.',
    params: z.strictObject({ saleId }),
    query: z.strictObject({ search: z.string().trim().min(3).max(254) }),
    replies: { 200: z.strictObject({ bookings: z.array(staffBookingView) }) },
    errors: ['unauthenticated', 'forbidden', 'not_found'],
  }),
} as const;
