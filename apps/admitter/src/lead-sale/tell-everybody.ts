// After the decision: the line document for those who wait, the report for operators, the decisions worth keeping.
import { keepDecision, type SaleRecord } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import type { AdmissionDecision, SalePhase } from '@onsale/domain';
import { type Leadership, type LineFacts, publishLine, readLine, writeReport } from '@onsale/waiting-room-redis';
import type { Standing } from './call-fans.ts';
import { callsLastMinute, shadowCallsLastMinute } from './decide-admission.ts';
import { noteMarks } from './line-marks.ts';
import { makeLineDocument } from './make-line-document.ts';
import type { LeaderDeps } from './sale-leader.ts';
import { measuredRate, type SaleMemory } from './sale-memory.ts';
import { sampleSale } from './sample-sale.ts';
import { awayFans, waitingFans } from './watch-presence.ts';

export type Told = {
  readonly sale: SaleRecord;
  readonly leadership: Leadership;
  readonly facts: LineFacts;
  readonly memory: SaleMemory;
  readonly phase: SalePhase;
  readonly decision: AdmissionDecision;
  readonly standing: Standing;
};

const SERVED_EVERY_MS = 500; // a called fan hears of it within this and a tick
const OTHERWISE_EVERY_MS = 1_000;
const HEARTBEAT_MS = 5_000; // an unchanged document is repeated, so that its age tells that the line is led
const KEEP_DECISION_EVERY_MS = 10_000;
const KEEP_NEW_EVERY_MS = 1_000; // two reasons that take turns every tick would fill the log
const OUTFLOW_KEPT_MS = 10 * 60_000;

export async function tellEverybody(deps: LeaderDeps, told: Told): Promise<void> {
  const { memory, facts } = told;
  memory.outflow = memory.outflow.filter(({ at }) => facts.now - at <= OUTFLOW_KEPT_MS);
  await publish(deps, told);
  await report(deps, told);
  await sampleSale(deps.line, told);
  await keepIfNew(deps, told);
}

async function publish({ line }: LeaderDeps, told: Told): Promise<void> {
  const { memory, facts, leadership } = told;
  if (memory.published === null) await rememberPublished(line, told);
  // Before everybody was looked at once, the ghosts are not known, and everybody's position would jump up.
  if (!memory.presence.seenEverybody) return;
  const last = memory.published?.epoch === facts.epoch ? memory.published : null;
  const document = makeLineDocument({ ...told, seq: Math.max(facts.seq, last?.seq ?? 0) + 1 });
  if (last !== null && !isDue({ document, last, ageMs: facts.now - memory.publishedAt })) return;
  const outcome = await publishLine(line, { leadership, document });
  if (outcome.kind !== 'published') return;
  memory.published = document;
  memory.publishedAt = facts.now;
  noteMarks(memory.line, { ...facts, seq: document.seq });
}

/** A leader that takes over goes on from what the one before told. */
async function rememberPublished(line: LeaderDeps['line'], { sale, facts, memory }: Told): Promise<void> {
  const document = (await readLine(line, sale._id))?.document;
  if (document === undefined || document.epoch !== facts.epoch) return;
  memory.presence.back += document.back ?? 0;
  memory.published = document;
}

type Due = { readonly document: LineDocument; readonly last: LineDocument; readonly ageMs: number };

function isDue({ document, last, ageMs }: Due): boolean {
  if (document.phase !== last.phase || document.notice !== last.notice) return true;
  if (document.served !== last.served) return ageMs >= SERVED_EVERY_MS;
  const { seq: _seq, at: _at, ...content } = document;
  const { seq: _lastSeq, at: _lastAt, ...lastContent } = last;
  const changed = JSON.stringify(content) !== JSON.stringify(lastContent);
  return ageMs >= (changed ? OTHERWISE_EVERY_MS : HEARTBEAT_MS);
}

async function report({ line }: LeaderDeps, { sale, facts, memory, decision, standing }: Told): Promise<void> {
  const { admitted, missed } = facts;
  const seen = { ...facts, served: standing.served };
  const shadow = memory.shadow.decision;
  await writeReport(line, sale._id, {
    observed: {
      joined: facts.joined,
      served: standing.served,
      waiting: waitingFans(seen, memory.presence),
      away: awayFans(seen, memory.presence),
      prequeue: facts.firstUndrawnIndex === null ? 0 : facts.joined - facts.firstUndrawnIndex,
      called: standing.called,
      active: standing.active,
      callsPerMinute: measuredRate(memory, facts.now)?.mean ?? 0,
      noShowRate: admitted + missed === 0 ? 0 : missed / (admitted + missed),
      stockFree: memory.stock?.value.free ?? null,
      openHolds: memory.stock?.value.openHolds ?? null,
      sold: memory.stock?.value.sold ?? null,
      capacity: memory.stock?.value.capacity ?? null,
      shopDelayMs: memory.shopDelayMs,
    },
    lastDecision: { at: new Date(facts.now).toISOString(), count: standing.count, reason: decision.reason },
    shadow: shadow && {
      count: shadow.count,
      reason: shadow.reason,
      callsLastMinute: callsLastMinute(memory, facts.now),
      wouldCallLastMinute: shadowCallsLastMinute(memory),
    },
  });
}

/**
 * A new kind of reason at once, a call by hand always, calls now and then, with how many were called since: the counts of the log add up to all
 * calls of this leader. Figures alone do not make a reason new.
 */
async function keepIfNew({ mongo }: LeaderDeps, { sale, facts, memory, decision }: Told): Promise<void> {
  const shadow = memory.shadow.decision;
  const reason = `${decision.reason} ${shadow?.reason ?? ''}`.replaceAll(/[\d.]+/g, '#');
  const count = memory.calledSoFar - (memory.kept?.calledSoFar ?? 0);
  const isNew = memory.kept?.reason !== reason;
  const ageMs = memory.kept === null ? Number.POSITIVE_INFINITY : facts.now - memory.kept.at;
  const byHand = sale.manualCall !== null && count > 0;
  const isWorth = isNew ? ageMs >= KEEP_NEW_EVERY_MS : count > 0 && ageMs >= KEEP_DECISION_EVERY_MS;
  if (!isWorth && !byHand) return;
  memory.kept = { at: facts.now, reason, calledSoFar: memory.calledSoFar };
  await keepDecision(mongo, {
    saleId: sale._id,
    at: new Date(facts.now),
    count,
    reason: decision.reason,
    shadow: shadow && { count: shadow.count, reason: shadow.reason },
  });
}
