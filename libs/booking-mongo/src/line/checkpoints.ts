// What the line needs to rise again when Redis was lost: the highest index that may have been given out, the highest
// number called, and the epoch that tells fans to present their tokens again.
import type { SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type CheckpointRecord = {
  _id: SaleId;
  /** Indexes below this may have been given out; raised before a block of them is used. */
  leasedIndexes: number;
  /** The highest number that may have been called; raised before the call. */
  served: number;
  /** Numbers up to here were called for sure. A line that says less is an older copy. */
  calledUpTo: number;
  /** Numbers up to here had their call, and its window has passed. */
  expiredUpTo: number;
  /** How often the line was opened; raised before each opening. */
  epoch: number;
  updatedAt: Date;
};

const schema = new Schema<CheckpointRecord>(
  {
    _id: { type: String, required: true },
    leasedIndexes: { type: Number, required: true },
    served: { type: Number, required: true },
    calledUpTo: { type: Number, default: 0 },
    expiredUpTo: { type: Number, required: true },
    epoch: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

export const checkpoints = collection('checkpoints', schema);

/** Makes the checkpoint of a new sale, and raises the epoch: the line is about to be opened from what this returns. */
export async function raiseEpoch(mongo: Mongo, saleId: SaleId, now: Date): Promise<CheckpointRecord> {
  return await checkpoints(mongo)
    .findOneAndUpdate(
      { _id: saleId },
      {
        $inc: { epoch: 1 },
        $set: { updatedAt: now },
        $setOnInsert: { leasedIndexes: 0, served: 0, calledUpTo: 0, expiredUpTo: 0 },
      },
      { upsert: true, returnDocument: 'after' },
    )
    .orFail()
    .lean();
}

/** Before the indexes below this are given out. The mark never falls. */
export async function raiseLeasedIndexes(
  mongo: Mongo,
  { saleId, leasedIndexes, now }: { readonly saleId: SaleId; readonly leasedIndexes: number; readonly now: Date },
): Promise<void> {
  await checkpoints(mongo).updateOne({ _id: saleId }, { $max: { leasedIndexes }, $set: { updatedAt: now } });
}

export type ServedMarks = {
  readonly saleId: SaleId;
  readonly served: number;
  readonly calledUpTo: number;
  readonly expiredUpTo: number;
  readonly now: Date;
};

/** Before the numbers up to `served` are called. The marks never fall. */
export async function raiseServed(mongo: Mongo, { saleId, now, ...marks }: ServedMarks): Promise<void> {
  await checkpoints(mongo).updateOne({ _id: saleId }, { $max: marks, $set: { updatedAt: now } });
}
