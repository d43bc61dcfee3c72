// How long a booking takes, from the accepted request to its outcome in the database, as each booking API sees it with
// its own clock. Written here because the database is what every process of the shop and the admitter share.
import type { SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type ShopDelayRecord = {
  /** process:sale */
  _id: string;
  saleId: SaleId;
  delayMs: number;
  /** Rises with every measurement: a reader knows a fresh one from a leftover without comparing clocks. */
  measured: number;
  seenAt: Date;
};

const FORGET_SECONDS = 3600;

const schema = new Schema<ShopDelayRecord>(
  {
    _id: { type: String, required: true },
    saleId: { type: String, required: true },
    delayMs: { type: Number, required: true },
    measured: { type: Number, required: true },
    seenAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1 });
schema.index({ seenAt: 1 }, { expireAfterSeconds: FORGET_SECONDS });
export const shopDelays = collection('shopDelays', schema);

export async function tellShopDelay(
  mongo: Mongo,
  { observer, saleId, delayMs }: { readonly observer: string; readonly saleId: SaleId; readonly delayMs: number },
): Promise<void> {
  await shopDelays(mongo).updateOne(
    { _id: `${observer}:${saleId}` },
    { $set: { saleId, delayMs }, $inc: { measured: 1 }, $currentDate: { seenAt: true } },
    { upsert: true },
  );
}

export async function readShopDelays(mongo: Mongo, saleId: SaleId): Promise<readonly ShopDelayRecord[]> {
  return shopDelays(mongo).find({ saleId }).lean<ShopDelayRecord[]>();
}
