// One tick of a sale's leader: look, hold a draw that is due, decide, call, tell.
import { type DrawRecord, raiseLeasedIndexes, readStock, type SaleRecord, sales } from '@onsale/booking-mongo';
import { type AdmissionDecision, howManyToCall, type SalePhase, salePhase } from '@onsale/domain';
import { type Leadership, type LineFacts, leaseIndexes, readFacts } from '@onsale/waiting-room-redis';
import { holdDraws } from '../hold-draw/hold-draws.ts';
import { callFans } from './call-fans.ts';
import { openLine } from './open-line.ts';
import type { LeaderDeps } from './sale-leader.ts';
import type { SaleMemory } from './sale-memory.ts';
import { tellEverybody } from './tell-everybody.ts';
import { waitingFans, watchPresence } from './watch-presence.ts';

export type TickInput = {
  readonly sale: SaleRecord;
  readonly leadership: Leadership;
  readonly memory: SaleMemory;
};

const LEASE_MIN = 500; // indexes ahead; what is leased and not given is a gap after a loss, so no more than needed
const LEASE_SECONDS = 4; // of joining at the speed of the last tick
const STOCK_EVERY_MS = 500;
const BASKET_GUESS = 1.5; // seats per fan, until enough of them have chosen
const MEASURED_FROM = 20; // fans; below, shares and means say nothing

export async function tick(deps: LeaderDeps, { sale, leadership, memory }: TickInput): Promise<void> {
  const saleId = sale._id;
  const facts = await readFacts(deps.line, { saleId, passMs: sale.passSeconds * 1000 });
  if (facts.kind === 'blank') return openLine(deps, sale);
  await keepIndexesLeased(deps, { sale, facts, memory });
  memory.draws = await holdDraws(deps, { sale, draws: memory.draws, now: facts.now });
  await lookAtStock(deps, { sale, memory, now: facts.now });
  await watchPresence(deps.line, {
    saleId,
    facts,
    draws: memory.draws,
    document: memory.published,
    memory: memory.presence,
  });
  const phase = phaseOf({ sale, draws: memory.draws, now: facts.now });
  const decision = decide({ sale, facts, memory, phase });
  const standing = await callFans(deps, { sale, leadership, facts, memory, count: decision.count });
  if (standing === null) return;
  await tellEverybody(deps, { sale, leadership, facts, memory, phase, decision, standing });
}

async function keepIndexesLeased(deps: LeaderDeps, { sale, facts, memory }: LeaseInput): Promise<void> {
  const { mongo, line, clock } = deps;
  const { joined, leased, epoch, now } = facts;
  const seconds = Math.max(0.1, (now - (memory.joined?.at ?? now - 1000)) / 1000);
  const perSecond = (joined - (memory.joined?.count ?? joined)) / seconds;
  memory.joined = { at: now, count: joined };
  const ahead = Math.ceil(LEASE_MIN + perSecond * LEASE_SECONDS);
  if (leased - joined >= ahead / 2) return;
  await raiseLeasedIndexes(mongo, { saleId: sale._id, leasedIndexes: joined + ahead, now: new Date(clock.now()) });
  await leaseIndexes(line, { saleId: sale._id, epoch, leased: joined + ahead });
}

type LeaseInput = { readonly sale: SaleRecord; readonly facts: LineFacts; readonly memory: SaleMemory };

type StockInput = { readonly sale: SaleRecord; readonly memory: SaleMemory; readonly now: number };

/** A sale is sold out when nothing is free and nothing is held that could come back. */
async function lookAtStock({ mongo }: LeaderDeps, { sale, memory, now }: StockInput): Promise<void> {
  if (memory.stock !== null && now - memory.stock.at < STOCK_EVERY_MS) return;
  const value = await readStock(mongo, sale._id);
  memory.stock = { at: now, value };
  const soldOut = isSoldOut(memory);
  if (soldOut !== sale.soldOut) await sales(mongo).updateOne({ _id: sale._id }, { $set: { soldOut } });
}

function isSoldOut({ stock }: SaleMemory): boolean {
  return stock !== null && stock.value.capacity > 0 && stock.value.free === 0 && stock.value.openHolds === 0;
}

function phaseOf({
  sale,
  draws,
  now,
}: {
  readonly sale: SaleRecord;
  readonly draws: readonly DrawRecord[];
  readonly now: number;
}): SalePhase {
  return salePhase(
    {
      windows: sale.phases.map(({ id, kind, prequeueOpensAt, opensAt, closesAt }) => ({
        id,
        kind,
        prequeueOpensAt: prequeueOpensAt.getTime(),
        opensAt: opensAt.getTime(),
        closesAt: closesAt.getTime(),
      })),
      drawn: new Set(draws.filter(({ seed }) => seed !== null).map(({ phaseId }) => phaseId)),
      paused: sale.paused,
      soldOut: sale.soldOut,
      closedByStaff: sale.closedByStaff,
    },
    now,
  );
}

type DecideInput = {
  readonly sale: SaleRecord;
  readonly facts: LineFacts;
  readonly memory: SaleMemory;
  readonly phase: SalePhase;
};

function decide({ sale, facts, memory, phase }: DecideInput): AdmissionDecision {
  const { admitted, missed, called, active, choosing, now } = facts;
  const stock = memory.stock?.value ?? null;
  const decision = howManyToCall(
    {
      phase: phase === 'open' && isSoldOut(memory) ? 'sold_out' : phase,
      draining: sale.draining,
      waiting: waitingFans(facts, memory.presence),
      restoredSecondsAgo: facts.epoch === 1 ? null : (now - facts.openedAt) / 1000,
      called,
      active,
      choosing,
      stock,
      basket: basketOf({ facts, memory, seatsPerBooking: sale.limits.seatsPerBooking }),
      noShowRate: admitted + missed < MEASURED_FROM ? null : missed / (admitted + missed),
      credit: memory.credit,
      secondsSinceLast: memory.decidedAt === null ? 0 : Math.max(0, now - memory.decidedAt) / 1000,
      manualCalls: sale.manualCall?.count ?? 0,
    },
    sale.admission,
  );
  memory.credit = decision.credit;
  memory.decidedAt = now;
  return decision;
}

function basketOf({
  facts,
  memory,
  seatsPerBooking,
}: {
  readonly facts: LineFacts;
  readonly memory: SaleMemory;
  readonly seatsPerBooking: number;
}): number {
  if (memory.stock === null) return Math.min(BASKET_GUESS, seatsPerBooking);
  const taken = memory.stock.value.sold + memory.stock.value.openHolds;
  // Redis counts who came in since the line was opened, MongoDB all seats: both are taken from one moment on.
  if (memory.basketFrom?.epoch !== facts.epoch) {
    memory.basketFrom = { epoch: facts.epoch, admitted: facts.admitted, seats: taken };
  }
  const fans = facts.admitted - facts.choosing - memory.basketFrom.admitted;
  const seats = taken - memory.basketFrom.seats;
  if (fans < MEASURED_FROM) return Math.min(BASKET_GUESS, seatsPerBooking);
  return Math.min(seatsPerBooking, Math.max(1, seats / fans));
}
