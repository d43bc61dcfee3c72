// As whom a fan takes part in a sale: one place for each of these.
//   anonymous  a browser: the fan id in its cookie
//   email      a mailbox that was confirmed for this sale
//   account    a mailbox that was confirmed once for all sales
//   code       an access code: each gives one place
import type { FanId, SaleId } from '../ids.ts';

export type SaleIdentity = 'anonymous' | 'email' | 'account' | 'code';

const ACCOUNT = 'acct_';
const MAILBOX = 'mail_';

/** How the fan ids of confirmed mailboxes begin; for one sale the id bears the sale. `saleId` null for all sales. */
export function confirmedFanPrefix(saleId: SaleId | null): string {
  return saleId === null ? ACCOUNT : `${MAILBOX}${saleId}_`;
}

/** Fan ids come from tokens we sealed, so their beginning can be believed. */
export function maySignUpAs(
  identity: SaleIdentity,
  fan: { readonly fanId: FanId | null; readonly saleId: SaleId },
): boolean {
  if (identity === 'anonymous' || identity === 'code') return true;
  const scope = identity === 'account' ? null : fan.saleId;
  return fan.fanId?.startsWith(confirmedFanPrefix(scope)) ?? false;
}
