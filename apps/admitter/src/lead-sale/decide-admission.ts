// Gathers the facts and lets the policy decide; beside it, what automatic control would have decided.
import { roomOf, type SaleRecord } from '@onsale/booking-mongo';
import {
  type AdmissionDecision,
  type AdmissionFacts,
  howManyToCall,
  type SalePhase,
  whatAutomaticWouldDo,
} from '@onsale/domain';
import type { LineFacts } from '@onsale/waiting-room-redis';
import type { SaleMemory } from './sale-memory.ts';
import { waitingFans } from './watch-presence.ts';
import { isSoldOut } from './watch-shop.ts';

export type DecideInput = {
  readonly sale: SaleRecord;
  readonly facts: LineFacts;
  readonly memory: SaleMemory;
  readonly phase: SalePhase;
};

const BASKET_GUESS = 1.5; // seats per fan, until enough of them have chosen
const MEASURED_FROM = 20; // fans; below, shares and means say nothing
const MINUTE_MS = 60_000;
const FIRST_SECONDS = 0.25; // a leader that takes over calls in its first tick

export function decideAdmission(input: DecideInput): AdmissionDecision {
  const { sale, facts, memory } = input;
  const seen = factsOf(input);
  const decision = howManyToCall(seen, sale.admission);
  memory.shadow.decision = decideInShadow(seen, input);
  memory.credit = decision.credit;
  memory.pace = decision.pace;
  memory.decidedAt = facts.now;
  return decision;
}

/** Whom the shadow would have called and nobody did would be in the shop by now: they take up room in its next answer. */
function decideInShadow(seen: AdmissionFacts, { sale, facts, memory }: DecideInput): AdmissionDecision | null {
  const { shadow } = memory;
  shadow.calls = shadow.calls.filter(({ at }) => facts.now - at < MINUTE_MS);
  const notMade = Math.max(0, shadowCallsLastMinute(memory) - callsLastMinute(memory, facts.now));
  const decision = whatAutomaticWouldDo(
    { ...seen, called: seen.called + notMade, credit: shadow.credit, pace: shadow.pace },
    sale.admission,
  );
  if (decision === null) {
    shadow.calls = [];
    return null;
  }
  shadow.credit = decision.credit;
  shadow.pace = decision.pace;
  if (decision.count > 0) shadow.calls.push({ at: facts.now, count: decision.count });
  return decision;
}

export function shadowCallsLastMinute({ shadow }: SaleMemory): number {
  return shadow.calls.reduce((sum, { count }) => sum + count, 0);
}

export function callsLastMinute({ outflow, calledSoFar }: SaleMemory, now: number): number {
  const before = outflow.findLast(({ at }) => now - at >= MINUTE_MS);
  return calledSoFar - (before?.called ?? 0);
}

function factsOf({ sale, facts, memory, phase }: DecideInput): AdmissionFacts {
  const { admitted, missed, called, active, choosing, now } = facts;
  const { fans, seats } = chosenSince({ facts, memory });
  const guess = Math.min(BASKET_GUESS, sale.limits.seatsPerBooking);
  return {
    phase: phase === 'open' && isSoldOut(memory) ? 'sold_out' : phase,
    draining: sale.draining,
    waiting: waitingFans(facts, memory.presence),
    restoredSecondsAgo: facts.epoch === 1 ? null : (now - facts.openedAt) / 1000,
    called,
    active,
    choosing,
    stock: memory.stock?.value ?? null,
    basket: fans < MEASURED_FROM ? guess : Math.min(sale.limits.seatsPerBooking, Math.max(1, seats / fans)),
    noShowRate: admitted + missed < MEASURED_FROM ? null : missed / (admitted + missed),
    credit: memory.credit,
    secondsSinceLast: memory.decidedAt === null ? FIRST_SECONDS : Math.max(0, now - memory.decidedAt) / 1000,
    shopDelayMs: memory.shopDelayMs,
    pace: memory.pace,
    roomOn: roomOf(sale).on,
    manualCalls: sale.manualCall?.count ?? 0,
  };
}

/** Seats a called fan takes, those who take none or never come counted in; null until enough were seen. */
export function seatsPerCalledFan({ facts, memory }: Pick<DecideInput, 'facts' | 'memory'>): number | null {
  const { fans, missed, seats } = chosenSince({ facts, memory });
  return fans + missed < MEASURED_FROM ? null : Math.max(0, seats / (fans + missed));
}

/** Redis counts who came in since the line was opened, MongoDB all seats: both are taken from one moment on. */
function chosenSince({ facts, memory }: Pick<DecideInput, 'facts' | 'memory'>) {
  if (memory.stock === null) return { fans: 0, missed: 0, seats: 0 };
  const taken = memory.stock.value.sold + memory.stock.value.openHolds;
  if (memory.basketFrom?.epoch !== facts.epoch) {
    memory.basketFrom = { epoch: facts.epoch, admitted: facts.admitted, missed: facts.missed, seats: taken };
  }
  const { admitted, missed, seats } = memory.basketFrom;
  return {
    fans: facts.admitted - facts.choosing - admitted,
    missed: facts.missed - missed,
    seats: taken - seats,
  };
}
