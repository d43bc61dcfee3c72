// The terms of a sale at this moment, read inside the transaction that decides by them: a sale that staff closed or halted
// a moment ago sells nothing more.
import { longestHoldMs, runningPhase, type SaleId, type SaleTerms } from '@onsale/domain';
import { type SaleRecord, sales } from '../catalogue/sales.ts';
import { draws } from '../line/draws.ts';
import { native } from '../native.ts';
import type { ReadWorld } from './read-world.ts';

type ReadTerms = Pick<ReadWorld, 'mongo' | 'session' | 'memory' | 'now'>;

/** Of the sales that are asked for and exist. */
export async function readTerms(reading: ReadTerms, saleIds: readonly SaleId[]): Promise<Map<SaleId, SaleTerms>> {
  const terms = new Map<SaleId, SaleTerms>();
  if (saleIds.length === 0) return terms;
  const { mongo, session, now } = reading;
  for (const sale of await native(mongo, sales)
    .find({ _id: { $in: [...saleIds] } }, { session })
    .toArray()) {
    await learnDraws(reading, sale);
    terms.set(sale._id, termsAt(sale, reading.memory.drawn, now));
  }
  return terms;
}

/** A pause keeps fans from being called; those inside may finish. Whether stock is left is for the counts to say. */
function termsAt(sale: SaleRecord, drawn: ReadonlySet<string>, now: number): SaleTerms {
  const windows = sale.phases.map(({ id, kind, prequeueOpensAt, opensAt, closesAt }) => ({
    id,
    kind,
    prequeueOpensAt: prequeueOpensAt.getTime(),
    opensAt: opensAt.getTime(),
    closesAt: closesAt.getTime(),
  }));
  const drawnHere = new Set(windows.flatMap(({ id }) => (drawn.has(`${sale._id}:${id}`) ? [id] : [])));
  const facts = { windows, drawn: drawnHere, closedByStaff: sale.closedByStaff };
  const { phaseId, endedPhases } = runningPhase(facts, now);
  const phase = sale.phases.find(({ id }) => id === phaseId);
  return {
    sells: phaseId !== null,
    halted: sale.halted ?? false,
    limits: sale.limits,
    phase: phase === undefined ? null : { id: phase.id, seatsPerFan: phase.seatsPerFan },
    endedPhases,
    holdMs: sale.holdSeconds * 1000,
    holdMaxMs: longestHoldMs(sale),
  };
}

async function learnDraws({ mongo, session, memory }: ReadTerms, sale: SaleRecord): Promise<void> {
  if (sale.phases.every(({ id }) => memory.drawn.has(`${sale._id}:${id}`))) return;
  const held = await native(mongo, draws)
    .find({ saleId: sale._id, revealedAt: { $ne: null } }, { session, projection: { _id: 1 } })
    .toArray();
  for (const { _id } of held) memory.drawn.add(_id);
}
