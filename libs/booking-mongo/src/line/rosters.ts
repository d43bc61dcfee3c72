// The frozen roster of a draw, kept so that every fan can be shown the way from the own leaf to the published root, also
// when Redis was lost or fans have left since. Identity digests end to end, in chunks that fit a document.
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { native } from '../native.ts';

export type RosterChunkRecord = { _id: string; drawId: string; chunk: number; digests: Buffer };

/** A document holds 16 MB at most; 8 MB leaves room and keeps the number of reads small. */
const CHUNK_BYTES = 8 * 1024 * 1024;

const schema = new Schema<RosterChunkRecord>(
  {
    _id: { type: String, required: true },
    drawId: { type: String, required: true },
    chunk: { type: Number, required: true },
    digests: { type: Buffer, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ drawId: 1, chunk: 1 });

export const rosters = collection('rosters', schema);

/** Kept before the root is published; repeating it before then is harmless. */
export async function keepRoster(
  mongo: Mongo,
  { drawId, roster }: { readonly drawId: string; readonly roster: Buffer },
): Promise<void> {
  for (let chunk = 0; chunk * CHUNK_BYTES < roster.length; chunk++) {
    const digests = roster.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES);
    await rosters(mongo).updateOne(
      { _id: `${drawId}:${chunk}` },
      { $set: { drawId, chunk, digests } },
      { upsert: true },
    );
  }
}

/** Empty when none was kept. */
export async function findRoster(mongo: Mongo, drawId: string): Promise<Buffer> {
  const chunks = await native(mongo, rosters)
    .find({ drawId }, { promoteBuffers: true, sort: { chunk: 1 } })
    .toArray();
  return Buffer.concat(chunks.map(({ digests }) => digests));
}
