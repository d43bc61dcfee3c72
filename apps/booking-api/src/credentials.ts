// Who is calling: a fan by token, a buyer by pass. Both are checked with keys alone, no store is asked.
import { FAN_COOKIE, type PassHolder, passCookie, passHolder } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { openFan, type PassClaims, type PassPublicKeys, type TokenKeys, verifyPass } from '@onsale/pass';
import { ProblemError, readAuthorization, readCookie } from '@onsale/runtime';

type Credentialed = {
  readonly headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined };
};
export type FanGate = (request: Credentialed) => FanId;
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
  const verified = new Map<string, Verified>();
  return ({ headers }, saleId) => {
    const pass = readAuthorization(headers.authorization, 'Bearer') ?? readCookie(headers.cookie, passCookie(saleId));
    if (pass === undefined) throw new ProblemError('pass_required');
    const known = verified.get(pass);
    if (known !== undefined && known.claims.aud === saleId && now() < known.claims.exp * 1000) return known.holder;
    const verdict = verifyPass(keys, pass, { issuer, saleId, now: now() });
    if (verdict.kind === 'invalid') refusePass(verdict.reason);
    const { claims } = verdict;
    const holder = holderOf(claims) ?? refusePass('it names nobody who could buy');
    if (verified.size >= REMEMBERED_MAX) verified.clear();
    verified.set(pass, { claims, holder });
    return holder;
  };
}

type Verified = { readonly claims: PassClaims; readonly holder: PassHolder };

function refusePass(why: string): never {
  throw new ProblemError('pass_required', { detail: `The pass is not valid: ${why}.` });
}

/** Null for a pass that we signed and whose holder no command could name. */
function holderOf({ sub: fanId, code, channel }: PassClaims): PassHolder | null {
  const ofCode = code && { codeSetId: code.codeSetId, codeId: code.codeId };
  const parsed = passHolder.safeParse({
    fanId,
    ...(ofCode && { code: ofCode }),
    ...(channel !== undefined && { channel }),
  });
  return parsed.success ? parsed.data : null;
}
