// Reads of kept-back stock, for those who show it and for the sweep that releases it at its time.
import type { BlockId, BlockRecord, PerformanceId, SaleId } from '@onsale/domain';
import { sales } from '../catalogue/sales.ts';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { blocks } from './booking-collections.ts';
import { toBlockRecord } from './booking-mapping.ts';
import { databaseTime } from './find-bookings.ts';

const LISTED_MAX = 1_000;

/** Of a performance, the newest first. */
export async function findBlocksOf(mongo: Mongo, performanceId: PerformanceId): Promise<readonly BlockRecord[]> {
  const found = await native(mongo, blocks).find({ performanceId }).sort({ decidedAt: -1 }).limit(LISTED_MAX).toArray();
  return found.map(toBlockRecord);
}

export async function findBlock(
  mongo: Mongo,
  { performanceId, blockId }: { readonly performanceId: PerformanceId; readonly blockId: BlockId },
): Promise<BlockRecord | null> {
  const found = await native(mongo, blocks).findOne({ _id: blockId, performanceId });
  return found === null ? null : toBlockRecord(found);
}

export type DueBlock = { readonly blockId: BlockId; readonly performanceId: PerformanceId };

/**
 * Active blocks whose time has come by the database's clock, or whose phase is over. They are open to all already; to
 * release them makes that true for counts and claims, too.
 */
export async function findDueBlocks(mongo: Mongo, limit: number): Promise<readonly DueBlock[]> {
  const now = await databaseTime(mongo);
  const collection = native(mongo, blocks);
  const timed = await collection.find({ state: 'active', releaseAt: { $lte: now } }, { limit }).toArray();
  const ofPhases = await collection
    .find({ state: 'active', 'audience.kind': 'phase', releaseAt: null }, { limit })
    .toArray();
  const over = await phasesOver(mongo, { saleIds: ofPhases.flatMap(({ saleId }) => saleId ?? []), now });
  const ended = ofPhases.filter(({ audience }) => audience?.kind === 'phase' && over.has(audience.phaseId));
  return [...timed, ...ended].slice(0, limit).map(({ _id, performanceId }) => ({ blockId: _id, performanceId }));
}

async function phasesOver(
  mongo: Mongo,
  { saleIds, now }: { readonly saleIds: readonly SaleId[]; readonly now: Date },
): Promise<ReadonlySet<string>> {
  if (saleIds.length === 0) return new Set();
  const found = await sales(mongo)
    .find({ _id: { $in: [...new Set(saleIds)] } }, { phases: 1 })
    .lean();
  return new Set(found.flatMap(({ phases }) => phases.flatMap(({ id, closesAt }) => (closesAt <= now ? [id] : []))));
}
