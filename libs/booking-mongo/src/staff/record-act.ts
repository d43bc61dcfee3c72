// The audit log's one way in: an act and its entry commit together or not at all.
import type { StaffId } from '@onsale/domain';
import { type ClientSession, Types } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { auditLog } from './staff.ts';

/** Who did it, from where, when. */
export type Actor = {
  readonly staffId: StaffId | null;
  readonly address: string;
  readonly at: Date;
  /** Where a program did it for the member. */
  readonly apiKeyId?: string;
};

export type Act = {
  /** A verb phrase, kept for ever: `sale paused`. */
  readonly act: string;
  /** What it was done to: `sale:<id>`. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
};

export async function recordAct(
  mongo: Mongo,
  { act, subject, before = null, after = null }: Act,
  { actor, session }: { readonly actor: Actor; readonly session?: ClientSession },
): Promise<void> {
  const entry = { _id: new Types.ObjectId(), ...actor, act, subject, before, after };
  await auditLog(mongo).create([entry], session === undefined ? {} : { session });
}
