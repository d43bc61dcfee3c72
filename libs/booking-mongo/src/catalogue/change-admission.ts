// The operator's hand on a running sale. Every act raises `admissionVersion`, so that a change made with an old version
// in hand is refused, and commits together with its entry in the audit log.
import type { SaleId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type Act, type Actor, recordAct } from '../staff/record-act.ts';
import { type SaleRecord, sales } from './sales.ts';

/** What an act may change on a sale, made from what the sale is; null refuses it. */
export type SaleChange = (sale: SaleRecord) => ChangedSale | null;
export type ChangedSale = Partial<
  Pick<SaleRecord, 'admission' | 'paused' | 'draining' | 'halted' | 'notice' | 'manualCall'>
>;

export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly sale: SaleRecord }
  | { readonly kind: 'refused'; readonly sale: SaleRecord }
  | { readonly kind: 'stale' }
  | { readonly kind: 'not_found' };

export async function changeAdmission(
  mongo: Mongo,
  {
    saleId,
    expectedVersion,
    act,
    change,
    actor,
  }: {
    readonly saleId: SaleId;
    /** The version the caller has seen; null for acts that are right whatever happened before. */
    readonly expectedVersion: number | null;
    readonly act: Act['act'];
    readonly change: SaleChange;
    readonly actor: Actor;
  },
): Promise<ChangeOutcome> {
  return runTransaction(mongo, async (session) => {
    const sale = await sales(mongo).findById(saleId, null, { session }).lean<SaleRecord>();
    if (sale === null) return { kind: 'not_found' };
    if (expectedVersion !== null && sale.admissionVersion !== expectedVersion) return { kind: 'stale' };
    const changed = change(sale);
    if (changed === null) return { kind: 'refused', sale };
    const next = { ...changed, admissionVersion: sale.admissionVersion + 1 };
    // Two acts at once conflict on this document, and the server aborts one of them.
    await sales(mongo).updateOne({ _id: saleId }, { $set: next }, { session });
    const before = Object.fromEntries(Object.keys(changed).map((key) => [key, sale[key as keyof ChangedSale]]));
    await recordAct(mongo, { act, subject: `sale:${saleId}`, before, after: changed }, { actor, session });
    return { kind: 'changed', sale: { ...sale, ...next } };
  });
}
