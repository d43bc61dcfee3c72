// The audit log, newest first.
import type { Mongo } from '../connect-mongo.ts';
import { type AuditRecord, auditLog } from './staff.ts';

export async function listAudit(mongo: Mongo, limit: number): Promise<readonly AuditRecord[]> {
  return auditLog(mongo).find().sort({ at: -1, _id: -1 }).limit(limit).lean<AuditRecord[]>();
}
