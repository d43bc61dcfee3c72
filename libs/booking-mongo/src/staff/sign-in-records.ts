// Staff members and their sessions as the console's sign-in needs them.
import type { StaffId } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import { type SessionRecord, type StaffRecord, sessions, staff } from './staff.ts';

export async function findStaffByEmail(mongo: Mongo, email: string): Promise<StaffRecord | null> {
  return staff(mongo).findOne({ email }).lean<StaffRecord>();
}

/** Makes the first owner unless a staff member of this email exists; tells whether it did. */
export async function addOwnerUnlessKnown(mongo: Mongo, owner: StaffRecord): Promise<boolean> {
  const { _id, email, passwordHash, role, createdAt } = owner;
  const result = await staff(mongo).updateOne(
    { email },
    { $setOnInsert: { _id, email, passwordHash, role, createdAt } },
    { upsert: true },
  );
  return result.upsertedCount === 1;
}

export async function setPasswordHash(mongo: Mongo, staffId: StaffId, passwordHash: string): Promise<void> {
  await staff(mongo).updateOne({ _id: staffId }, { $set: { passwordHash } });
}

export async function openSession(mongo: Mongo, session: SessionRecord): Promise<void> {
  await sessions(mongo).create([session]);
}

export type OpenSession = { readonly session: SessionRecord; readonly member: StaffRecord };

/** The session of this token digest and whose it is; null when it is unknown, over, or its member is gone. */
export async function findSession(mongo: Mongo, tokenDigest: string, now: Date): Promise<OpenSession | null> {
  const session = await sessions(mongo).findById(tokenDigest).lean<SessionRecord>();
  if (session === null || session.expiresAt <= now) return null;
  const member = await staff(mongo).findById(session.staffId).lean<StaffRecord>();
  return member === null ? null : { session, member };
}

export async function closeSession(mongo: Mongo, tokenDigest: string): Promise<void> {
  await sessions(mongo).deleteOne({ _id: tokenDigest });
}

/** Sessions that are over serve nobody. */
export async function deleteSessionsEndedBefore(mongo: Mongo, moment: Date): Promise<void> {
  await sessions(mongo).deleteMany({ expiresAt: { $lte: moment } });
}
