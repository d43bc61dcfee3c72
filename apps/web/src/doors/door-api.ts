// The routes of the doors: proving a mailbox, and coming past the line.
import type { BypassPass, IdentityView } from '@onsale/contracts';
import { type Answer, pathOf, request } from '../api/request.ts';

export const doorPaths = {
  requestIdentityLink: ['POST', '/api/v1/identity/links'],
  confirmIdentity: ['POST', '/api/v1/identity'],
  comePast: ['POST', '/api/v1/sales/{saleId}/bypass'],
} as const;

type Sent = { readonly body: unknown; readonly saleId?: string; readonly key?: string };

function call<Body>(name: keyof typeof doorPaths, { body, saleId = '', key }: Sent): Promise<Answer<Body>> {
  const [method, template] = doorPaths[name];
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return request<Body>(pathOf(template, { saleId }), { method, body, headers });
}

export const doorApi = {
  requestLink: (body: { email: string; saleId?: string; locale: string }) =>
    call<void>('requestIdentityLink', { body }),
  confirm: (identityToken: string) => call<IdentityView>('confirmIdentity', { body: { identityToken } }),
  /** One key for all tries with one link: who lost the answer gets the same one. */
  comePast: (saleId: string, { code, key }: { readonly code: string; readonly key: string }) =>
    call<BypassPass>('comePast', { body: { code }, saleId, key }),
} as const;
