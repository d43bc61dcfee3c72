// An organizer changes prices or rules of a performance, also while it sells. One transaction with its entry in the audit
// log. The engine reads the performance inside each of its own, so every hold is decided by one version and keeps its price.
import type { PerformanceId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';
import { type PerformanceRecord, performances } from './performances.ts';

type Changeable = Pick<PerformanceRecord, 'categories' | 'rules' | 'planId'>;

export type PerformanceChangeOutcome =
  | { readonly kind: 'changed'; readonly performance: PerformanceRecord }
  | { readonly kind: 'stale' }
  | { readonly kind: 'not_found' };

export async function changePerformance(
  mongo: Mongo,
  {
    performanceId,
    expectedVersion,
    change,
    actor,
  }: {
    readonly performanceId: PerformanceId;
    /** The version the caller has seen; null for whatever it is. */
    readonly expectedVersion: number | null;
    change(performance: PerformanceRecord): Partial<Changeable>;
    readonly actor: Actor;
  },
): Promise<PerformanceChangeOutcome> {
  return runTransaction(mongo, async (session) => {
    const performance = await performances(mongo).findById(performanceId, null, { session }).lean<PerformanceRecord>();
    if (performance === null) return { kind: 'not_found' };
    if (expectedVersion !== null && performance.version !== expectedVersion) return { kind: 'stale' };
    const changed = change(performance);
    const next = { ...changed, version: performance.version + 1 };
    await performances(mongo).updateOne({ _id: performanceId }, { $set: next }, { session });
    const before = Object.fromEntries(Object.keys(changed).map((key) => [key, performance[key as keyof Changeable]]));
    const subject = `performance:${performanceId}`;
    await recordAct(mongo, { act: 'performance changed', subject, before, after: changed }, { actor, session });
    return { kind: 'changed', performance: { ...performance, ...next } };
  });
}
