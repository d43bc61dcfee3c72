// After the decision: the line document for those who wait, the report for operators, the decisions worth keeping.
import { keepDecision, type SaleRecord } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import { type AdmissionDecision, callRate, type SalePhase } from '@onsale/domain';
import { type Leadership, type LineFacts, publishLine, writeReport } from '@onsale/waiting-room-redis';
import type { Standing } from './call-fans.ts';
import { makeLineDocument } from './make-line-document.ts';
import type { LeaderDeps } from './sale-leader.ts';
import type { SaleMemory } from './sale-memory.ts';

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
const OUTFLOW_KEPT_MS = 10 * 60_000;

export async function tellEverybody(deps: LeaderDeps, told: Told): Promise<void> {
  const { memory, facts } = told;
  memory.outflow = memory.outflow.filter(({ at }) => facts.now - at <= OUTFLOW_KEPT_MS);
  await publish(deps, told);
  await report(deps, told);
  await keepIfNew(deps, told);
}

async function publish({ line }: LeaderDeps, told: Told): Promise<void> {
  const { memory, facts, leadership } = told;
  const last = memory.published?.epoch === facts.epoch ? memory.published : null;
  const document = makeLineDocument({ ...told, seq: Math.max(facts.seq, last?.seq ?? 0) + 1 });
  if (last !== null && !isDue(document, last)) return;
  const outcome = await publishLine(line, { leadership, document });
  if (outcome.kind === 'published') memory.published = document;
}

function isDue(document: LineDocument, last: LineDocument): boolean {
  const age = Date.parse(document.at) - Date.parse(last.at);
  if (document.phase !== last.phase || document.notice !== last.notice) return true;
  if (document.served !== last.served) return age >= SERVED_EVERY_MS;
  const { seq: _seq, at: _at, ...content } = document;
  const { seq: _lastSeq, at: _lastAt, ...lastContent } = last;
  const changed = JSON.stringify(content) !== JSON.stringify(lastContent);
  return age >= (changed ? OTHERWISE_EVERY_MS : HEARTBEAT_MS);
}

async function report({ line }: LeaderDeps, { sale, facts, memory, decision, standing }: Told): Promise<void> {
  const { admitted, missed } = facts;
  await writeReport(line, sale._id, {
    observed: {
      joined: facts.joined,
      served: standing.served,
      waiting: Math.max(0, facts.joined - standing.served),
      called: standing.called,
      active: standing.active,
      callsPerMinute: callRate(memory.outflow, facts.now)?.mean ?? 0,
      noShowRate: admitted + missed === 0 ? 0 : missed / (admitted + missed),
      stockFree: memory.stock?.value.free ?? null,
      openHolds: memory.stock?.value.openHolds ?? null,
    },
    lastDecision: { at: new Date(facts.now).toISOString(), count: standing.count, reason: decision.reason },
  });
}

/** A new kind of reason at once, calls now and then; figures alone do not make a reason new. */
async function keepIfNew({ mongo }: LeaderDeps, { sale, facts, memory, decision, standing }: Told): Promise<void> {
  const reason = decision.reason.replaceAll(/[\d.]+/g, '#');
  const isNew = memory.kept?.reason !== reason;
  const isOld = memory.kept === null || facts.now - memory.kept.at >= KEEP_DECISION_EVERY_MS;
  if (!isNew && !(isOld && standing.count > 0)) return;
  memory.kept = { at: facts.now, reason };
  await keepDecision(mongo, {
    saleId: sale._id,
    at: new Date(facts.now),
    count: standing.count,
    reason: decision.reason,
  });
}
