// Staff looks for a booking of a sale, by what its fan can tell: the number, a name, an address.
import { type Mongo, searchBookings } from '@onsale/booking-mongo';
import type { StaffBookingView } from '@onsale/contracts';
import type { BookingRecord, SaleId } from '@onsale/domain';
import { readSale } from '../ops/read-sale.ts';

/** Refuses with not_found for a sale that is none. */
export async function findBookings(
  deps: { readonly mongo: Mongo },
  { saleId, search }: { readonly saleId: SaleId; readonly search: string },
): Promise<readonly StaffBookingView[]> {
  const { performanceIds } = await readSale(deps, saleId);
  return (await searchBookings(deps.mongo, { performanceIds, search })).map(staffBookingView);
}

function staffBookingView(booking: BookingRecord): StaffBookingView {
  const { id, performanceId, state, contact, items, returned, total, channel, decidedAt } = booking;
  return {
    id,
    performanceId,
    state,
    contact,
    items: [...items],
    returned: [...returned],
    total,
    channel,
    decidedAt: new Date(decidedAt).toISOString(),
  };
}
