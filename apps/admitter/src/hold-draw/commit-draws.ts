// Before a pre-queue opens, the hash of its draw's secret stands in the database for everybody to read. From then on
// the operator is bound to the secret without having told it.
import { type DrawRecord, draws, type Mongo, newDraw, type SaleRecord } from '@onsale/booking-mongo';

/** The draws of all phases of a sale; those that are missing are committed to now. Idempotent. */
export async function commitDraws(mongo: Mongo, sale: SaleRecord): Promise<readonly DrawRecord[]> {
  const known = await draws(mongo).find({ saleId: sale._id }).lean();
  const missing = sale.phases.filter(({ id }) => known.every(({ phaseId }) => phaseId !== id));
  if (missing.length === 0) return known;
  for (const { id } of missing) {
    const { _id, ...record } = newDraw({ saleId: sale._id, phaseId: id, publicDraw: null });
    await draws(mongo).updateOne({ _id }, { $setOnInsert: record }, { upsert: true });
  }
  return draws(mongo).find({ saleId: sale._id }).lean();
}
