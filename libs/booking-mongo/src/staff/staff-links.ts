// Links that are mailed to staff: invitations, and new passwords. Each is known by the digest of its token only, works
// once, and ends by itself.
import { randomBytes } from 'node:crypto';
import type { StaffId } from '@onsale/domain';
import { type ClientSession, Schema } from 'mongoose';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { type Actor, recordAct } from './record-act.ts';
import { type StaffRecord, type StaffRole, sessions, staff } from './staff.ts';

export type StaffLinkRecord = {
  /** sha256 of the token, hex: a stolen database opens no account. */
  _id: string;
  kind: 'invitation' | 'password_reset';
  /** By which it is named in the console; tells nothing of the token. */
  linkId: string;
  email: string;
  /** Of a password: whose. Of an invitation: who invited. */
  staffId: StaffId;
  /** Of an invitation. */
  role: StaffRole | null;
  createdAt: Date;
  expiresAt: Date;
};

const schema = new Schema<StaffLinkRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    linkId: { type: String, required: true },
    email: { type: String, required: true },
    staffId: { type: String, required: true },
    role: { type: String, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ kind: 1, email: 1 });
schema.index({ staffId: 1 });
schema.index({ expiresAt: 1 });
export const staffLinks = collection('staffLinks', schema);

export const newLinkId = (): string => `inv_${randomBytes(12).toString('hex')}`;

/** Another one for the same address and purpose works no more. */
export async function keepStaffLink(mongo: Mongo, link: StaffLinkRecord, actor: Actor): Promise<void> {
  const { kind, email, role } = link;
  await runTransaction(mongo, async (session) => {
    await staffLinks(mongo).deleteMany({ kind, email }, { session });
    await staffLinks(mongo).create([link], { session });
    const act =
      kind === 'invitation'
        ? { act: 'member invited', subject: `invitation:${link.linkId}`, after: { email, role } }
        : { act: 'new password asked for', subject: `staff:${link.staffId}` };
    await recordAct(mongo, act, { actor, session });
  });
}

export async function listInvitations(mongo: Mongo, now: Date): Promise<readonly StaffLinkRecord[]> {
  return staffLinks(mongo)
    .find({ kind: 'invitation', expiresAt: { $gt: now } })
    .sort({ createdAt: -1 })
    .lean<StaffLinkRecord[]>();
}

/** False when there is none, or it was used. */
export async function withdrawInvitation(mongo: Mongo, linkId: string, actor: Actor): Promise<boolean> {
  return runTransaction(mongo, async (session) => {
    const link = await staffLinks(mongo)
      .findOneAndDelete({ kind: 'invitation', linkId }, { session })
      .lean<StaffLinkRecord>();
    if (link === null) return false;
    const before = { email: link.email, role: link.role };
    await recordAct(
      mongo,
      { act: 'invitation withdrawn', subject: `invitation:${linkId}`, before },
      { actor, session },
    );
    return true;
  });
}

/** Null when it is not there, is used or over. */
export async function findStaffLink(
  mongo: Mongo,
  { kind, digest, now }: { kind: StaffLinkRecord['kind']; digest: string; now: Date },
): Promise<StaffLinkRecord | null> {
  return staffLinks(mongo)
    .findOne({ _id: digest, kind, expiresAt: { $gt: now } })
    .lean<StaffLinkRecord>();
}

type Taking = { readonly digest: string; readonly passwordHash: string; readonly address: string; readonly at: Date };

/** Makes the member of an invitation. Of two who race with one link one comes in. */
export async function acceptStaffInvitation(
  mongo: Mongo,
  { digest, passwordHash, address, at, staffId }: Taking & { readonly staffId: StaffId },
): Promise<StaffRecord | 'gone' | 'known'> {
  return runTransaction(mongo, async (session) => {
    const link = await takeLink(mongo, { kind: 'invitation', digest, at }, session);
    if (link === null || link.role === null) return 'gone';
    const { email, role } = link;
    if ((await staff(mongo).findOne({ email }, { _id: 1 }, { session }).lean()) !== null) return 'known';
    const member: StaffRecord = { _id: staffId, email, passwordHash, role, createdAt: at };
    await staff(mongo).create([member], { session });
    const act = { act: 'invitation accepted', subject: `staff:${staffId}`, after: { email, role } };
    await recordAct(mongo, act, { actor: { staffId, address, at }, session });
    return member;
  });
}

/** Sets the password and ends every session of the member. */
export async function usePasswordReset(
  mongo: Mongo,
  { digest, passwordHash, address, at }: Taking,
): Promise<'done' | 'gone'> {
  return runTransaction(mongo, async (session) => {
    const link = await takeLink(mongo, { kind: 'password_reset', digest, at }, session);
    if (link === null) return 'gone';
    const { staffId } = link;
    await putPassword(mongo, { staffId, passwordHash, keptSession: null }, session);
    const act = { act: 'password reset by mail', subject: `staff:${staffId}` };
    await recordAct(mongo, act, { actor: { staffId, address, at }, session });
    return 'done';
  });
}

async function takeLink(
  mongo: Mongo,
  { kind, digest, at }: { kind: StaffLinkRecord['kind']; digest: string; at: Date },
  session: ClientSession,
): Promise<StaffLinkRecord | null> {
  return staffLinks(mongo)
    .findOneAndDelete({ _id: digest, kind, expiresAt: { $gt: at } }, { session })
    .lean<StaffLinkRecord>();
}

type NewPassword = {
  readonly staffId: StaffId;
  readonly passwordHash: string;
  /** The session in which it was changed. */
  readonly keptSession: string | null;
};

/** Another password, and whoever came in by the old one is out. */
export async function changePasswordHash(
  mongo: Mongo,
  change: NewPassword,
  { actor, act }: { readonly actor: Actor; readonly act: string },
): Promise<void> {
  await runTransaction(mongo, async (session) => {
    await putPassword(mongo, change, session);
    await recordAct(mongo, { act, subject: `staff:${change.staffId}` }, { actor, session });
  });
}

async function putPassword(
  mongo: Mongo,
  { staffId, passwordHash, keptSession }: NewPassword,
  session: ClientSession,
): Promise<void> {
  await staff(mongo).updateOne({ _id: staffId }, { $set: { passwordHash } }, { session });
  await sessions(mongo).deleteMany({ staffId, _id: { $ne: keptSession } }, { session });
  await staffLinks(mongo).deleteMany({ kind: 'password_reset', staffId }, { session });
}

export async function deleteLinksEndedBefore(mongo: Mongo, moment: Date): Promise<void> {
  await staffLinks(mongo).deleteMany({ expiresAt: { $lte: moment } });
}
