import { findSale, type Mongo, type SaleRecord } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import { refuse } from '../errors.ts';

/** Refuses with not_found. */
export async function readSale({ mongo }: { readonly mongo: Mongo }, saleId: SaleId): Promise<SaleRecord> {
  const sale = await findSale(mongo, saleId);
  return sale ?? refuse('not_found');
}
