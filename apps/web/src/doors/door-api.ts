// The routes of the doors: proving a mailbox, and coming past the line.
import type { BypassPass, IdentityView } from '@onsale/contracts';
import { type Answer, pathOf, request } from '../api/request.ts';

export const doorPaths = {
  requestIdentityLink: ['POST', '/api/v1/identity/links'],
  confirmIdentity: ['POST', '/api/v1/identity'],
  comePast: ['POST', '/api/v1/sales/{saleId}/bypass'],
} as const;

function call<Body>(name: keyof typeof doorPaths, body: unknown, saleId = ''): Promise<Answer<Body>> {
  const [method, template] = doorPaths[name];
  return request<Body>(pathOf(template, { saleId }), { method, body });
}

export const doorApi = {
  requestLink: (body: { email: string; saleId?: string; locale: string }) => call<void>('requestIdentityLink', body),
  confirm: (identityToken: string) => call<IdentityView>('confirmIdentity', { identityToken }),
  comePast: (saleId: string, code: string) => call<BypassPass>('comePast', { code }, saleId),
} as const;
