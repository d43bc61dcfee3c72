// The staff routes of the ways into an account.
import type { SessionView } from '@onsale/contracts';
import { staffCaller } from './staff-call.ts';

export const accountPaths = {
  setUp: ['POST', '/api/v1/account/setup'],
  acceptInvitation: ['POST', '/api/v1/account/invitation'],
  requestPasswordReset: ['POST', '/api/v1/account/password-reset'],
  resetPassword: ['PUT', '/api/v1/account/password-reset'],
} as const;

const call = staffCaller(accountPaths);

export const accountApi = {
  setUp: (body: { setupCode: string; email: string; password: string }) => call<SessionView>('setUp', { body }),
  acceptInvitation: (body: { token: string; password: string }) => call<SessionView>('acceptInvitation', { body }),
  requestPasswordReset: (email: string) => call<unknown>('requestPasswordReset', { body: { email } }),
  resetPassword: (body: { token: string; password: string }) => call<void>('resetPassword', { body }),
} as const;
