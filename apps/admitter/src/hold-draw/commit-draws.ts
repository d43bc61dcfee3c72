// Before a pre-queue opens, the hash of its draw's secret stands in the database for everybody to read. From then on
// the operator is bound to the secret without having told it.
import { randomBytes } from 'node:crypto';
import { type DrawRecord, draws, type Mongo, type SaleRecord } from '@onsale/booking-mongo';
import { commitment, DRAW_RULE, toHex } from '@onsale/domain';

const SECRET_BYTES = 32;
const SALT_BYTES = 16;

/** The draws of all phases of a sale; those that are missing are committed to now. Idempotent. */
export async function commitDraws(mongo: Mongo, sale: SaleRecord): Promise<readonly DrawRecord[]> {
  const known = await draws(mongo).find({ saleId: sale._id }).lean();
  const missing = sale.phases.filter(({ id }) => known.every(({ phaseId }) => phaseId !== id));
  if (missing.length === 0) return known;
  for (const { id } of missing) {
    const { _id, ...record } = newDraw(sale, id);
    await draws(mongo).updateOne({ _id }, { $setOnInsert: record }, { upsert: true });
  }
  return draws(mongo).find({ saleId: sale._id }).lean();
}

function newDraw(sale: SaleRecord, phaseId: DrawRecord['phaseId']): DrawRecord {
  const secret = randomBytes(SECRET_BYTES);
  return {
    _id: `${sale._id}:${phaseId}`,
    saleId: sale._id,
    phaseId,
    rule: DRAW_RULE,
    commitment: toHex(commitment(secret)),
    secret: toHex(secret),
    salt: randomBytes(SALT_BYTES).toString('hex'),
    publicValueSource: null,
    publicValue: null,
    firstIndex: null,
    size: null,
    root: null,
    frozenAt: null,
    seed: null,
    revealedAt: null,
  };
}
