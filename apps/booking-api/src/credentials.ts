// Who is calling: a fan by token, a buyer by pass. Both are checked with keys alone, no store is asked.
import { FAN_COOKIE, passCookie } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { openFan, type PassClaims, type PassPublicKeys, type TokenKeys, verifyPass } from '@onsale/pass';
import { ProblemError, readAuthorization, readCookie } from '@onsale/runtime';

type Credentialed = {
  readonly headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined };
};
export type FanGate = (request: Credentialed) => FanId;
export type PassGate = (request: Credentialed, saleId: SaleId) => FanId;

/** Throws ProblemError unauthenticated. */
export function fanGate(keys: TokenKeys, now: () => number): FanGate {
  return ({ headers }) => {
    const token = readAuthorization(headers.authorization, 'Fan') ?? readCookie(headers.cookie, FAN_COOKIE);
    const fanId = token === undefined ? null : openFan(keys, token, now());
    if (fanId === null) throw new ProblemError('unauthenticated');
    return fanId;
  };
}

/** An Ed25519 verification costs 0.1 ms; a fan shows the same pass with every request. */
const REMEMBERED_MAX = 10_000;

/** The fan of a valid pass for this sale. Throws ProblemError pass_required. */
export function passGate({
  keys,
  issuer,
  now,
}: {
  readonly keys: PassPublicKeys;
  readonly issuer: string;
  now(): number;
}): PassGate {
  const verified = new Map<string, PassClaims>();
  return ({ headers }, saleId) => {
    const pass = readAuthorization(headers.authorization, 'Bearer') ?? readCookie(headers.cookie, passCookie(saleId));
    if (pass === undefined) throw new ProblemError('pass_required');
    const known = verified.get(pass);
    if (known !== undefined && known.aud === saleId && now() < known.exp * 1000) return known.sub;
    const verdict = verifyPass(keys, pass, { issuer, saleId, now: now() });
    if (verdict.kind === 'invalid')
      throw new ProblemError('pass_required', { detail: `The pass is not valid: ${verdict.reason}.` });
    if (verified.size >= REMEMBERED_MAX) verified.clear();
    verified.set(pass, verdict.claims);
    return verdict.claims.sub;
  };
}
