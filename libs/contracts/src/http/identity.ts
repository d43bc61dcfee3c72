// Proving a mailbox, where a sale gives one place to each.
import { z } from 'zod';
import { email, saleId } from '../scalars.ts';
import { defineRoute } from './route.ts';

export const identityLinkBody = z.strictObject({
  email,
  /** The sale it is for; left out for an account, which is good for all sales. */
  saleId: saleId.optional(),
  locale: z.string().max(35).optional(),
});
export const identityBody = z.strictObject({ identityToken: z.string().min(1).max(512) });
export const identityView = z.strictObject({ fanToken: z.string(), email, saleId: saleId.nullable() });
export type IdentityView = z.infer<typeof identityView>;

export const identityRoutes = {
  requestIdentityLink: defineRoute({
    id: 'requestIdentityLink',
    method: 'post',
    path: '/api/v1/identity/links',
    app: 'booking-api',
    credential: 'none',
    summary: 'Send a link that proves this mailbox. The answer says nothing of who is known.',
    body: identityLinkBody,
    replies: { 202: null },
    errors: ['not_found', 'too_many_requests'],
  }),
  confirmIdentity: defineRoute({
    id: 'confirmIdentity',
    method: 'post',
    path: '/api/v1/identity',
    app: 'booking-api',
    credential: 'none',
    summary: 'Be the fan of the mailbox whose link this is; sets the fan cookie.',
    body: identityBody,
    replies: { 200: identityView },
    errors: ['identity_link_invalid'],
  }),
} as const;
