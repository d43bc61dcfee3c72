// Stands before the line: whoever comes in peace passes without noticing; from a block of addresses in a storm each new
// place costs proof of work, and is noted for the draw. docs/fairness.md says what the draw makes of that.
import { hash } from 'node:crypto';
import type { JoinBody } from '@onsale/contracts';
import type { SaleId, WorkChallenge } from '@onsale/domain';
import { askForWork, judgeWork, type TokenKeys } from '@onsale/pass';
import { type Clock, ProblemError } from '@onsale/runtime';
import { type LineRedis, markCrowded, useOnce } from '@onsale/waiting-room-redis';
import { orUnavailable } from '../unavailable.ts';
import { askerOf, blockOf } from './address-block.ts';
import { JoinPace, type Pace } from './join-pace.ts';

export type Asker = { readonly peer: string; readonly forwardedFor: string | undefined };

export type JoinGuard = {
  /** Null lets pass; else the storm the place belongs to, once its work was done. Throws 428 with what to solve, or 429. */
  admit(join: GuardedJoin): null | Promise<Storm>;
  /** Work to do in advance, as ALTCHA clients fetch it. */
  challenge(saleId: SaleId, asker: Asker): WorkChallenge;
};

export type GuardedJoin = { readonly saleId: SaleId; readonly asker: Asker; readonly body: JoinBody };
export type Storm = { note(index: number): Promise<void> };

export type JoinGuardDeps = {
  readonly line: LineRedis;
  readonly keys: TokenKeys;
  readonly clock: Clock;
  readonly joinsPerMinute: number;
  isTrustedProxy(address: string): boolean;
  /** Blocks that are never asked for anything. */
  isUnlimited(address: string): boolean;
};

const WORK_TTL_MS = 120_000;
const ENOUGH = 0.25; // of the work asked now: a storm that grew while a fan was solving is not held against the fan

export function joinGuard(deps: JoinGuardDeps): JoinGuard {
  const pace = new JoinPace(deps.joinsPerMinute);
  const look = (asker: Asker): { readonly pace: Pace; readonly block: string } => {
    const address = askerOf(asker.peer, { forwardedFor: asker.forwardedFor, isTrusted: deps.isTrustedProxy });
    const block = blockOf(address);
    const isUnlimited = deps.isUnlimited(address);
    return { block, pace: isUnlimited ? { kind: 'peaceful' } : pace.count(block, deps.clock.now()) };
  };
  const ask = (subject: string, maxNumber: number) =>
    askForWork(deps.keys, { subject, maxNumber, expiresAt: deps.clock.now() + WORK_TTL_MS });
  return {
    admit: ({ saleId, asker, body }) => {
      const seen = look(asker);
      if (seen.pace.kind === 'peaceful') return null;
      if (seen.pace.kind === 'too_many') {
        throw new ProblemError('too_many_requests', { retryAfterSeconds: seen.pace.retryAfterSeconds });
      }
      const block = subjectOf(saleId, seen.block);
      return passStorm(deps, { saleId, block, solution: body.challenge, maxNumber: seen.pace.maxNumber, ask });
    },
    challenge: (saleId, asker) => {
      const seen = look(asker);
      if (seen.pace.kind === 'too_many') {
        throw new ProblemError('too_many_requests', { retryAfterSeconds: seen.pace.retryAfterSeconds });
      }
      return ask(subjectOf(saleId, seen.block), seen.pace.kind === 'crowded' ? seen.pace.maxNumber : EASY);
    },
  };
}

const EASY = 50_000;
const BLOCK_NAME_LENGTH = 16;

/** A name of the block within one sale, from which no address can be read without knowing the sale's every guess. */
function subjectOf(saleId: SaleId, block: string): string {
  return hash('sha256', `${saleId}\n${block}`, 'base64url').slice(0, BLOCK_NAME_LENGTH);
}

type InStorm = {
  readonly saleId: SaleId;
  readonly block: string;
  readonly solution: string | undefined;
  readonly maxNumber: number;
  ask(subject: string, maxNumber: number): WorkChallenge;
};

async function passStorm(deps: JoinGuardDeps, { saleId, block, solution, maxNumber, ask }: InStorm): Promise<Storm> {
  const refused = (detail: string) => {
    throw new ProblemError('challenge_required', { detail, more: { challenge: ask(block, maxNumber) } });
  };
  if (solution === undefined) return refused('Many join from your network; solve the challenge and join with it.');
  const now = deps.clock.now();
  const verdict = judgeWork(deps.keys, solution, { subject: block, now });
  if (verdict.kind === 'not_done') return refused(`The challenge was not solved (${verdict.reason}).`);
  if (verdict.maxNumber < maxNumber * ENOUGH) return refused('The challenge was too easy for now.');
  const use = { saleId, id: verdict.id, forMs: verdict.expiresAt - now };
  if (!(await orUnavailable(useOnce(deps.line, use)))) return refused('The challenge was used already.');
  return {
    note: async (index) => {
      await orUnavailable(markCrowded(deps.line, { saleId, places: [{ block, index }] }));
    },
  };
}
