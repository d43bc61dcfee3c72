// What the line needs to rise again when Redis was lost: the highest index that may have been given out, the highest
// number called, and the epoch that tells fans to present their tokens again.
import type { SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import { collection } from '../model.ts';

export type CheckpointRecord = {
  _id: SaleId;
  /** Indexes below this may have been given out; raised before a block of them is used. */
  leasedIndexes: number;
  served: number;
  epoch: number;
  updatedAt: Date;
};

const schema = new Schema<CheckpointRecord>(
  {
    _id: { type: String, required: true },
    leasedIndexes: { type: Number, required: true },
    served: { type: Number, required: true },
    epoch: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

export const checkpoints = collection('checkpoints', schema);
