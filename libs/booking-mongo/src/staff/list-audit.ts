// The audit log, newest first, a page at a time.
import type { StaffId } from '@onsale/domain';
import { Types } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { type AuditRecord, auditLog, staff } from './staff.ts';

export type AuditQuestion = {
  readonly limit: number;
  readonly subject?: string | undefined;
  /** Part of the act's words, in any case. */
  readonly act?: string | undefined;
  /** The address of the member who did it. */
  readonly by?: string | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** The mark of the last entry that was seen: what lies behind it is wanted. */
  readonly before?: string | undefined;
};
export type AuditEntryRecord = AuditRecord & { readonly email: string | null };

/** `next` is the mark for the page behind this one; null at the end. */
export async function listAudit(
  mongo: Mongo,
  question: AuditQuestion,
): Promise<{ readonly entries: readonly AuditEntryRecord[]; readonly next: string | null }> {
  const { limit } = question;
  const found = await auditLog(mongo)
    .find({ ...asFilter(question), ...(await byMember(mongo, question)) })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean<AuditRecord[]>();
  const records = found.slice(0, limit);
  const last = records.at(-1);
  const emails = await emailsOf(mongo, records);
  return {
    entries: records.map((record) => ({ ...record, email: emails.get(record.staffId) ?? null })),
    next: found.length > limit && last !== undefined ? `${last.at.getTime()}-${last._id.toHexString()}` : null,
  };
}

/** Of a member that is not there nothing is found: an empty list of ids. */
async function byMember(mongo: Mongo, { by }: AuditQuestion): Promise<{ staffId?: { $in: StaffId[] } }> {
  if (by === undefined) return {};
  const found = await staff(mongo).find({ email: by }, { _id: 1 }).lean();
  return { staffId: { $in: found.map(({ _id }) => _id) } };
}

function asFilter({ subject, act, from, until, before }: AuditQuestion) {
  return {
    ...(subject !== undefined && { subject }),
    ...(act !== undefined && { act: { $regex: act.replaceAll(/[^\p{L}\p{N} ]/gu, '\\$&'), $options: 'i' } }),
    ...((from !== undefined || until !== undefined) && {
      at: { ...(from !== undefined && { $gte: from }), ...(until !== undefined && { $lt: until }) },
    }),
    ...(before !== undefined && behind(before)),
  };
}

/** Entries of the same millisecond are told apart by their id. */
function behind(mark: string) {
  const [ms = '', id = ''] = mark.split('-');
  const at = new Date(Number(ms));
  return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: new Types.ObjectId(id) } }] };
}

async function emailsOf(mongo: Mongo, records: readonly AuditRecord[]): Promise<Map<string | null, string>> {
  const ids = [...new Set(records.flatMap(({ staffId }) => (staffId === null ? [] : [staffId])))];
  const members = await staff(mongo)
    .find({ _id: { $in: ids } }, { email: 1 })
    .lean();
  return new Map(members.map(({ _id, email }) => [_id, email]));
}
