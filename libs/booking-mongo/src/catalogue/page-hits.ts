// How often the pages of a sale are hit, as each process of the shop counts them: ever rising, so that a reader takes the
// difference between two looks and compares nobody's clock.
import type { SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type PageHitsRecord = {
  /** process:sale */
  _id: string;
  saleId: SaleId;
  hits: number;
  seenAt: Date;
};

const FORGET_SECONDS = 3600;

const schema = new Schema<PageHitsRecord>(
  {
    _id: { type: String, required: true },
    saleId: { type: String, required: true },
    hits: { type: Number, required: true },
    seenAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1 });
schema.index({ seenAt: 1 }, { expireAfterSeconds: FORGET_SECONDS });
export const pageHits = collection('pageHits', schema);

export async function addPageHits(
  mongo: Mongo,
  { observer, saleId, hits }: { readonly observer: string; readonly saleId: SaleId; readonly hits: number },
): Promise<void> {
  await pageHits(mongo).updateOne(
    { _id: `${observer}:${saleId}` },
    { $set: { saleId }, $inc: { hits }, $currentDate: { seenAt: true } },
    { upsert: true },
  );
}

export async function readPageHits(mongo: Mongo, saleId: SaleId): Promise<readonly PageHitsRecord[]> {
  return pageHits(mongo).find({ saleId }).lean<PageHitsRecord[]>();
}
