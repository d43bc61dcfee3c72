// Which booking workers are alive: each says so every few seconds, by the database's clock.
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { native } from '../native.ts';
import { partitions } from './booking-collections.ts';
import { databaseTime } from './find-bookings.ts';

type WorkerDocument = { _id: string; seenAt: Date };

const schema = new Schema<WorkerDocument>(
  { _id: { type: String, required: true }, seenAt: { type: Date, required: true } },
  { versionKey: false, strict: 'throw' },
);
export const workers = collection('workers', schema);

/** A worker that was silent for this long does not count. */
const SILENT_MS = 10_000;
/** And after this long it is forgotten. */
const FORGET_MS = 600_000;

/** Says that this worker is alive and returns how many are, itself among them. */
export async function announceWorker(mongo: Mongo, owner: string): Promise<number> {
  const collection = native(mongo, workers);
  const mine = await collection.findOneAndUpdate({ _id: owner }, [{ $set: { seenAt: '$$NOW' } }], {
    upsert: true,
    returnDocument: 'after',
  });
  const now = mine?.seenAt.getTime() ?? 0;
  await collection.deleteMany({ seenAt: { $lt: new Date(now - FORGET_MS) } });
  return collection.countDocuments({ seenAt: { $gt: new Date(now - SILENT_MS) } });
}

export type PartitionOwner = { readonly partition: number; readonly owner: string; readonly heard: boolean };

/** The workers that are heard, and who owns which partition, taken at the same moment. */
export async function partitionOwners(
  mongo: Mongo,
): Promise<{ readonly workers: number; readonly owners: readonly PartitionOwner[] }> {
  const now = (await databaseTime(mongo)).getTime();
  const heard = await native(mongo, workers)
    .find({ seenAt: { $gt: new Date(now - SILENT_MS) } })
    .toArray();
  const alive = new Set(heard.map(({ _id }) => _id));
  const taken = await native(mongo, partitions)
    .find({}, { projection: { owner: 1 } })
    .sort({ _id: 1 })
    .toArray();
  return {
    workers: alive.size,
    owners: taken.map(({ _id, owner }) => ({ partition: _id, owner, heard: alive.has(owner) })),
  };
}

/** A worker that stops takes itself off, so that the others take its share at once. */
export async function withdrawWorker(mongo: Mongo, owner: string): Promise<void> {
  await native(mongo, workers).deleteOne({ _id: owner });
}

/**
 * Partitions whose owner was silent for long: frozen, cut off or dead. One that nobody took yet counts as silent when no
 * worker is heard at all.
 */
export async function silentPartitions(mongo: Mongo, count: number): Promise<ReadonlySet<number>> {
  const now = (await databaseTime(mongo)).getTime();
  const heard = await native(mongo, workers)
    .find({ seenAt: { $gt: new Date(now - SILENT_MS) } })
    .toArray();
  const alive = new Set(heard.map(({ _id }) => _id));
  const taken = await native(mongo, partitions)
    .find({ _id: { $lt: count } }, { projection: { owner: 1 } })
    .toArray();
  const owners = new Map(taken.map(({ _id, owner }) => [_id, owner]));
  const isSilent = (partition: number) => {
    const owner = owners.get(partition);
    return owner === undefined ? alive.size === 0 : !alive.has(owner);
  };
  return new Set(Array.from({ length: count }, (_, partition) => partition).filter(isSilent));
}
