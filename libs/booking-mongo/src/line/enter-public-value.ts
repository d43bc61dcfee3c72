// The operator writes down the result of the public draw a sale had named: after the roster was frozen, before the seed.
// Together with its entry in the audit log, and once.
import type { PhaseId, SaleId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';
import { type DrawRecord, draws } from './draws.ts';

export type PublicValue = { readonly saleId: SaleId; readonly phaseId: PhaseId; readonly value: string };

export type PublicValueOutcome =
  | { readonly kind: 'entered'; readonly draw: DrawRecord }
  | { readonly kind: 'not_found' }
  /** `none_named` no public draw was named · `not_frozen` fans may still join · `settled` another value counts, or none. */
  | { readonly kind: 'refused'; readonly reason: 'none_named' | 'not_frozen' | 'settled' };

/** The same value again is entered already. */
export async function enterPublicValue(
  mongo: Mongo,
  { saleId, phaseId, value }: PublicValue,
  actor: Actor,
): Promise<PublicValueOutcome> {
  return runTransaction(mongo, async (session) => {
    const draw = await draws(mongo).findOne({ saleId, phaseId }, null, { session }).lean<DrawRecord>();
    if (draw === null) return { kind: 'not_found' };
    if (draw.publicValueSource === null) return { kind: 'refused', reason: 'none_named' };
    if (draw.root === null) return { kind: 'refused', reason: 'not_frozen' };
    if (draw.publicValue === value) return { kind: 'entered', draw };
    if (draw.publicValue !== null || draw.seed !== null) return { kind: 'refused', reason: 'settled' };
    await draws(mongo).updateOne({ _id: draw._id }, { $set: { publicValue: value } }, { session });
    const subject = `draw:${draw._id}`;
    await recordAct(mongo, { act: 'public value entered', subject, after: { value } }, { actor, session });
    return { kind: 'entered', draw: { ...draw, publicValue: value } };
  });
}
