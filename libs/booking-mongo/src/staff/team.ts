// The members of staff: the first owner, other roles, removal. Whatever happens, one owner stays.
import type { StaffId } from '@onsale/domain';
import type { ClientSession } from 'mongoose';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { apiKeys } from './api-keys.ts';
import { type Actor, recordAct } from './record-act.ts';
import { type SessionRecord, type StaffRecord, type StaffRole, sessions, staff } from './staff.ts';
import { staffLinks } from './staff-links.ts';

export async function hasOwner(mongo: Mongo): Promise<boolean> {
  return (await staff(mongo).findOne({ role: 'owner' }, { _id: 1 }).lean()) !== null;
}

const DUPLICATE_KEY = 11_000;

/** False when there is an owner already. The id is always the same, so that of two who race one comes in. */
export async function makeFirstOwner(
  mongo: Mongo,
  { email, passwordHash }: Pick<StaffRecord, 'email' | 'passwordHash'>,
  { address, at }: { readonly address: string; readonly at: Date },
): Promise<StaffRecord | null> {
  const owner: StaffRecord = { _id: FIRST_OWNER, email, passwordHash, role: 'owner', createdAt: at };
  try {
    return await runTransaction(mongo, async (session) => {
      if ((await staff(mongo).findOne({ role: 'owner' }, { _id: 1 }, { session }).lean()) !== null) return null;
      await staff(mongo).create([owner], { session });
      const act = { act: 'first owner signed up', subject: `staff:${owner._id}`, after: { email } };
      await recordAct(mongo, act, { actor: { staffId: owner._id, address, at }, session });
      return owner;
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === DUPLICATE_KEY) return null;
    throw error;
  }
}

const FIRST_OWNER = 'staff_first_owner' as StaffId;

export type TeamMember = StaffRecord & { readonly lastSeenAt: Date | null };

export async function listMembers(mongo: Mongo): Promise<readonly TeamMember[]> {
  const members = await staff(mongo).find().sort({ createdAt: 1, _id: 1 }).lean<StaffRecord[]>();
  const seen = await sessions(mongo).find({}, { staffId: 1, lastSeenAt: 1 }).lean<SessionRecord[]>();
  return members.map((member) => ({ ...member, lastSeenAt: latest(seen.filter((one) => one.staffId === member._id)) }));
}

function latest(seen: readonly SessionRecord[]): Date | null {
  return seen.reduce<Date | null>(
    (last, { lastSeenAt }) => (last !== null && last > lastSeenAt ? last : lastSeenAt),
    null,
  );
}

export type MemberChanges = { readonly role?: StaffRole | undefined; readonly totpDemanded?: boolean | undefined };
export type TeamOutcome =
  | { readonly kind: 'done'; readonly member: StaffRecord }
  | { readonly kind: 'unknown' | 'last_owner' };

/** Another role ends the member's sessions. */
export async function changeStaffMember(
  mongo: Mongo,
  staffId: StaffId,
  { changes, actor }: { readonly changes: MemberChanges; readonly actor: Actor },
): Promise<TeamOutcome> {
  return runTransaction(mongo, async (session) => {
    const member = await staff(mongo).findById(staffId, null, { session }).lean<StaffRecord>();
    if (member === null) return { kind: 'unknown' };
    const { role = member.role, totpDemanded = member.totpDemanded ?? false } = changes;
    if (role !== member.role && member.role === 'owner' && !(await hasAnotherOwner(mongo, staffId, session))) {
      return { kind: 'last_owner' };
    }
    await staff(mongo).updateOne({ _id: staffId }, { $set: { role, totpDemanded } }, { session });
    if (role !== member.role) await sessions(mongo).deleteMany({ staffId }, { session });
    // An invitation is worth what its sender may do.
    if (role !== 'owner') await staffLinks(mongo).deleteMany({ kind: 'invitation', staffId }, { session });
    const before = { role: member.role, totpDemanded: member.totpDemanded ?? false };
    const act = { act: 'member changed', subject: `staff:${staffId}`, before, after: { role, totpDemanded } };
    await recordAct(mongo, act, { actor, session });
    return { kind: 'done', member: { ...member, role, totpDemanded } };
  });
}

/** With all sessions, keys and links. What the member did stays in the audit log. */
export async function removeStaffMember(mongo: Mongo, staffId: StaffId, actor: Actor): Promise<TeamOutcome> {
  return runTransaction(mongo, async (session) => {
    const member = await staff(mongo).findById(staffId, null, { session }).lean<StaffRecord>();
    if (member === null) return { kind: 'unknown' };
    if (member.role === 'owner' && !(await hasAnotherOwner(mongo, staffId, session))) return { kind: 'last_owner' };
    await staff(mongo).deleteOne({ _id: staffId }, { session });
    await sessions(mongo).deleteMany({ staffId }, { session });
    await apiKeys(mongo).deleteMany({ staffId }, { session });
    await staffLinks(mongo).deleteMany({ staffId }, { session });
    const before = { email: member.email, role: member.role };
    await recordAct(mongo, { act: 'member removed', subject: `staff:${staffId}`, before }, { actor, session });
    return { kind: 'done', member };
  });
}

/** Writes to every owner: of two transactions that each count the other's as the one that stays, one runs again. */
async function hasAnotherOwner(mongo: Mongo, staffId: StaffId, session: ClientSession): Promise<boolean> {
  await staff(mongo).updateMany({ role: 'owner' }, { $inc: { ownerActs: 1 } }, { session });
  const other = await staff(mongo)
    .findOne({ role: 'owner', _id: { $ne: staffId } }, { _id: 1 }, { session })
    .lean();
  return other !== null;
}
