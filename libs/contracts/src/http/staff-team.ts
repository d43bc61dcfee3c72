// The team: who belongs to it, who is invited, in which role.
import { z } from 'zod';
import { email, staffId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';
import { staffRole } from './staff-account.ts';

const invitationId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id has 1 to 64 characters of A-Z a-z 0-9 _ -');

export const memberView = z.strictObject({
  staffId,
  email,
  role: staffRole,
  createdAt: timestamp,
  /** Whether an authenticator is asked for at sign-in. */
  secondFactor: z.enum(['off', 'on']),
  /** An owner wants one: until it is set up, this member can do nothing else. */
  secondFactorDemanded: z.boolean(),
  /** Of the session that was used last; null when none is open. */
  lastSeenAt: timestamp.nullable(),
});
export type MemberView = z.infer<typeof memberView>;

export const invitationView = z.strictObject({
  id: invitationId,
  email,
  role: staffRole,
  createdAt: timestamp,
  expiresAt: timestamp,
});
export type InvitationView = z.infer<typeof invitationView>;

const memberChange = z.strictObject({ role: staffRole.optional(), secondFactorDemanded: z.boolean().optional() });
export type MemberChange = z.infer<typeof memberChange>;

const staff = { app: 'console-api', credential: 'staff' } as const;
const teamErrors = ['unauthenticated', 'forbidden', 'csrf_rejected'] as const;

export const staffTeamRoutes = {
  listTeam: defineRoute({
    ...staff,
    id: 'listTeam',
    method: 'get',
    path: '/api/v1/organizer/team',
    summary: 'Members, and invitations that are open.',
    replies: { 200: z.strictObject({ members: z.array(memberView), invitations: z.array(invitationView) }) },
    errors: teamErrors,
  }),
  inviteMember: defineRoute({
    ...staff,
    id: 'inviteMember',
    method: 'post',
    path: '/api/v1/organizer/team/invitations',
    summary: 'Sends a link by which somebody becomes a member; another one for the same address replaces it.',
    body: z.strictObject({ email, role: staffRole }),
    replies: { 201: invitationView },
    errors: [...teamErrors, 'conflict', 'too_many_requests'],
  }),
  withdrawInvitation: defineRoute({
    ...staff,
    id: 'withdrawInvitation',
    method: 'delete',
    path: '/api/v1/organizer/team/invitations/{invitationId}',
    summary: 'The link of an invitation works no more.',
    params: z.strictObject({ invitationId }),
    replies: { 204: null },
    errors: [...teamErrors, 'not_found'],
  }),
  changeMember: defineRoute({
    ...staff,
    id: 'changeMember',
    method: 'patch',
    path: '/api/v1/organizer/team/{staffId}',
    summary: 'Another role, which ends the sessions of that member; or an authenticator demanded. One owner stays.',
    params: z.strictObject({ staffId }),
    body: memberChange,
    replies: { 200: memberView },
    errors: [...teamErrors, 'not_found', 'rule_violated'],
  }),
  removeMember: defineRoute({
    ...staff,
    id: 'removeMember',
    method: 'delete',
    path: '/api/v1/organizer/team/{staffId}',
    summary: 'Remove a member with all sessions, keys and open invitations. One owner stays.',
    params: z.strictObject({ staffId }),
    replies: { 204: null },
    errors: [...teamErrors, 'not_found', 'rule_violated'],
  }),
} as const;
