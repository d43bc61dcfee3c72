// Take-over of a partition: raises its epoch, so that whoever wrote there before cannot commit any more.
// A worker that was killed or frozen in the middle of a transaction leaves it open, and with it a lock on the partition,
// until the server's limit of 60 s. The partition therefore names the session of its owner, and a take-over kills it.
import type { ClientSession, mongo as driver } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { partitions } from './booking-collections.ts';

export type PartitionLease = {
  readonly partition: number;
  readonly epoch: number;
  /** In which all transactions of this owner run, one after the other. */
  readonly session: ClientSession;
};

/** The new lease; give it back with `leavePartition`. Safe to repeat: each call raises the epoch again. */
export async function takePartition(mongo: Mongo, partition: number, owner: string): Promise<PartitionLease> {
  const collection = native(mongo, partitions);
  const before = await collection.findOne({ _id: partition });
  await killSession(mongo, before?.session ?? null);
  const session = await mongo.startSession();
  const taken = await collection.findOneAndUpdate(
    { _id: partition },
    [
      {
        $set: {
          epoch: { $add: [{ $ifNull: ['$epoch', 0] }, 1] },
          owner,
          session: session.id?.id ?? null,
          commits: { $ifNull: ['$commits', 0] },
          at: '$$NOW',
        },
      },
    ],
    { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority' } },
  );
  if (taken === null) throw new Error('an upsert returned nothing');
  return { partition, epoch: taken.epoch, session };
}

export async function leavePartition({ session }: PartitionLease): Promise<void> {
  await session.endSession();
}

/** Where the server forbids it, the take-over waits for the server's own limit instead. */
async function killSession(mongo: Mongo, id: driver.Binary | null): Promise<void> {
  if (id !== null)
    await mongo.db
      ?.admin()
      .command({ killSessions: [{ id }] })
      .catch(() => undefined);
}

export class StaleLeaseError extends Error {
  constructor({ partition, epoch }: Pick<PartitionLease, 'partition' | 'epoch'>) {
    super(`epoch ${epoch} of partition ${partition} is no longer the latest`);
    this.name = 'StaleLeaseError';
  }
}

/**
 * First step of every transaction of a partition: matches the epoch, touches the document so that a take-over meanwhile
 * conflicts, and returns the database's clock in milliseconds. `$$NOW` of this update is that clock: unlike `hello`, it
 * costs no round trip of its own and is the clock of the very primary that commits. Throws StaleLeaseError.
 */
export async function holdPartition(mongo: Mongo, lease: PartitionLease): Promise<number> {
  const held = await native(mongo, partitions).findOneAndUpdate(
    { _id: lease.partition, epoch: lease.epoch },
    [{ $set: { commits: { $add: ['$commits', 1] }, at: '$$NOW' } }],
    { returnDocument: 'after', session: lease.session },
  );
  if (held === null) throw new StaleLeaseError(lease);
  return held.at.getTime();
}
