// Staff members and their sessions as the console's sign-in needs them.
import type { StaffId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type Actor, recordAct } from './record-act.ts';
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

export async function openSession(mongo: Mongo, opened: SessionRecord): Promise<void> {
  const { staffId, address, createdAt: at, device } = opened;
  const actor = { staffId, address, at };
  await runTransaction(mongo, async (session) => {
    await sessions(mongo).create([opened], { session });
    await recordAct(mongo, { act: 'signed in', subject: `staff:${staffId}`, after: { device } }, { actor, session });
  });
}

export type OpenSession = { readonly session: SessionRecord; readonly member: StaffRecord };

/** The session of this token digest and whose it is; null when it is unknown, over, or its member is gone. */
export async function findSession(mongo: Mongo, tokenDigest: string, now: Date): Promise<OpenSession | null> {
  const session = await sessions(mongo)
    .findOne({ _id: tokenDigest, ...openAt(now) })
    .lean<SessionRecord>();
  if (session === null) return null;
  const member = await staff(mongo).findById(session.staffId).lean<StaffRecord>();
  return member === null ? null : { session, member };
}

/** So that a page that asks every second does not write every second. */
const SEEN_EVERY_MS = 60_000;

export async function noteSessionSeen(
  mongo: Mongo,
  session: SessionRecord,
  { address, now }: { readonly address: string; readonly now: Date },
): Promise<void> {
  if (now.getTime() - session.lastSeenAt.getTime() < SEEN_EVERY_MS && session.address === address) return;
  await sessions(mongo).updateOne({ _id: session._id }, { $set: { lastSeenAt: now, address } });
}

/** Open ones, most lately seen first. */
export async function listSessionsOf(mongo: Mongo, staffId: StaffId, now: Date): Promise<readonly SessionRecord[]> {
  return sessions(mongo)
    .find({ staffId, ...openAt(now) })
    .sort({ lastSeenAt: -1 })
    .lean<SessionRecord[]>();
}

/** A console left open in a box office is not for whoever comes by. */
const IDLE_MAX_MS = 2 * 3600_000;

/** Before its end, however busy, and used lately. */
const openAt = (now: Date) => ({
  expiresAt: { $gt: now },
  lastSeenAt: { $gt: new Date(now.getTime() - IDLE_MAX_MS) },
});

/** False when it was not there, or is another member's. */
export async function closeSession(
  mongo: Mongo,
  tokenDigest: string,
  { actor, act }: { readonly actor: Actor; readonly act: string },
): Promise<boolean> {
  return runTransaction(mongo, async (session) => {
    const { deletedCount } = await sessions(mongo).deleteOne({ _id: tokenDigest, staffId: actor.staffId }, { session });
    if (deletedCount === 1) await recordAct(mongo, { act, subject: `staff:${actor.staffId}` }, { actor, session });
    return deletedCount === 1;
  });
}

/** All sessions of the member but one. */
export async function closeOtherSessions(mongo: Mongo, kept: string, actor: Actor): Promise<void> {
  await runTransaction(mongo, async (session) => {
    const { deletedCount } = await sessions(mongo).deleteMany(
      { staffId: actor.staffId, _id: { $ne: kept } },
      { session },
    );
    const after = { sessionsEnded: deletedCount };
    await recordAct(
      mongo,
      { act: 'other sessions ended', subject: `staff:${actor.staffId}`, after },
      { actor, session },
    );
  });
}

/** Sessions that are over serve nobody. */
export async function deleteSessionsEndedBefore(mongo: Mongo, moment: Date): Promise<void> {
  await sessions(mongo).deleteMany({ expiresAt: { $lte: moment } });
}
