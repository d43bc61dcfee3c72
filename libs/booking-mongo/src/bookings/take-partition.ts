// Take-over of a partition: raises its epoch, so that whoever wrote there before cannot commit any more.
import type { ClientSession } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { partitions } from './booking-collections.ts';

export type PartitionLease = { readonly partition: number; readonly epoch: number };

/** The new lease. Safe to repeat: each call raises the epoch again. */
export async function takePartition(mongo: Mongo, partition: number, owner: string): Promise<PartitionLease> {
  const taken = await native(mongo, partitions).findOneAndUpdate(
    { _id: partition },
    [
      {
        $set: {
          epoch: { $add: [{ $ifNull: ['$epoch', 0] }, 1] },
          owner,
          commits: { $ifNull: ['$commits', 0] },
          at: '$$NOW',
        },
      },
    ],
    { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority' } },
  );
  if (taken === null) throw new Error('an upsert returned nothing');
  return { partition, epoch: taken.epoch };
}

export class StaleLeaseError extends Error {
  constructor({ partition, epoch }: PartitionLease) {
    super(`epoch ${epoch} of partition ${partition} is no longer the latest`);
    this.name = 'StaleLeaseError';
  }
}

/**
 * First step of every transaction of a partition: matches the epoch, touches the document so that a take-over meanwhile
 * conflicts, and returns the database's clock in milliseconds. `$$NOW` of this update is that clock: unlike `hello`, it
 * costs no round trip of its own and is the clock of the very primary that commits. Throws StaleLeaseError.
 */
export async function holdPartition(mongo: Mongo, lease: PartitionLease, session: ClientSession): Promise<number> {
  const held = await native(mongo, partitions).findOneAndUpdate(
    { _id: lease.partition, epoch: lease.epoch },
    [{ $set: { commits: { $add: ['$commits', 1] }, at: '$$NOW' } }],
    { returnDocument: 'after', session },
  );
  if (held === null) throw new StaleLeaseError(lease);
  return held.at.getTime();
}
