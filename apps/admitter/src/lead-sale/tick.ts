// One tick of a sale's leader: look, hold a draw that is due, decide, call, tell.
import { type DrawRecord, raiseLeasedIndexes, type SaleRecord } from '@onsale/booking-mongo';
import { type SalePhase, salePhase } from '@onsale/domain';
import { type Leadership, type LineFacts, leaseIndexes, readFacts } from '@onsale/waiting-room-redis';
import { holdDraws } from '../hold-draw/hold-draws.ts';
import { callFans } from './call-fans.ts';
import { decideAdmission } from './decide-admission.ts';
import { keepPromises } from './keep-promises.ts';
import { marksToExpect, noteMarks } from './line-marks.ts';
import { openLine } from './open-line.ts';
import type { LeaderDeps } from './sale-leader.ts';
import type { SaleMemory } from './sale-memory.ts';
import { tellEverybody } from './tell-everybody.ts';
import { watchPresence } from './watch-presence.ts';
import { watchRoom } from './watch-room.ts';
import { watchShop } from './watch-shop.ts';

export type TickInput = {
  readonly sale: SaleRecord;
  readonly leadership: Leadership;
  readonly memory: SaleMemory;
};

const LEASE_MIN = 500; // indexes ahead; what is leased and not given is a gap after a loss, so no more than needed
const LEASE_SECONDS = 4; // of joining at the speed of the last tick

export async function tick(deps: LeaderDeps, { sale, leadership, memory }: TickInput): Promise<void> {
  const saleId = sale._id;
  const marks = await marksToExpect(deps, saleId, memory.line);
  const facts = await readFacts(deps.line, { saleId, passMs: sale.passSeconds * 1000, marks });
  if (facts.kind === 'older') deps.events.olderCopyFound(saleId);
  if (facts.kind !== 'facts') return openLine(deps, sale);
  noteMarks(memory.line, facts);
  await keepIndexesLeased(deps, { sale, facts, memory });
  const { now, firstUndrawnIndex } = facts;
  memory.draws = await holdDraws(deps, { sale, memory, now, firstUndrawnIndex });
  await watchShop(deps, { sale, memory, now });
  await watchPresence(deps.line, {
    saleId,
    facts,
    draws: memory.draws,
    document: memory.published,
    memory: memory.presence,
  });
  await watchRoom(deps, { sale, facts, memory });
  const phase = phaseOf({ sale, draws: memory.draws, now });
  memory.openSince = phase === 'open' ? (memory.openSince ?? now) : null;
  const decision = decideAdmission({ sale, facts, memory, phase });
  const standing = await callFans(deps, { sale, leadership, facts, memory, count: decision.count });
  if (standing === null) return;
  noteMarks(memory.line, { ...facts, served: standing.served });
  await tellEverybody(deps, { sale, leadership, facts, memory, phase, decision, standing });
  await keepPromises(deps, { sale, facts, memory, served: standing.served, random: Math.random });
}

async function keepIndexesLeased(deps: LeaderDeps, { sale, facts, memory }: LeaseInput): Promise<void> {
  const { mongo, line, clock } = deps;
  const { joined, leased, epoch, now } = facts;
  // A restored line counts on from the leased mark: that leap is nobody's joining, and would raise the mark manifold.
  const before = memory.joined?.epoch === epoch ? memory.joined : null;
  const seconds = Math.max(0.1, (now - (before?.at ?? now - 1000)) / 1000);
  const perSecond = (joined - (before?.count ?? joined)) / seconds;
  memory.joined = { epoch, at: now, count: joined };
  const ahead = Math.ceil(LEASE_MIN + perSecond * LEASE_SECONDS);
  if (leased - joined >= ahead / 2) return;
  await raiseLeasedIndexes(mongo, { saleId: sale._id, leasedIndexes: joined + ahead, now: new Date(clock.now()) });
  await leaseIndexes(line, { saleId: sale._id, epoch, leased: joined + ahead });
}

type LeaseInput = { readonly sale: SaleRecord; readonly facts: LineFacts; readonly memory: SaleMemory };

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
