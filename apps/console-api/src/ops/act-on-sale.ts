// The operator's acts on a running sale beside its settings: pause, resume, drain, call by hand, notice. They need no
// version: each is right whatever was changed before it.
import { randomUUID } from 'node:crypto';
import { type Actor, changeAdmission, type Mongo, type SaleChange, type SaleRecord } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import { refuse } from '../errors.ts';

export type SaleAct = { readonly act: string; readonly change: SaleChange; readonly refusal?: string };

export const pause: SaleAct = { act: 'sale paused', change: () => ({ paused: true }) };
/** Also ends a drain and a halt: going on is going on. */
export const resume: SaleAct = {
  act: 'sale resumed',
  change: () => ({ paused: false, draining: false, halted: false }),
};
/** Nothing new is booked, not even by those inside; the engine reads it in every transaction. */
export const halt: SaleAct = { act: 'sale halted', change: () => ({ paused: true, halted: true }) };
export const drain: SaleAct = { act: 'sale drained', change: () => ({ draining: true }) };

export function notify(notice: string | null): SaleAct {
  return { act: notice === null ? 'notice taken away' : 'notice set', change: () => ({ notice }) };
}

/** A call that was not carried out yet is replaced, not added to: the operator sees one number and means it. */
export function callByHand(count: number): SaleAct {
  return {
    act: 'fans called by hand',
    change: ({ paused, draining }) => (paused || draining ? null : { manualCall: { actId: randomUUID(), count } }),
    refusal: 'The sale is paused or draining; resume it first.',
  };
}

/** Refuses with not_found, or conflict when the act does not fit the sale's state. */
export async function actOnSale(
  { mongo }: { readonly mongo: Mongo },
  { saleId, act, actor }: { readonly saleId: SaleId; readonly act: SaleAct; readonly actor: Actor },
): Promise<SaleRecord> {
  const outcome = await changeAdmission(mongo, {
    saleId,
    expectedVersion: null,
    act: act.act,
    change: act.change,
    actor,
  });
  if (outcome.kind === 'not_found' || outcome.kind === 'stale') refuse('not_found');
  if (outcome.kind === 'refused') refuse('conflict', act.refusal === undefined ? {} : { detail: act.refusal });
  return outcome.sale;
}
