// A new sale. Its draws are committed to in the same moment: the hash of each secret is public before anyone can join,
// so nobody can choose the secret afterwards.
import {
  type Actor,
  findEvent,
  type Mongo,
  newDraw,
  openStock,
  type PerformanceForSale,
  performancesForSale,
  publishSale,
  roomOf,
  type SaleRecord,
} from '@onsale/booking-mongo';
import type { NewSale, SaleView } from '@onsale/contracts';
import { type PhaseId, type SaleId, saleFaults, salePhase } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';

/** Refuses with not_found for an unknown event or performance, rule_violated naming every fault of the sale. */
export async function createSale(
  { mongo }: { readonly mongo: Mongo },
  {
    input,
    actor,
    saleId = newId<SaleId>('sale'),
  }: { readonly input: NewSale; readonly actor: Actor; readonly saleId?: SaleId },
): Promise<SaleView> {
  const event = await findEvent(mongo, input.eventId);
  if (event === null) return refuse('not_found', { detail: 'There is no such event.' });
  const performances = await performancesForSale(mongo, input.performanceIds);
  if (performances.length !== new Set(input.performanceIds).size || performances.length < input.performanceIds.length) {
    refuse('not_found', { detail: 'A performance does not exist or is named twice.' });
  }
  refuseFaults(input, performances, actor.at.getTime());
  const sale = saleRecord(input, { saleId, createdAt: actor.at });
  const draws = sale.phases.map(({ id }, i) =>
    newDraw({ saleId: sale._id, phaseId: id, publicDraw: input.phases[i]?.publicDraw ?? null }),
  );
  const outcome = await publishSale(mongo, { sale, draws }, actor);
  if (outcome === 'performance_taken') {
    refuse('rule_violated', { fields: [{ field: 'performanceIds', message: 'a performance is on sale already' }] });
  }
  for (const id of sale.performanceIds) await openStock(mongo, id);
  return saleView(sale, { eventSlug: event.slug, now: actor.at.getTime() });
}

function refuseFaults(input: NewSale, performances: readonly PerformanceForSale[], now: number): void {
  const faults = saleFaults(
    {
      ...input,
      phases: input.phases.map(({ prequeueOpensAt, opensAt, closesAt, seatsPerFan }) => ({
        seatsPerFan,
        prequeueOpensAt: Date.parse(prequeueOpensAt),
        opensAt: Date.parse(opensAt),
        closesAt: Date.parse(closesAt),
      })),
      performances: performances.map(({ _id, eventId, saleId, currencies }) => ({
        id: _id,
        belongsToEvent: eventId === input.eventId,
        saleId,
        currencies,
      })),
    },
    now,
  );
  if (input.identity === 'code' && input.phases.some(({ needsCode }) => !needsCode)) {
    refuse('rule_violated', { fields: [{ field: 'identity', message: 'every phase needs a code then' }] });
  }
  if (faults.length > 0) refuse('rule_violated', { fields: faults });
}

const AS_MADE = 'So the sale was made.';

function saleRecord(
  { room, identity, ...input }: NewSale,
  { saleId, createdAt }: { readonly saleId: SaleId; readonly createdAt: Date },
): SaleRecord {
  return {
    ...input,
    holdMaxSeconds: input.holdMaxSeconds ?? null,
    _id: saleId,
    phases: input.phases.map(({ kind, needsCode, seatsPerFan, ...times }) => ({
      id: newId<PhaseId>('phase'),
      kind,
      needsCode,
      ...(seatsPerFan !== undefined && { seatsPerFan }),
      prequeueOpensAt: new Date(times.prequeueOpensAt),
      opensAt: new Date(times.opensAt),
      closesAt: new Date(times.closesAt),
    })),
    admissionVersion: 1,
    paused: false,
    draining: false,
    soldOut: false,
    closedByStaff: false,
    notice: null,
    manualCall: null,
    ...(identity !== undefined && { identity }),
    ...(room !== undefined && { room: { ...room, on: room.mode === 'queue_all', reason: AS_MADE, since: createdAt } }),
    createdAt,
  };
}

function saleView(
  sale: SaleRecord,
  { eventSlug, now }: { readonly eventSlug: string; readonly now: number },
): SaleView {
  const windows = sale.phases.map(({ id, kind, prequeueOpensAt, opensAt, closesAt }) => ({
    id,
    kind,
    prequeueOpensAt: prequeueOpensAt.getTime(),
    opensAt: opensAt.getTime(),
    closesAt: closesAt.getTime(),
  }));
  const { paused, soldOut, closedByStaff } = sale;
  return {
    id: sale._id,
    eventId: sale.eventId,
    eventSlug,
    name: sale.name,
    phase: salePhase({ windows, drawn: new Set(), paused, soldOut, closedByStaff }, now),
    phases: sale.phases.map(({ prequeueOpensAt, opensAt, closesAt, ...rest }) => ({
      ...rest,
      prequeueOpensAt: prequeueOpensAt.toISOString(),
      opensAt: opensAt.toISOString(),
      closesAt: closesAt.toISOString(),
    })),
    performanceIds: sale.performanceIds,
    limits: sale.limits,
    holdSeconds: sale.holdSeconds,
    callWindowSeconds: sale.callWindowSeconds,
    needsCode: sale.phases.some(({ needsCode }) => needsCode),
    notice: sale.notice,
    roomOn: roomOf(sale).on,
    identity: sale.identity ?? 'anonymous',
    now: new Date(now).toISOString(),
  };
}
