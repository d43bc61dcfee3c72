// How often each code was used. Redis counts while the sale runs; this is what it counts on from when it was lost.
import type { SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type CodeUseRecord = {
  /** saleId:setNumber.serial */
  _id: string;
  saleId: SaleId;
  setNumber: number;
  serial: number;
  uses: number;
  /** Who used a code that is good for one place: the digest of the identity, base64; the same fan may use it again. */
  usedBy: string | null;
};

const schema = new Schema<CodeUseRecord>(
  {
    _id: { type: String, required: true },
    saleId: { type: String, required: true },
    setNumber: { type: Number, required: true },
    serial: { type: Number, required: true },
    uses: { type: Number, required: true },
    usedBy: { type: String, default: null },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1, setNumber: 1 });

export const codeUses = collection('codeUses', schema);

export type CodeUse = Omit<CodeUseRecord, '_id'>;

/** Idempotent, in any order: uses never fall, and who used a single code stays. */
export async function keepCodeUses(mongo: Mongo, used: readonly CodeUse[]): Promise<void> {
  if (used.length === 0) return;
  const writes = used.map(({ saleId, setNumber, serial, uses, usedBy }) => ({
    updateOne: {
      filter: { _id: `${saleId}:${setNumber}.${serial}` },
      update: { $max: { uses }, $setOnInsert: { saleId, setNumber, serial, usedBy } },
      upsert: true,
    },
  }));
  await codeUses(mongo).bulkWrite(writes, { ordered: false });
}

export async function findCodeUses(mongo: Mongo, saleId: SaleId): Promise<readonly CodeUse[]> {
  return codeUses(mongo).find({ saleId }).lean<CodeUseRecord[]>();
}

/** How many codes of each set were used at least once, by the number of the set. */
export async function countUsedCodes(mongo: Mongo, saleId: SaleId): Promise<ReadonlyMap<number, number>> {
  const counted = await codeUses(mongo).aggregate<{ _id: number; used: number }>([
    { $match: { saleId } },
    { $group: { _id: '$setNumber', used: { $sum: 1 } } },
  ]);
  return new Map(counted.map(({ _id, used }) => [_id, used]));
}
