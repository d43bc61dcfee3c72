// What waiting fans were promised in a sale and what came of it, as counts; published with the fairness record.
import { NO_PROMISES, type PromiseCounts, type SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

type PromisesRecord = { _id: SaleId } & PromiseCounts;

const schema = new Schema<PromisesRecord>(
  {
    _id: { type: String, required: true },
    waits: { type: Schema.Types.Mixed, required: true },
    chances: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
export const promises = collection('promises', schema);

export async function addPromises(mongo: Mongo, saleId: SaleId, { waits, chances }: PromiseCounts): Promise<void> {
  const of = (prefix: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => [`${prefix}.${name}`, count] as const);
  const added = [
    ...of('waits', waits),
    ...Object.entries(chances).flatMap(([kind, counts]) => of(`chances.${kind}`, counts)),
  ];
  await promises(mongo).updateOne({ _id: saleId }, { $inc: Object.fromEntries(added) }, { upsert: true });
}

/** Null until a promise was settled. */
export async function findPromises(mongo: Mongo, saleId: SaleId): Promise<PromiseCounts | null> {
  const record = await promises(mongo).findById(saleId).lean<PromisesRecord>();
  if (record === null) return null;
  return {
    waits: { ...NO_PROMISES.waits, ...record.waits },
    chances: { ...NO_PROMISES.chances, ...record.chances },
  };
}
