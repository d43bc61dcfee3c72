// Accounts of staff: the first owner, signing in, and what a member does with the own account.
import { z } from 'zod';
import { email, staffId, timestamp } from '../scalars.ts';
import { apiScope } from './api-scopes.ts';
import { defineRoute } from './route.ts';

export const staffRole = z.enum(['owner', 'organizer', 'operator', 'finance', 'door']);
const password = z.string().min(1).max(256);
/** Of the authenticator, or a recovery code. */
const code = z.string().trim().min(6).max(40);
/** As it stands in a mailed link. */
const linkToken = z.string().regex(/^[\w-]{43}$/, 'must be the token of a link');
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id has 1 to 64 characters of A-Z a-z 0-9 _ -');

export const signInBody = z.strictObject({ email, password, code: code.optional() });
export const sessionView = z.strictObject({
  staffId,
  email,
  role: staffRole,
  /** To be sent back as `X-CSRF-Token` with every change made under the session cookie. */
  csrfToken: z.string(),
  expiresAt: timestamp,
  /** Ids of the routes this member may use, so that a page offers no others. */
  may: z.array(z.string()),
  /** Whether an authenticator is asked for at sign-in; `demanded`: it must be set up before anything else. */
  secondFactor: z.enum(['off', 'on', 'demanded']).optional(),
});
export type SessionView = z.infer<typeof sessionView>;

const openSessionView = z.strictObject({
  id,
  isThisOne: z.boolean(),
  /** What the browser called itself. */
  device: z.string(),
  address: z.string(),
  createdAt: timestamp,
  lastSeenAt: timestamp,
  expiresAt: timestamp,
});
export type OpenSessionView = z.infer<typeof openSessionView>;

