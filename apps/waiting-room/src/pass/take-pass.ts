// A called fan comes in: the slot in the line becomes a signed pass. A fan who leaves the shop gives the slot back.
import { randomBytes } from 'node:crypto';
import type { PassView } from '@onsale/contracts';
import { type PassClaims, type PassKeys, signPass } from '@onsale/pass';
import { ProblemError } from '@onsale/runtime';
import { adoptSlot, freeSlot, readPlace, takeSlot } from '@onsale/waiting-room-redis';
import type { ShownPlace } from '../place/credentials.ts';
import { isMoved } from '../place/place-view.ts';
import { knownSale, type PlaceDeps, placeRef } from '../place/see-place.ts';
import { phaseOf } from '../sales/doors.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';

export type PassDeps = PlaceDeps & {
  readonly passKeys: PassKeys;
  /** Issuer of passes, and where the shop is. Without a slash at the end. */
  readonly publicUrl: string;
};

const NOT_CALLED_RETRY_SECONDS = 2;
const PASS_ID_BYTES = 12;

export type PassRequest = {
  readonly shown: ShownPlace;
  /** The valid pass the request bears already, if any. */
  readonly kept: PassClaims | null;
};

export async function takePass(
  deps: PassDeps,
  { shown, kept }: PassRequest,
): Promise<{ readonly view: PassView; readonly maxAgeSeconds: number }> {
  const { saleId, index, fanId, version, code } = shown.claim;
  const known = await knownSale(deps, saleId);
  if (phaseOf(known, deps.clock.now()) === 'closed') throw new ProblemError('sale_not_open');
  const { number } = placeRef(known, shown);
  if (number === null) throw notCalled();
  await takeUpKept(deps, { kept, number });
  const passId = randomBytes(PASS_ID_BYTES).toString('base64url');
  const passMs = known.sale.passSeconds * 1000;
  const slot = await orUnavailable(takeSlot(deps.line, { saleId, index, number, passId, passMs, version }));
  if (slot.kind === 'not_called') throw notCalled();
  if (slot.kind === 'call_expired') throw new ProblemError('call_expired');
  if (slot.kind === 'gone') throw new ProblemError('place_gone');
  if (slot.kind === 'moved') throw new ProblemError('place_moved');
  if (slot.kind === 'blank') throw unavailable('The line is being restored; your place is safe.');
  const pass = signPass(deps.passKeys, {
    iss: deps.publicUrl,
    aud: saleId,
    sub: fanId,
    jti: slot.passId,
    iat: slot.issuedAt,
    exp: slot.expiresAt,
    number,
    ...(code !== null && { code }),
  });
  return {
    view: {
      pass,
      expiresAt: new Date(slot.expiresAt * 1000).toISOString(),
      shopUrl: `${deps.publicUrl}/sales/${saleId}/shop`,
    },
    maxAgeSeconds: slot.expiresAt - slot.issuedAt,
  };
}

/** Whoever looks at the place from inside the shop: called once already, and not to be called again after a loss. */
export async function keepSlot(deps: PassDeps, { shown, kept }: PassRequest): Promise<void> {
  if (kept === null) return;
  const { number } = placeRef(await knownSale(deps, shown.claim.saleId), shown);
  if (number !== null) await takeUpKept(deps, { kept, number });
}

/** After a loss of Redis the browser still has the pass: its slot is taken up again instead of a second call. */
async function takeUpKept({ line }: PassDeps, { kept, number }: { kept: PassClaims | null; number: number }) {
  if (kept === null || kept.number !== number) return;
  const { aud: saleId, jti: passId, iat: issuedAt, exp: expiresAt } = kept;
  await orUnavailable(adoptSlot(line, { saleId, number, passId, issuedAt, expiresAt }));
}

/** Idempotent; without a slot nothing happens. */
export async function leaveShop(deps: PlaceDeps, shown: ShownPlace): Promise<void> {
  const known = await knownSale(deps, shown.claim.saleId);
  const ref = placeRef(known, shown);
  const { saleId, number } = ref;
  if (number === null) return;
  const standing = await orUnavailable(readPlace(deps.line, ref));
  if (standing.kind === 'place' && isMoved(shown, standing)) throw new ProblemError('place_moved');
  const outcome = await orUnavailable(freeSlot(deps.line, { saleId, number }));
  if (outcome.kind === 'blank') throw unavailable('The line is being restored.');
}

function notCalled(): ProblemError {
  return new ProblemError('not_called', { retryAfterSeconds: NOT_CALLED_RETRY_SECONDS });
}
