// Fans who proved a mailbox: the same fan whenever the same mailbox is proven again, on whatever device.
import { randomBytes } from 'node:crypto';
import { confirmedFanPrefix, type FanId, type SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type ConfirmedFanRecord = {
  _id: FanId;
  /** saleId:address, or :address for all sales */
  mailbox: string;
  email: string;
  createdAt: Date;
};

const schema = new Schema<ConfirmedFanRecord>(
  {
    _id: { type: String, required: true },
    mailbox: { type: String, required: true },
    email: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ mailbox: 1 }, { unique: true });
export const confirmedFans = collection('confirmedFans', schema);

const ID_BYTES = 12;
const DUPLICATE_KEY = 11_000;

/** `saleId` null for all sales. */
export async function confirmedFan(
  mongo: Mongo,
  { email, saleId, now }: { readonly email: string; readonly saleId: SaleId | null; readonly now: Date },
): Promise<FanId> {
  const mailbox = `${saleId ?? ''}:${email.toLowerCase()}`;
  const fanId = `${confirmedFanPrefix(saleId)}${randomBytes(ID_BYTES).toString('base64url')}` as FanId;
  try {
    const fan = await confirmedFans(mongo)
      .findOneAndUpdate(
        { mailbox },
        { $setOnInsert: { _id: fanId, email: email.toLowerCase(), createdAt: now } },
        { upsert: true, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    return fan._id;
  } catch (error) {
    // Two links of one mailbox opened at the same moment: the other was first.
    if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
    return (await confirmedFans(mongo).findOne({ mailbox }).orFail().lean())._id;
  }
}
