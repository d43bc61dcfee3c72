// Staff routes for who gets in by what: access codes and invitations.
import { z } from 'zod';
import { email, fanId, phaseId, saleId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';

const codeSetId = z.string().regex(/^[A-Za-z0-9_.~-]{1,64}$/, 'an id of a code set');

export const newCodeSet = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** How many codes; left out for invitations, which are as many as those invited. */
  count: z.int().min(1).max(100_000).optional(),
  /** Places each code is good for. */
  usesMax: z.int().min(1).max(1_000_000),
  /** Empty for every phase. */
  phaseIds: z.array(phaseId).max(10),
  expiresAt: timestamp.nullable(),
  /** Codes that are each good for one address or fan alone. */
  invite: z
    .union([
      z.strictObject({ emails: z.array(email).min(1).max(50_000) }),
      z.strictObject({ fanIds: z.array(fanId).min(1).max(50_000) }),
    ])
    .nullable(),
});
export type NewCodeSet = z.infer<typeof newCodeSet>;

export const codeSetView = z.strictObject({
  id: codeSetId,
  name: z.string(),
  purpose: z.enum(['access', 'bypass']),
  count: z.int(),
  usesMax: z.int(),
  boundTo: z.enum(['none', 'email', 'fan']),
  phaseIds: z.array(phaseId),
  expiresAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
  createdAt: timestamp,
  /** Codes that were used at least once. */
  codesUsed: z.int(),
});
export type CodeSetView = z.infer<typeof codeSetView>;

export const roomSettings = z.strictObject({
  /** `queue_all`: everybody goes through the line. `safety_net`: only from a surge of page hits on. */
  mode: z.enum(['queue_all', 'safety_net']),
  thresholdPerMinute: z.int().min(1).max(100_000_000),
});
export const roomView = roomSettings.extend({ on: z.boolean(), reason: z.string(), since: timestamp });
export type RoomView = z.infer<typeof roomView>;

export const newBypass = z.strictObject({
  /** For whom and why: it stands in the audit log. */
  note: z.string().trim().min(1).max(120),
  count: z.int().min(1).max(50),
  minutes: z.int().min(1).max(1440),
});
export type NewBypass = z.infer<typeof newBypass>;
export const bypassView = z.strictObject({
  codeSetId,
  expiresAt: timestamp,
  /** Each lets one person in, once. */
  links: z.array(z.strictObject({ code: z.string(), url: z.string() })),
});
export type BypassView = z.infer<typeof bypassView>;

const saleParams = z.strictObject({ saleId });
const setParams = z.strictObject({ saleId, codeSetId });
const staff = { app: 'console-api', credential: 'staff' } as const;
const errors = ['unauthenticated', 'forbidden', 'csrf_rejected', 'not_found'] as const;

export const staffDoorRoutes = {
  getRoom: defineRoute({
    ...staff,
    id: 'getRoom',
    method: 'get',
    path: '/api/v1/ops/sales/{saleId}/room',
    summary: 'Whether the waiting room is on, since when and why.',
    params: saleParams,
    replies: { 200: roomView },
    errors,
  }),
  setRoom: defineRoute({
    ...staff,
    id: 'setRoom',
    method: 'put',
    path: '/api/v1/ops/sales/{saleId}/room',
    summary: 'Queue everybody, or spread a safety net that switches the room on by itself.',
    params: saleParams,
    body: roomSettings,
    replies: { 200: roomView },
    errors,
  }),
  giveBypass: defineRoute({
    ...staff,
    id: 'giveBypass',
    method: 'post',
    path: '/api/v1/ops/sales/{saleId}/bypass',
    summary: 'Links that let people in past the line, each once; with the reason in the audit log.',
    params: saleParams,
    body: newBypass,
    replies: { 201: bypassView },
    errors: [...errors, 'conflict'],
  }),
  createCodeSet: defineRoute({
    ...staff,
    id: 'createCodeSet',
    method: 'post',
    path: '/api/v1/organizer/sales/{saleId}/code-sets',
    summary: 'Access codes or invitations by the thousand; download them from `/codes`.',
    params: saleParams,
    body: newCodeSet,
    replies: { 201: codeSetView },
    errors: [...errors, 'rule_violated', 'conflict'],
  }),
  listCodeSets: defineRoute({
    ...staff,
    id: 'listCodeSets',
    method: 'get',
    path: '/api/v1/organizer/sales/{saleId}/code-sets',
    summary: 'The code sets of a sale, and how many of their codes were used.',
    params: saleParams,
    replies: { 200: z.strictObject({ codeSets: z.array(codeSetView) }) },
    errors,
  }),
  downloadCodes: defineRoute({
    ...staff,
    id: 'downloadCodes',
    method: 'get',
    path: '/api/v1/organizer/sales/{saleId}/code-sets/{codeSetId}/codes',
    summary: 'The codes of a set as CSV: code, link, and whom it is for.',
    params: setParams,
    replies: { 200: null },
    errors,
  }),
  revokeCodeSet: defineRoute({
    ...staff,
    id: 'revokeCodeSet',
    method: 'delete',
    path: '/api/v1/organizer/sales/{saleId}/code-sets/{codeSetId}',
    summary: 'Withdraw all codes of a set; places taken with them stay.',
    params: setParams,
    replies: { 200: codeSetView },
    errors,
  }),
} as const;
