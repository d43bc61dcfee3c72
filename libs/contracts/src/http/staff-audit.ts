// The audit log: what staff did, to what, from where, and what was there before and after.
import * as z from 'zod';
import { email, staffId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';

const SUBJECT_MAX = 120;

const auditEntry = z.strictObject({
  at: timestamp,
  staffId: staffId.nullable(),
  /** Of the member as it is now; null when nobody signed in did it, or the member is gone. */
  email: z.string().nullable(),
  address: z.string(),
  /** The key by which it was done; null for the member in person. */
  apiKeyId: z.string().nullable().optional(),
  act: z.string(),
  subject: z.string(),
  before: z.json().nullable(),
  after: z.json().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** `next` goes in as `before` for the entries behind these; null at the end. */
const auditPage = z.strictObject({ entries: z.array(auditEntry), next: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;

export const staffAuditRoutes = {
  listAudit: defineRoute({
    app: 'console-api',
    credential: 'staff',
    id: 'listAudit',
    method: 'get',
    path: '/api/v1/ops/audit',
    summary: 'What staff did, newest first; of one subject such as `sale:<id>` or of all, by act, member and time.',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).optional(),
      subject: z.string().min(1).max(SUBJECT_MAX).optional(),
      /** Part of the act's words. */
      act: z.string().trim().min(1).max(SUBJECT_MAX).optional(),
      by: email.optional(),
      from: timestamp.optional(),
      until: timestamp.optional(),
      before: z
        .string()
        .regex(/^\d{1,15}-[0-9a-f]{24}$/, 'must be the `next` of an answer')
        .optional(),
    }),
    replies: { 200: auditPage },
    errors: ['unauthenticated', 'forbidden'],
  }),
} as const;
