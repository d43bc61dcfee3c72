// Who is calling: a fan by token, a buyer by pass. Both are checked with keys alone, no store is asked.
import { FAN_COOKIE, passCookie } from '@onsale/contracts';
import type { CodeId, CodeSetId, FanCode, FanId, SaleId } from '@onsale/domain';
import { openFan, type PassClaims, type PassPublicKeys, type TokenKeys, verifyPass } from '@onsale/pass';
import { ProblemError, readAuthorization, readCookie } from '@onsale/runtime';

type Credentialed = {
  readonly headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined };
};
export type FanGate = (request: Credentialed) => FanId;
/** Who buys, and how the fan came in: by which code, and by which channel if not through the line. */
export type PassHolder = { readonly fanId: FanId; readonly code?: FanCode; readonly channel?: string };
export type PassGate = (request: Credentialed, saleId: SaleId) => PassHolder;

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

/** The holder of a valid pass for this sale. Throws ProblemError pass_required. */
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
    if (known !== undefined && known.aud === saleId && now() < known.exp * 1000) return holderOf(known);
    const verdict = verifyPass(keys, pass, { issuer, saleId, now: now() });
    if (verdict.kind === 'invalid')
      throw new ProblemError('pass_required', { detail: `The pass is not valid: ${verdict.reason}.` });
    if (verified.size >= REMEMBERED_MAX) verified.clear();
    verified.set(pass, verdict.claims);
    return holderOf(verdict.claims);
  };
}

function holderOf({ sub: fanId, code, channel }: PassClaims): PassHolder {
  const ofCode = code && { codeSetId: code.codeSetId as CodeSetId, codeId: code.codeId as CodeId };
  return { fanId, ...(ofCode && { code: ofCode }), ...(channel !== undefined && { channel }) };
}
