// The audit log, newest first, a page at a time.
import { Types } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { type AuditRecord, auditLog, staff } from './staff.ts';

export type AuditQuestion = {
  readonly limit: number;
  readonly subject?: string | undefined;
  /** The mark of the last entry that was seen: what lies behind it is wanted. */
  readonly before?: string | undefined;
};
export type AuditEntryRecord = AuditRecord & { readonly email: string | null };

/** `next` is the mark for the page behind this one; null at the end. */
export async function listAudit(
  mongo: Mongo,
  { limit, subject, before }: AuditQuestion,
): Promise<{ readonly entries: readonly AuditEntryRecord[]; readonly next: string | null }> {
  const found = await auditLog(mongo)
    .find({ ...(subject !== undefined && { subject }), ...(before !== undefined && behind(before)) })
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
