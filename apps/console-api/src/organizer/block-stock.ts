// Staff keeps stock back or gives it out again. The engine decides, on the same path as every booking; here the wish is
// checked, noted in the audit log and published. Idempotent by block id: performance and Idempotency-Key.
import { createHash } from 'node:crypto';
import {
  type Actor,
  findBlock,
  findBlockRequest,
  findPerformance,
  findSale,
  findSeatingPlan,
  listCodeSets,
  type Mongo,
  noteBlockRequest,
  type PerformanceRecord,
  recordAct,
} from '@onsale/booking-mongo';
import type { BookingCommand, NewBlock } from '@onsale/contracts';
import { type BlockId, blockFaults, type PerformanceId, type SeatId } from '@onsale/domain';
import { refuse } from '../errors.ts';

export type BlockStockDeps = {
  readonly mongo: Mongo;
  /** Resolves when the broker has confirmed. */
  publish(command: BookingCommand): Promise<void>;
};

const ID_BYTES = 12;

/**
 * Refuses with not_found, sale_not_open for a performance without a sale, rule_violated naming every fault,
 * idempotency_key_reused.
 */
export async function blockStock(
  { mongo, publish }: BlockStockDeps,
  {
    performanceId,
    key,
    input,
    actor,
  }: { readonly performanceId: PerformanceId; readonly key: string; readonly input: NewBlock; readonly actor: Actor },
): Promise<BlockId> {
  const performance = await findPerformance(mongo, performanceId);
  if (performance === null) refuse('not_found');
  if (performance.saleId === null) refuse('sale_not_open', { detail: 'The performance is not on sale yet.' });
  const blockId = blockIdOf(performanceId, key);
  // What was accepted once is accepted again, even if its time to end has come meanwhile.
  const isNew = (await findBlockRequest(mongo, blockId)) === null;
  if (isNew) await refuseFaults(mongo, { performance, input, now: actor.at.getTime() });
  const request = { blockId, bodyHash: bodyHash(input), wish: { performanceId, ...input } };
  if ((await noteBlockRequest(mongo, request, actor)) === 'key_reused') refuse('idempotency_key_reused');
  await publish({
    ...envelope(`block:${blockId}`, actor),
    type: 'block',
    performanceId,
    blockId,
    items: input.items,
    label: input.label,
    audience: input.audience,
    releaseAt: input.releaseAt === null ? null : Date.parse(input.releaseAt),
    requestedBy: actor.staffId ?? 'system',
  });
  return blockId;
}

/** All that is left of the block, or these seats of it. Refuses with not_found. */
export async function unblockStock(
  { mongo, publish }: BlockStockDeps,
  {
    performanceId,
    blockId,
    seatIds,
    actor,
  }: {
    readonly performanceId: PerformanceId;
    readonly blockId: BlockId;
    readonly seatIds: readonly SeatId[] | null;
    readonly actor: Actor;
  },
): Promise<void> {
  const block = await findBlock(mongo, { performanceId, blockId });
  if (block === null) refuse('not_found');
  const act = { act: 'stock unblocked', subject: `block:${blockId}`, before: { left: block.left }, after: { seatIds } };
  await recordAct(mongo, act, { actor });
  await publish({
    ...envelope(`unblock:${blockId}:${actor.at.getTime()}`, actor),
    type: 'unblock',
    performanceId,
    blockId,
    seatIds: seatIds === null ? null : [...seatIds],
  });
}

function envelope(commandId: string, { at }: Actor) {
  return { version: 1, commandId, acceptedAt: at.toISOString(), trace: null } as const;
}

function blockIdOf(performanceId: PerformanceId, key: string): BlockId {
  const digest = createHash('sha256').update(`${performanceId}\n${key}`).digest('hex');
  return `blk_${digest.slice(0, 2 * ID_BYTES)}` as BlockId;
}

/** A body that was read by its shape has its fields in the order of the shape. */
function bodyHash(input: NewBlock): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex');
}

async function refuseFaults(
  mongo: Mongo,
  {
    performance,
    input,
    now,
  }: { readonly performance: PerformanceRecord; readonly input: NewBlock; readonly now: number },
): Promise<void> {
  const { saleId, planId, categories } = performance;
  const plan = planId === null ? null : await findSeatingPlan(mongo, planId);
  const sale = saleId === null ? null : await findSale(mongo, saleId);
  const codeSets = saleId === null ? [] : await listCodeSets(mongo, saleId);
  const faults = blockFaults(
    { ...input, releaseAt: input.releaseAt === null ? null : Date.parse(input.releaseAt) },
    {
      seatIds: new Set(plan?.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats.map(({ id }) => id)))),
      categories,
      phaseIds: (sale?.phases ?? []).map(({ id }) => id),
      codeSetIds: codeSets.map(({ _id }) => _id),
      now,
    },
  );
  if (faults.length > 0) refuse('rule_violated', { fields: faults });
}
