// The part of the route table about the member's own account, and the ways into one.
import {
  changePasswordHash,
  closeOtherSessions,
  closeSession,
  hasOwner,
  listApiKeysOf,
  listSessionsOf,
  revokeApiKeyOf,
  type SessionRecord,
} from '@onsale/booking-mongo';
import { type OpenSessionView, STAFF_COOKIE, staffRoutes } from '@onsale/contracts';
import { type Answer, type BoundRoute, bindRoute, writeCookie } from '@onsale/runtime';
import { refuse } from '../errors.ts';
import { forPerson } from '../for-staff.ts';
import type { StaffRequest } from '../session/authenticate.ts';
import { SESSION_SECONDS, type Seat, type SignedIn, sessionViewOf, signIn } from '../session/sign-in.ts';
import { apiKeyView, createApiKey } from './api-keys.ts';
import { confirmTotp, startTotp, stopTotp } from './authenticator.ts';
import { acceptInvitation, type EnterDeps, requestPasswordReset, resetPassword, setUp } from './enter.ts';
import { confirmPassword, goodPasswordHash } from './good-password.ts';

export type AccountDeps = EnterDeps & {
  /** True where browsers reach us by https. */
  readonly secureCookies: boolean;
};

export function accountRoutes(deps: AccountDeps): readonly BoundRoute[] {
  return [...doorRoutes(deps), ...ownSessionRoutes(deps), ...secretRoutes(deps), ...apiKeyRoutes(deps)];
}

const seatOf = (request: StaffRequest): Seat => ({
  address: request.ip ?? '',
  device: request.get('user-agent') ?? '',
});

function cookieOf({ secureCookies }: AccountDeps, value: string, maxAgeSeconds: number): Record<string, string> {
  return { 'Set-Cookie': writeCookie({ name: STAFF_COOKIE, value, maxAgeSeconds, secure: secureCookies }) };
}

function doorRoutes(deps: AccountDeps): readonly BoundRoute[] {
  const answer = (status: number, { token, view }: SignedIn): Answer => ({
    status,
    body: view,
    headers: cookieOf(deps, token, SESSION_SECONDS),
  });
  return [
    bindRoute(staffRoutes.signIn, async ({ body, request }) =>
      answer(200, await signIn(deps, { ...body, ...seatOf(request) })),
    ),
    bindRoute(staffRoutes.getSetup, async () => ({ status: 200, body: { isOpen: !(await hasOwner(deps.mongo)) } })),
    bindRoute(staffRoutes.setUp, async ({ body, request }) =>
      answer(201, await setUp(deps, { ...body, ...seatOf(request) })),
    ),
    bindRoute(staffRoutes.acceptInvitation, async ({ body, request }) =>
      answer(201, await acceptInvitation(deps, { ...body, ...seatOf(request) })),
    ),
    bindRoute(staffRoutes.requestPasswordReset, async ({ body, request }) => {
      await requestPasswordReset(deps, { ...body, address: request.ip ?? '' });
      return { status: 202, body: {} };
    }),
    bindRoute(staffRoutes.resetPassword, async ({ body, request }) => {
      await resetPassword(deps, { ...body, address: request.ip ?? '' });
      return { status: 204 };
    }),
  ];
}

function ownSessionRoutes(deps: AccountDeps): readonly BoundRoute[] {
  return [
    forPerson(deps, staffRoutes.getSession, async (_call, { session, member }) => ({
      status: 200,
      body: sessionViewOf(session, member),
    })),
    forPerson(deps, staffRoutes.signOut, async (_call, { session, actor }) => {
      await closeSession(deps.mongo, session._id, { actor, act: 'signed out' });
      return { status: 204, headers: cookieOf(deps, '', 0) };
    }),
    forPerson(deps, staffRoutes.listSessions, async (_call, { session, member, actor }) => {
      const open = await listSessionsOf(deps.mongo, member._id, actor.at);
      return { status: 200, body: { sessions: open.map((one) => openSessionView(one, session)) } };
    }),
    forPerson(deps, staffRoutes.endSession, async ({ params }, { actor }) => {
      const wasThere = await closeSession(deps.mongo, params.sessionId, { actor, act: 'session ended' });
      return wasThere ? { status: 204 } : refuse('not_found');
    }),
    forPerson(deps, staffRoutes.endOtherSessions, async (_call, { session, actor }) => {
      await closeOtherSessions(deps.mongo, session._id, actor);
      return { status: 204 };
    }),
  ];
}

/** A session is named by the digest of its token: 256 random bits, so that nobody comes from one to the other. */
function openSessionView(one: SessionRecord, current: SessionRecord): OpenSessionView {
  const { _id: id, device, address, createdAt, lastSeenAt, expiresAt } = one;
  return {
    id,
    isThisOne: id === current._id,
    device,
    address,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

function secretRoutes(deps: AccountDeps): readonly BoundRoute[] {
  return [
    forPerson(deps, staffRoutes.changePassword, async ({ body }, { member, session, actor }) => {
      await confirmPassword(deps, { member, password: body.current, field: 'current' });
      const passwordHash = await goodPasswordHash({ password: body.password, email: member.email });
      const change = { staffId: member._id, passwordHash, keptSession: session._id };
      await changePasswordHash(deps.mongo, change, { actor, act: 'password changed' });
      return { status: 204 };
    }),
    forPerson(deps, staffRoutes.startTotp, async ({ body }, person) => ({
      status: 200,
      body: await startTotp(deps, { person, password: body.password }),
    })),
    forPerson(deps, staffRoutes.confirmTotp, async ({ body }, person) => ({
      status: 200,
      body: { recoveryCodes: await confirmTotp(deps, { person, code: body.code }) },
    })),
    forPerson(deps, staffRoutes.stopTotp, async ({ body }, person) => {
      await stopTotp(deps, { person, password: body.password });
      return { status: 204 };
    }),
  ];
}

function apiKeyRoutes(deps: AccountDeps): readonly BoundRoute[] {
  return [
    forPerson(deps, staffRoutes.listApiKeys, async (_call, { member }) => ({
      status: 200,
      body: { apiKeys: (await listApiKeysOf(deps.mongo, member._id)).map(apiKeyView) },
    })),
    forPerson(deps, staffRoutes.createApiKey, async ({ body }, { actor }) => ({
      status: 201,
      body: await createApiKey(deps, { input: body, actor }),
    })),
    forPerson(deps, staffRoutes.revokeApiKey, async ({ params }, { actor }) => {
      const wasThere = await revokeApiKeyOf(deps.mongo, params.apiKeyId, actor);
      return wasThere ? { status: 204 } : refuse('not_found');
    }),
  ];
}
