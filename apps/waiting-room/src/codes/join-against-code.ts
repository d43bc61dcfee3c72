// Joining a phase that needs a code, or with a code where none is needed.
import type { JoinBody } from '@onsale/contracts';
import type { FanId, PhaseId } from '@onsale/domain';
import type { PlaceClaim } from '@onsale/pass';
import { ProblemError } from '@onsale/runtime';
import { type CodeJoin, type CodeRef, identityDigest, presentUntil } from '@onsale/waiting-room-redis';
import type { PlaceDeps } from '../place/see-place.ts';
import { silenceAllowedMs } from '../place/silence-allowed.ts';
import type { KnownSale } from '../sales/known-sales.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import { checkCode } from './check-code.ts';
import type { JoinedByCode } from './join-by-code.ts';

export type CodedJoinDeps = PlaceDeps & {
  /** Rejects when a store is away. */
  joinByCode(join: CodeJoin): Promise<JoinedByCode>;
  sleep(ms: number): Promise<void>;
};

export const OPENING_TRIES = 30; // × 100 ms: a line opens, or is restored, within a few ticks of the admitter
export const OPENING_PAUSE_MS = 100;

type CodedPlace = Extract<JoinedByCode, { kind: 'joined' }>;

export type CodedJoin = { known: KnownSale; fanId: FanId; phaseId: PhaseId; body: JoinBody };

/** Without a code the fan finds the place that is there, and gets none that is new. */
export async function joinAgainstCode(
  deps: CodedJoinDeps,
  { known, fanId, phaseId, body }: CodedJoin,
): Promise<CodedPlace> {
  const saleId = known.sale._id;
  const { accessCode: text, email } = body;
  const now = deps.clock.now();
  const check = { saleId, sets: known.codeSets, purpose: 'access', phaseId, fanId, email, now } as const;
  const checked = text === undefined ? null : checkCode({ ...check, text });
  if (checked?.kind === 'bad') throw codeRefused(checked.field, checked.why);
  const document = deps.lines.now(saleId)?.document ?? null;
  const present = presentUntil(now + silenceAllowedMs(document, document?.joined ?? null));
  const join = {
    saleId,
    identity: identityDigest(saleId, fanId),
    present,
    code: checked === null ? null : onePlaceIfIdentity(known, checked.code),
  };
  for (let attempt = 0; attempt < OPENING_TRIES; attempt++) {
    const joinedAtLeast = deps.lines.joinedAtLeast(saleId);
    const joined = await orUnavailable(deps.joinByCode({ ...join, joinedAtLeast }));
    if (joined.kind === 'joined') {
      deps.lines.noteJoined(saleId, joined.index + 1);
      return joined;
    }
    if (joined.kind === 'used' && checked === null) throw codeRefused('accessCode', 'this sale needs a code now');
    if (joined.kind === 'used') throw new ProblemError('code_used');
    await deps.sleep(OPENING_PAUSE_MS);
  }
  throw unavailable('The line is being restored.');
}

/** Where the code is the identity, it gives one place, however many its set allows. */
function onePlaceIfIdentity({ sale }: KnownSale, code: NonNullable<CodeJoin['code']>): CodeJoin['code'] {
  return sale.identity === 'code' ? { ...code, usesMax: 1 } : code;
}

function codeRefused(field: 'accessCode' | 'email', message: string): ProblemError {
  return new ProblemError('code_invalid', { fields: [{ field, message }] });
}

/** As passes name it: by the id of its set. */
export function codeOf({ codeSets }: KnownSale, { code }: { readonly code?: CodeRef | null }): PlaceClaim['code'] {
  const set = code == null ? undefined : codeSets.find(({ number }) => number === code.setNumber);
  return set === undefined || code == null ? null : { codeSetId: set._id, codeId: `${set._id}.${code.serial}` };
}
