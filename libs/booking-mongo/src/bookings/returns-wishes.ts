// Who would like to be told when tickets of a sale come back: one wish for each address, the newest counts.
import type { PerformanceId, SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

type ReturnsWishDocument = {
  /** sale:address in lower case. */
  _id: string;
  saleId: SaleId;
  email: string;
  quantity: number;
  /** Null for any of the sale. */
  performanceId: PerformanceId | null;
  locale: string | null;
  /** The order of being told is the order of first asking. */
  askedAt: Date;
};

const text = { type: String, required: true } as const;
const schema = new Schema<ReturnsWishDocument>(
  {
    _id: text,
    saleId: text,
    email: text,
    quantity: { type: Number, required: true },
    performanceId: { type: String, default: null },
    locale: { type: String, default: null },
    askedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1, askedAt: 1 });

export const returnsWishes = collection('returnsWishes', schema);

export type ReturnsWishInput = {
  readonly email: string;
  readonly quantity: number;
  readonly performanceId?: PerformanceId | undefined;
  readonly locale?: string | undefined;
};

export async function keepReturnsWish(
  mongo: Mongo,
  { saleId, wish, at }: { readonly saleId: SaleId; readonly wish: ReturnsWishInput; readonly at: Date },
): Promise<void> {
  const { email, quantity, performanceId = null, locale = null } = wish;
  await returnsWishes(mongo).updateOne(
    { _id: `${saleId}:${email.toLowerCase()}` },
    { $set: { email, quantity, performanceId, locale }, $setOnInsert: { saleId, askedAt: at } },
    { upsert: true, writeConcern: { w: 'majority' } },
  );
}
