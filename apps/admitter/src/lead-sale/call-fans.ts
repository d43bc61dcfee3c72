// Calls the next fans. The database knows how far `served` may have come before anybody is called, so that a line that
// is restored calls nobody twice and forgets nobody who was called.
import { raiseServed, type SaleRecord, sales } from '@onsale/booking-mongo';
import { callNext, type Leadership, type LineFacts } from '@onsale/waiting-room-redis';
import type { LeaderDeps } from './sale-leader.ts';
import type { SaleMemory } from './sale-memory.ts';
import { waitingFans } from './watch-presence.ts';

export type CallFans = {
  readonly sale: SaleRecord;
  readonly leadership: Leadership;
  readonly facts: LineFacts;
  readonly memory: SaleMemory;
  readonly count: number;
};

export type Standing = {
  readonly served: number;
  /** Called now. */
  readonly count: number;
  /** Called in all and may still come in. */
  readonly called: number;
  readonly active: number;
};

const ROUNDS_MAX = 3; // ghosts found since the last look eat up a round's mark; what is missing then comes next tick
const PASSED_OVER_MAX = 4096; // numbers; the bound of the script

/** Null when the lease or the line was lost meanwhile. */
export async function callFans(deps: LeaderDeps, input: CallFans): Promise<Standing | null> {
  const { sale, leadership, facts, memory } = input;
  const saleId = sale._id;
  let standing: Standing = { served: facts.served, count: 0, called: facts.called, active: facts.active };
  if (input.count > 0) await takeFromManualCall(deps, sale, input.count);
  else await keepServed(deps, input);
  for (let round = 0; round < ROUNDS_MAX && standing.count < input.count; round++) {
    const count = input.count - standing.count;
    const servedMax = markFor({
      count,
      served: standing.served,
      memory,
      last: facts.firstUndrawnIndex ?? facts.joined,
    });
    const now = new Date(deps.clock.now());
    await raiseServed(deps.mongo, {
      saleId,
      served: servedMax,
      calledUpTo: standing.served,
      expiredUpTo: expiredUpTo(input),
      now,
    });
    memory.line.keptServed = standing.served;
    const { maxActive } = sale.admission;
    const callWindowMs = sale.callWindowSeconds * 1000;
    const servedAtLeast = standing.served;
    const limits = { maxActive, callWindowMs, servedMax, servedAtLeast };
    const outcome = await callNext(deps.line, { saleId, leadership, count, ...limits });
    if (outcome.kind !== 'called') return null;
    const { served, called, active } = outcome;
    standing = { served, count: standing.count + outcome.count, called, active };
    if (outcome.count < count && served < servedMax) break;
  }
  if (standing.count > 0) deps.events.called(saleId, standing.count);
  memory.calledSoFar += standing.count;
  memory.outflow.push({
    at: facts.now,
    served: standing.served,
    called: memory.calledSoFar,
    gone: memory.presence.ghosts.countThrough(facts.joined),
    waiting: waitingFans(facts, memory.presence),
    inside: standing.called + standing.active,
    slots: sale.admission.maxActive,
  });
  return standing;
}

/** What the last call reached; while calls go on, each one writes it down for the one before. */
async function keepServed({ mongo, clock }: LeaderDeps, input: CallFans): Promise<void> {
  const { sale, facts, memory } = input;
  const { served } = facts;
  if (served <= memory.line.keptServed) return;
  const marks = { served, calledUpTo: served, expiredUpTo: expiredUpTo(input) };
  await raiseServed(mongo, { saleId: sale._id, ...marks, now: new Date(clock.now()) });
  memory.line.keptServed = served;
}

type MarkFacts = {
  readonly count: number;
  readonly served: number;
  readonly last: number;
  readonly memory: SaleMemory;
};

/** Up to which number `count` fans are called when known ghosts are passed over. */
function markFor({ count, served, last, memory }: MarkFacts): number {
  let mark = served;
  let present = 0;
  while (present < count && mark < last && mark - served < PASSED_OVER_MAX) {
    mark++;
    if (!memory.presence.ghosts.isGhost(mark)) present++;
  }
  return mark;
}

/** How far `served` had come one call window ago: those up to there came in or missed it. */
function expiredUpTo({ sale, facts, memory }: CallFans): number {
  const before = facts.now - sale.callWindowSeconds * 1000;
  return memory.outflow.findLast(({ at }) => at <= before)?.served ?? 0;
}

/** Counted down before the call: when the leader dies in between, an operator calls again rather than too many. */
async function takeFromManualCall({ mongo }: LeaderDeps, { _id, manualCall }: SaleRecord, count: number) {
  if (manualCall === null) return;
  const { actId } = manualCall;
  const left = manualCall.count - count;
  await sales(mongo).updateOne(
    { _id, 'manualCall.actId': actId },
    { $set: { manualCall: left > 0 ? { actId, count: left } : null } },
  );
  manualCall.count = Math.max(0, left);
}