export const newApiKey = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(apiScope).min(1).max(20),
  expiresAt: timestamp.nullable(),
});
export type NewApiKey = z.infer<typeof newApiKey>;
export const apiKeyView = z.strictObject({
  id,
  name: z.string(),
  /** The beginning of the key, by which it is told from others. */
  prefix: z.string(),
  scopes: z.array(apiScope),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;

const staff = { app: 'console-api', credential: 'staff' } as const;
const open = { app: 'console-api', credential: 'none' } as const;
const ownErrors = ['unauthenticated', 'forbidden', 'csrf_rejected'] as const;
const passwordErrors = [...ownErrors, 'rule_violated', 'too_many_requests'] as const;

export const staffAccountRoutes = {
  signIn: defineRoute({
    ...open,
    id: 'signIn',
    method: 'post',
    path: '/api/v1/session',
    summary: 'Sign in; sets the session cookie. With an authenticator, `code` is asked for once the password is right.',
    body: signInBody,
    replies: { 200: sessionView },
    errors: ['unauthenticated', 'second_factor_required', 'too_many_requests'],
  }),
  getSession: defineRoute({
    ...staff,
    id: 'getSession',
    method: 'get',
    path: '/api/v1/session',
    summary: 'Who I am.',
    replies: { 200: sessionView },
    errors: ['unauthenticated', 'forbidden'],
  }),
  signOut: defineRoute({
    ...staff,
    id: 'signOut',
    method: 'delete',
    path: '/api/v1/session',
    summary: 'Sign out.',
    replies: { 204: null },
    errors: ownErrors,
  }),
  getSetup: defineRoute({
    ...open,
    id: 'getSetup',
    method: 'get',
    path: '/api/v1/account/setup',
    summary: 'Whether this installation still waits for its first owner.',
    replies: { 200: z.strictObject({ isOpen: z.boolean() }) },
    errors: [],
  }),
  setUp: defineRoute({
    ...open,
    id: 'setUp',
    method: 'post',
    path: '/api/v1/account/setup',
    summary: 'The first owner signs up, with the code the server printed at its start; signs in.',
    body: z.strictObject({ setupCode: z.string().min(1).max(120), email, password }),
    replies: { 201: sessionView },
    errors: ['unauthenticated', 'conflict', 'rule_violated', 'too_many_requests'],
  }),
  acceptInvitation: defineRoute({
    ...open,
    id: 'acceptInvitation',
    method: 'post',
    path: '/api/v1/account/invitation',
    summary: 'Becomes a member by the link of an invitation, which works once; signs in.',
    body: z.strictObject({ token: linkToken, password }),
    replies: { 201: sessionView },
    errors: ['staff_link_invalid', 'conflict', 'rule_violated', 'too_many_requests'],
  }),
  requestPasswordReset: defineRoute({
    ...open,
    id: 'requestPasswordReset',
    method: 'post',
    path: '/api/v1/account/password-reset',
    summary: 'Sends a link for a new password, if there is such an account. The answer is the same for any address.',
    body: z.strictObject({ email }),
    replies: { 202: z.strictObject({}) },
    errors: ['too_many_requests'],
  }),
  resetPassword: defineRoute({
    ...open,
    id: 'resetPassword',
    method: 'put',
    path: '/api/v1/account/password-reset',
    summary: 'A new password by the link of the mail, which works once; ends every session of the account.',
    body: z.strictObject({ token: linkToken, password }),
    replies: { 204: null },
    errors: ['staff_link_invalid', 'rule_violated', 'too_many_requests'],
  }),
  changePassword: defineRoute({
    ...staff,
    id: 'changePassword',
    method: 'put',
    path: '/api/v1/account/password',
    summary: 'Change the own password; ends all other sessions.',
    body: z.strictObject({ current: password, password }),
    replies: { 204: null },
    errors: passwordErrors,
  }),
  listSessions: defineRoute({
    ...staff,
    id: 'listSessions',
    method: 'get',
    path: '/api/v1/account/sessions',
    summary: 'Where I am signed in, most lately seen first.',
    replies: { 200: z.strictObject({ sessions: z.array(openSessionView) }) },
    errors: ownErrors,
  }),
  endSession: defineRoute({
    ...staff,
    id: 'endSession',
    method: 'delete',
    path: '/api/v1/account/sessions/{sessionId}',
    summary: 'End one of my sessions.',
    params: z.strictObject({ sessionId: id }),
    replies: { 204: null },
    errors: [...ownErrors, 'not_found'],
  }),
  endOtherSessions: defineRoute({
    ...staff,
    id: 'endOtherSessions',
    method: 'delete',
    path: '/api/v1/account/sessions',
    summary: 'End all my sessions but this one.',
    replies: { 204: null },
    errors: ownErrors,
  }),
  startTotp: defineRoute({
    ...staff,
    id: 'startTotp',
    method: 'post',
    path: '/api/v1/account/totp',
    summary: 'A secret for an authenticator (RFC 6238), in force once a code of it was confirmed.',
    body: z.strictObject({ password }),
    replies: { 200: z.strictObject({ secret: z.string(), uri: z.string() }) },
    errors: passwordErrors,
  }),
  confirmTotp: defineRoute({
    ...staff,
    id: 'confirmTotp',
    method: 'put',
    path: '/api/v1/account/totp',
    summary: 'Puts the authenticator in force; answers with recovery codes, shown this once. Ends all other sessions.',
    body: z.strictObject({ code }),
    replies: { 200: z.strictObject({ recoveryCodes: z.array(z.string()) }) },
    errors: [...passwordErrors, 'conflict'],
  }),
  stopTotp: defineRoute({
    ...staff,
    id: 'stopTotp',
    method: 'post',
    path: '/api/v1/account/totp/off',
    summary: 'Take the authenticator away, unless an owner demands it.',
    body: z.strictObject({ password }),
    replies: { 204: null },
    errors: passwordErrors,
  }),
  listApiKeys: defineRoute({
    ...staff,
    id: 'listApiKeys',
    method: 'get',
    path: '/api/v1/account/api-keys',
    summary: 'My API keys.',
    replies: { 200: z.strictObject({ apiKeys: z.array(apiKeyView) }) },
    errors: ownErrors,
  }),
  createApiKey: defineRoute({
    ...staff,
    id: 'createApiKey',
    method: 'post',
    path: '/api/v1/account/api-keys',
    summary: 'A key for a program that acts for me, sent as `Authorization: Bearer`; shown this once.',
    body: newApiKey,
    replies: { 201: z.strictObject({ apiKey: apiKeyView, key: z.string() }) },
    errors: [...ownErrors, 'rule_violated'],
  }),
  revokeApiKey: defineRoute({
    ...staff,
    id: 'revokeApiKey',
    method: 'delete',
    path: '/api/v1/account/api-keys/{apiKeyId}',
    summary: 'Take a key back.',
    params: z.strictObject({ apiKeyId: id }),
    replies: { 204: null },
    errors: [...ownErrors, 'not_found'],
  }),
} as const;
