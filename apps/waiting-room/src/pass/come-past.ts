// Somebody whom staff let in comes past the line with a bypass link: straight to a pass.
import { hash, randomBytes } from 'node:crypto';
import type { BypassPass } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { newFanId, type PassClaims, sealFan, signPass, type TokenKeys } from '@onsale/pass';
import { ProblemError } from '@onsale/runtime';
import { type BypassOutcome, freeSlot, identityDigest, letPast } from '@onsale/waiting-room-redis';
import { checkCode } from '../codes/check-code.ts';
import { type JoinByCodeDeps, loadUsesOfCodes } from '../codes/join-by-code.ts';
import { knownSale } from '../place/see-place.ts';
import { phaseOf } from '../sales/doors.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { PassDeps } from './take-pass.ts';

export type ComePastDeps = PassDeps & { readonly keys: TokenKeys; readonly codes: JoinByCodeDeps };

export type ComePast = {
  readonly saleId: SaleId;
  /** Null for a stranger, who becomes a fan now. */
  readonly fanId: FanId | null;
  readonly code: string;
  /** Idempotency-Key of the request: a stranger whose answer was lost comes again as the same fan. */
  readonly key?: string | undefined;
};

const FAN_ID_BYTES = 16;
const PASS_ID_BYTES = 12;
const FULL_RETRY_SECONDS = 5;
const TRIES_MAX = 3; // the uses are loaded in between, once

export async function comePast(
  deps: ComePastDeps,
  request: ComePast,
): Promise<{ readonly view: BypassPass; readonly maxAgeSeconds: number }> {
  const { saleId } = request;
  const known = await knownSale(deps, saleId);
  const now = deps.clock.now();
  const phase = phaseOf(known, now);
  if (phase !== 'open' && phase !== 'paused') throw new ProblemError('sale_not_open');
  const fanId = request.fanId ?? strangersId(request);
  const [{ id: phaseId } = { id: '' as never }] = known.sale.phases;
  const check = { saleId, sets: known.codeSets, purpose: 'bypass', phaseId, fanId, email: undefined, now } as const;
  const checked = checkCode({ ...check, text: request.code });
  if (checked.kind === 'bad') {
    throw new ProblemError('code_invalid', { fields: [{ field: 'code', message: checked.why }] });
  }
  const slot = await takePastSlot(deps, {
    saleId,
    identity: identityDigest(saleId, fanId),
    code: checked.code,
    passId: randomBytes(PASS_ID_BYTES).toString('base64url'),
    passMs: known.sale.passSeconds * 1000,
    maxActive: known.sale.admission.maxActive,
  });
  const { number, passId, issuedAt, expiresAt } = slot;
  const claims = { iss: deps.publicUrl, aud: saleId, sub: fanId, jti: passId, iat: issuedAt, exp: expiresAt };
  const pass = signPass(deps.passKeys, { ...claims, number, channel: 'staff' });
  const shopUrl = `${deps.publicUrl}/sales/${saleId}/shop`;
  const fanToken = sealFan(deps.keys, fanId, now);
  return {
    view: { pass, expiresAt: new Date(expiresAt * 1000).toISOString(), shopUrl, fanToken },
    maxAgeSeconds: expiresAt - issuedAt,
  };
}

/** Idempotent. The link is used: who left does not come in by it again. */
export async function leavePast({ line }: ComePastDeps, { aud: saleId, number }: PassClaims): Promise<void> {
  const outcome = await orUnavailable(freeSlot(line, { saleId, number }));
  if (outcome.kind === 'blank') throw unavailable('The line is being restored.');
}

/** Only who holds the code and the key of the first request can be this fan. */
function strangersId({ saleId, code, key }: ComePast): FanId {
  if (key === undefined) return newFanId();
  const digest = hash('sha256', `onsale bypass ${saleId} ${code} ${key}`, 'buffer');
  return digest.toString('base64url', 0, FAN_ID_BYTES) as FanId;
}

type PastSlot = Extract<BypassOutcome, { kind: 'slot' }>;

async function takePastSlot(deps: ComePastDeps, bypass: Parameters<typeof letPast>[1]): Promise<PastSlot> {
  const { saleId, code, identity } = bypass;
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const outcome = await orUnavailable(letPast(deps.line, bypass));
    if (outcome.kind === 'slot') {
      const { setNumber, serial } = code;
      await deps.codes.ledger.keep({ saleId, setNumber, serial, uses: 1, usedBy: identity.toString('base64') });
      return outcome;
    }
    if (outcome.kind === 'used') throw new ProblemError('code_used');
    if (outcome.kind === 'full') {
      const detail = 'The shop is full at the moment; somebody leaves soon.';
      throw new ProblemError('unavailable', { detail, retryAfterSeconds: FULL_RETRY_SECONDS });
    }
    if (outcome.kind === 'blank') throw unavailable('The line is being restored.');
    await orUnavailable(loadUsesOfCodes(deps.codes, saleId, outcome.epoch));
  }
  throw unavailable('The line is being restored.');
}
