// What staff asked to be kept back, by block: another body under the same Idempotency-Key is another request. The request
// and its entry in the audit log become true together, once.
import type { BlockId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { native } from '../native.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';
import { runTransaction } from './run-transaction.ts';

type BlockRequestDocument = {
  _id: BlockId;
  bodyHash: string;
  requestedAt: Date;
};

const schema = new Schema<BlockRequestDocument>(
  {
    _id: { type: String, required: true },
    bodyHash: { type: String, required: true },
    requestedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
export const blockRequests = collection('blockRequests', schema);

export type BlockWish = {
  readonly blockId: BlockId;
  readonly bodyHash: string;
  /** What the audit log keeps of it. */
  readonly wish: unknown;
};

/** The hash of what was asked under this id; null when nothing was. */
export async function findBlockRequest(mongo: Mongo, blockId: BlockId): Promise<string | null> {
  return (await native(mongo, blockRequests).findOne({ _id: blockId }))?.bodyHash ?? null;
}

/** Idempotent; of two at once the first stands. */
export async function noteBlockRequest(
  mongo: Mongo,
  { blockId, bodyHash, wish }: BlockWish,
  actor: Actor,
): Promise<'noted' | 'key_reused'> {
  return runTransaction(mongo, async (session) => {
    const known = await native(mongo, blockRequests).findOne({ _id: blockId }, { session });
    if (known !== null) return known.bodyHash === bodyHash ? 'noted' : 'key_reused';
    await native(mongo, blockRequests).insertOne({ _id: blockId, bodyHash, requestedAt: actor.at }, { session });
    await recordAct(mongo, { act: 'stock blocked', subject: `block:${blockId}`, after: wish }, { actor, session });
    return 'noted';
  });
}
