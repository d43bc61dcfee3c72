// The admission decisions that changed something, with their reason in words; kept for operators.
import type { SaleId } from '@onsale/domain';
import { Schema, Types } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type DecisionRecord = {
  _id: Types.ObjectId;
  saleId: SaleId;
  at: Date;
  /** Fans called since the decision kept before. */
  count: number;
  reason: string;
  /** What automatic control would have done; null where that was done. */
  shadow?: { count: number; reason: string } | null;
};

const schema = new Schema<DecisionRecord>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    saleId: { type: String, required: true },
    at: { type: Date, required: true },
    count: { type: Number, required: true },
    reason: { type: String, required: true },
    shadow: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1, at: -1 });

export const decisions = collection('decisions', schema);

export async function keepDecision(mongo: Mongo, decision: Omit<DecisionRecord, '_id'>): Promise<void> {
  await decisions(mongo).create({ _id: new Types.ObjectId(), ...decision });
}
