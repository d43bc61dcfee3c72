// An owner invites somebody: a mail with a link that works once and ends by itself.
import { type Actor, findStaffByEmail, keepStaffLink, type Mongo, newLinkId, putMail } from '@onsale/booking-mongo';
import type { InvitationView, MemberView } from '@onsale/contracts';
import type { StaffId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { newToken, tokenDigest } from '../session/token-digest.ts';

const INVITATION_LIFE_MS = 7 * 24 * 3600_000;
const MAILBOX_RETRY_SECONDS = 600;

export type InviteInput = { readonly email: string; readonly role: MemberView['role'] };

/** Refuses with conflict for a member, too_many_requests when this mailbox got several mails just now. */
export async function inviteMember(
  { mongo, publicUrl }: { readonly mongo: Mongo; readonly publicUrl: string },
  { input, actor }: { readonly input: InviteInput; readonly actor: Actor & { readonly staffId: StaffId } },
): Promise<InvitationView> {
  const email = input.email.toLowerCase();
  if ((await findStaffByEmail(mongo, email)) !== null) {
    return refuse('conflict', { detail: 'This address belongs to the team already.' });
  }
  const token = newToken();
  const values = { url: `${publicUrl}/staff/join#${token}`, role: input.role };
  const wasPut = await putMail(mongo, { to: email, template: 'staff_invitation', locale: 'en', values }, actor.at);
  if (!wasPut) refuse('too_many_requests', { retryAfterSeconds: MAILBOX_RETRY_SECONDS });
  const link = {
    _id: tokenDigest(token),
    kind: 'invitation',
    linkId: newLinkId(),
    email,
    staffId: actor.staffId,
    role: input.role,
    createdAt: actor.at,
    expiresAt: new Date(actor.at.getTime() + INVITATION_LIFE_MS),
  } as const;
  await keepStaffLink(mongo, link, actor);
  return invitationView(link);
}

export function invitationView(link: {
  readonly linkId: string;
  readonly email: string;
  readonly role: MemberView['role'] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}): InvitationView {
  const { linkId: id, email, role, createdAt, expiresAt } = link;
  return { id, email, role: role ?? 'door', createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
