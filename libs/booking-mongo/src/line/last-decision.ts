// What the admitter decided last, for the operator's page.
import type { SaleId } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import { type DecisionRecord, decisions } from './decisions.ts';

export async function lastDecision(mongo: Mongo, saleId: SaleId): Promise<DecisionRecord | null> {
  return decisions(mongo).findOne({ saleId }).sort({ at: -1 }).lean<DecisionRecord>();
}

/** Newest first. */
export async function listDecisions(mongo: Mongo, saleId: SaleId, limit: number): Promise<readonly DecisionRecord[]> {
  return decisions(mongo).find({ saleId }).sort({ at: -1, _id: -1 }).limit(limit).lean<DecisionRecord[]>();
}
