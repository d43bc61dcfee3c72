// The part of the route table about the team, which only owners use.
import {
  changeStaffMember,
  listInvitations,
  listMembers,
  removeStaffMember,
  type StaffRecord,
  type TeamOutcome,
  withdrawInvitation,
} from '@onsale/booking-mongo';
import { type MemberView, staffRoutes } from '@onsale/contracts';
import type { BoundRoute } from '@onsale/runtime';
import type { AccountDeps } from '../account/account-routes.ts';
import { refuse } from '../errors.ts';
import { forPerson } from '../for-staff.ts';
import { invitationView, inviteMember } from './invite-member.ts';

export function teamRoutes(deps: AccountDeps): readonly BoundRoute[] {
  return [
    forPerson(deps, staffRoutes.listTeam, async (_call, { actor }) => {
      const [members, invitations] = await Promise.all([
        listMembers(deps.mongo),
        listInvitations(deps.mongo, actor.at),
      ]);
      const body = {
        members: members.map((member) => memberView(member, member.lastSeenAt)),
        invitations: invitations.map(invitationView),
      };
      return { status: 200, body };
    }),
    forPerson(deps, staffRoutes.inviteMember, async ({ body }, { actor }) => ({
      status: 201,
      body: await inviteMember(deps, { input: body, actor }),
    })),
    forPerson(deps, staffRoutes.withdrawInvitation, async ({ params }, { actor }) => {
      const wasThere = await withdrawInvitation(deps.mongo, params.invitationId, actor);
      return wasThere ? { status: 204 } : refuse('not_found');
    }),
    forPerson(deps, staffRoutes.changeMember, async ({ params, body }, { actor }) => {
      const { role, secondFactorDemanded: totpDemanded } = body;
      const outcome = await changeStaffMember(deps.mongo, params.staffId, { changes: { role, totpDemanded }, actor });
      return { status: 200, body: memberView(doneOrRefused(outcome), null) };
    }),
    forPerson(deps, staffRoutes.removeMember, async ({ params }, { actor }) => {
      doneOrRefused(await removeStaffMember(deps.mongo, params.staffId, actor));
      return { status: 204 };
    }),
  ];
}

function doneOrRefused(outcome: TeamOutcome): StaffRecord {
  if (outcome.kind === 'done') return outcome.member;
  if (outcome.kind === 'unknown') return refuse('not_found');
  return refuse('rule_violated', { detail: 'There must always be an owner: make somebody else one first.' });
}

function memberView(member: StaffRecord, lastSeenAt: Date | null): MemberView {
  return {
    staffId: member._id,
    email: member.email,
    role: member.role,
    createdAt: member.createdAt.toISOString(),
    secondFactor: member.totp ? 'on' : 'off',
    secondFactorDemanded: member.totpDemanded ?? false,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  };
}
