// A fan proves a mailbox: asks for a link, opens it, and is that mailbox's fan from then on.
import { FAN_COOKIE, identityRoutes } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { FAN_TOKEN_MAX_AGE_SECONDS, openIdentity, sealFan, sealIdentity, type TokenKeys } from '@onsale/pass';
import { bindRoute, ProblemError, writeCookie } from '@onsale/runtime';
import type { Catalogue } from '../catalogue.ts';

export type ConfirmIdentityDeps = {
  readonly catalogue: Pick<Catalogue, 'sale'>;
  readonly tokenKeys: TokenKeys;
  /** Of the one origin, without a slash at the end. */
  readonly publicUrl: string;
  /** False when the address has got as many mails as it may just now. */
  putIdentityMail(mail: { readonly to: string; readonly locale: string; readonly url: string }): Promise<boolean>;
  confirmedFan(mailbox: { readonly email: string; readonly saleId: SaleId | null }): Promise<FanId>;
  now(): number;
};

const RETRY_SECONDS = 300;

export const confirmIdentityRoutes = (deps: ConfirmIdentityDeps) => [
  bindRoute(identityRoutes.requestIdentityLink, async ({ body }) => {
    const { email, saleId = null, locale = 'en' } = body;
    if (saleId !== null && (await deps.catalogue.sale(saleId)) === null) throw new ProblemError('not_found');
    const to = email.toLowerCase();
    const token = sealIdentity(deps.tokenKeys, { email: to, saleId }, deps.now());
    const page = saleId === null ? '/' : `/sales/${saleId}`;
    // Behind the #, so that no server, log or referrer ever has it.
    const url = `${deps.publicUrl}${page}#identity=${token}`;
    const taken = await deps.putIdentityMail({ to, locale, url });
    if (!taken) throw new ProblemError('too_many_requests', { retryAfterSeconds: RETRY_SECONDS });
    return { status: 202 };
  }),
  bindRoute(identityRoutes.confirmIdentity, async ({ body }) => {
    const claim = openIdentity(deps.tokenKeys, body.identityToken, deps.now());
    if (claim === null) throw new ProblemError('identity_link_invalid');
    const fanToken = sealFan(deps.tokenKeys, await deps.confirmedFan(claim), deps.now());
    const secure = deps.publicUrl.startsWith('https:');
    const cookie = writeCookie({ name: FAN_COOKIE, value: fanToken, maxAgeSeconds: FAN_TOKEN_MAX_AGE_SECONDS, secure });
    return { status: 200, body: { fanToken, ...claim }, headers: { 'Set-Cookie': [cookie] } };
  }),
];
